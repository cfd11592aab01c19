"""How well scans are read: ``python -m tests.tools.bench_ocr [NAME ...]``; needs LibreOffice, a CJK font and the extra `ocr`.

Known documents are set as an office sets a paper, printed to pages of 200 dpi with noise and a tilt of 1°,
and read as scans. Printed for each and for all: pages, seconds a page, F1, what is missed, and how much of it
is in the sentence of no doubt. Not part of `make bench`: a page takes seconds.
"""

import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pypdfium2

from models.plan.reading.accounting.told import doubts_told
from models.plan.reading.compile import read_plan
from tasks.documents.reading import read_document
from tests.places import DOCUMENTS
from tests.tools import score
from tests.tools.scanned_pages import scans_of
from tests.tools.silent import missing

# Seven with tables of tasks, indicators or stages, eight in prose; of counties, cities, a province, a school.
NAMES = (
    "01-fazhi-shifan-shishi", "02-weisheng-xiancheng-biaoge", "03-canyin-youyan-zhengzhi", "05-yingshang-huanjing-jieduan",
    "11-anquan-sannian-xingdong", "12-xinyong-zhuban-xieban", "14-yingshang-jieduan-biaoge", "25-gaoxiao-banshi-duanye",
    "41-xiangcun-fazhi-lianhe", "53-pingan-qiantou-lingdao", "87-sheng-sannian-xingdong", "110-hehu-biaoge",
    "121-fazhi-shifanxian-fenjie", "153-jiaoyu-jituan-biao", "171-zhifa-zhixiao-shoulie",
)  # fmt: skip
LEAST_F1, MOST_SILENT = 0.90, 0.03


def main(names: Sequence[str]) -> int:
    """Print a row for each document and one for all; 1 where the whole falls short."""
    results, silent, pages, seconds, asked = [], 0, 0, 0.0, 0
    with tempfile.TemporaryDirectory() as folder:
        texts = [DOCUMENTS / f"{name}.txt" for name in names or NAMES]
        for text, scan in zip(texts, scans_of(Path(folder), texts), strict=True):
            truth = json.loads(text.with_suffix(".json").read_text(encoding="utf-8"))
            began, count = time.monotonic(), len(pypdfium2.PdfDocument(scan))
            read = read_plan(read_document(scan))
            took = time.monotonic() - began
            answer = json.loads(read.plan.model_dump_json())
            result = score.score(truth, answer)
            told = doubts_told(read.plan, read.doubts, read.marked.grounds)
            gone = list(missing(truth, answer))
            untold = sum(not each.is_touched(told) for each in gone)
            results.append(result)
            silent, pages, seconds = silent + untold, pages + count, seconds + took
            asked += len(told)
            f1 = score.prf(score.total([result])[1])[2]
            say(
                f"{text.stem:32} {count} 页 每页 {took / count:4.1f} 秒 F1 {f1:.3f} 漏 {len(gone)} 悄悄漏 {untold} 疑点 {len(told)}"
            )
    counts = score.total(results)[1]
    f1, facts = score.prf(counts)[2], counts[0] + counts[2]
    say(
        f"合计 {len(results)} 份 {pages} 页，每页 {seconds / pages:.1f} 秒，事实 {facts}，F1 {f1:.4f}，悄悄漏 {silent}（{silent / facts:.2%}），每页 {asked / pages:.0f} 个疑点"
    )
    return int(f1 < LEAST_F1 or silent > MOST_SILENT * facts)


def say(line: str) -> None:
    """Print one line."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
