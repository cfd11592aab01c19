"""Makes files out of the tests' own, each changed as other programs and hands change files.

Seeded: the same number and seed make the same files. `tests.tools.corpora --mutate N` tries them.
"""

import datetime as dt
import random
import tempfile
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.places import DOCUMENTS
from tests.support import office_files
from tests.support.scratch import scratch
from tests.tools import mutate_pages, mutate_sheets, mutate_word
from tests.tools.mutation_files import write_page, write_pdf, write_word

Change = Callable[[bytes, random.Random], bytes]
# Texts with tables, and without; short ones, so that a thousand files take minutes.
TEXTS = (
    "02-weisheng-xiancheng-biaoge", "148-shixiang-qingdan-tab", "153-jiaoyu-jituan-biao", "04-pufa-xuanchuan-xiangdui-riqi",
    "05-yingshang-huanjing-jieduan", "102-fengong-fangan",
)  # fmt: skip
SHARES = {"docx": 40, "html": 20, "xlsx": 20, "pdf": 12, "txt": 8}  # of a hundred files
OTHER_SUFFIXES = (
    ".doc",
    ".wps",
    ".docx",
    ".pdf",
    ".txt",
    ".html",
    ".xlsx",
    ".et",
    ".DOCX",
    "",
    ".zip",
    ".md",
)
MOST = 3  # changes to one file


def originals(folder: Path) -> dict[str, list[bytes]]:
    """Return the files that are changed, by kind; ``folder`` is where they are written first."""
    path = folder / "x"
    found: dict[str, list[bytes]] = {kind: [] for kind in SHARES}
    writers = {"docx": write_word, "html": write_page, "pdf": write_pdf}
    for stem in TEXTS:
        text = (DOCUMENTS / f"{stem}.txt").read_text(encoding="utf-8")[:6_000]
        found["txt"].append(text.encode())
        for kind, write in writers.items():
            write(path, text)
            found[kind].append(path.read_bytes())
    makers = (("docx", office_files.write_word), ("docx", office_files.write_numbered_word))
    for kind, make_file in (*makers, ("pdf", office_files.write_pdf)):
        make_file(path)
        found[kind].append(path.read_bytes())
    found["docx"] += [each.read_bytes() for each in sorted(DOCUMENTS.glob("*.docx"))]
    found["html"] += [each.read_bytes() for each in sorted(DOCUMENTS.glob("*.html"))]
    found["xlsx"] += list(_workbooks(folder))
    return found


def _workbooks(folder: Path) -> Iterator[bytes]:
    """Yield each list as it is sent out, filled in where it is sent out empty, and a review."""
    from models.plan.reading.compile import read_plan
    from models.plan.reading.text.document import Document
    from tasks.lists.holidays import ARRANGED
    from tasks.lists.posts import export_posts
    from tasks.lists.progress import export_progress
    from tasks.lists.units import export_units
    from tasks.plans.review_writing import review_bytes
    from tasks.workbook.writing import workbook_bytes
    from tests.tools.bench_lists import indicator_table
    from tests.tools.corpora_try import CAMPAIGN, set_up

    set_up(folder)
    for number, export in enumerate((export_units, export_posts, export_progress)):
        export(CAMPAIGN, folder / f"{number}.xlsx")
        yield (folder / f"{number}.xlsx").read_bytes()
    indicator_table(folder / "i.xlsx", ["市司法局", "市财政局", "市公安局"], 12)
    yield (folder / "i.xlsx").read_bytes()
    days = [dt.date(2027, 1, 1), dt.date(2027, 1, 3)]
    yield workbook_bytes([ARRANGED.filled([("元旦", *days, 3, "2027-01-09")])])
    name = f"{TEXTS[0]}.txt"
    read = read_plan(Document.from_text((DOCUMENTS / name).read_text(encoding="utf-8"), name))
    yield review_bytes(read.plan, read.doubts)


def _page(change: Callable[[str, random.Random], str | bytes]) -> Change:
    def mutate(content: bytes, chance: random.Random) -> bytes:
        made = change(content.decode(errors="replace"), chance)
        return made if isinstance(made, bytes) else made.encode(errors="replace")

    return mutate


CHANGES: dict[str, dict[str, Change]] = {
    "docx": {n: partial(mutate_word.restructured, n) for n in mutate_word.STRUCTURE}
    | mutate_word.PACKAGE,
    "html": {name: _page(change) for name, change in mutate_pages.PAGES.items()},
    "xlsx": {n: partial(mutate_sheets.changed, n) for n in mutate_sheets.SHEETS}
    | mutate_sheets.PARTS,
    "pdf": dict(mutate_pages.PDFS),
    "txt": {name: _page(change) for name, change in mutate_pages.TEXTS.items()},
}
# What makes another kind of it; always the last change.
LAST: dict[str, dict[str, Change]] = {
    "html": {
        "字符集": _page(mutate_pages.other_charset),
        "MHT": _page(mutate_pages.as_mht),
        "WordML": _page(mutate_pages.as_wordml),
    },
}


def make(folder: Path, count: int, seed: int = 1) -> list[Path]:
    """Write ``count`` files below ``folder`` and return them; their names say what was done."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="shifan-originals-", dir=scratch()) as kept:
        bases = originals(Path(kept))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl says of a change that was changed again
        return [_write(folder, number, bases, seed) for number in range(count)]


def _write(folder: Path, number: int, bases: dict[str, list[bytes]], seed: int) -> Path:
    chance = random.Random(f"{seed}-{number}")
    kind = chance.choices(list(SHARES), list(SHARES.values()))[0]
    name, content = _changed(kind, chance.choice(bases[kind]), chance)
    suffix = f".{kind}" if chance.random() < 0.92 else chance.choice(OTHER_SUFFIXES)
    path = folder / f"{number:04d} {name}{suffix}"
    path.write_bytes(content)
    return path


def _changed(kind: str, content: bytes, chance: random.Random) -> tuple[str, bytes]:
    """Return what was done and what came of it; a change that a broken file cannot take is left out."""
    names = []
    steps = [
        (n, CHANGES[kind][n])
        for n in chance.choices(list(CHANGES[kind]), k=chance.randint(1, MOST))
    ]
    if kind in LAST and chance.random() < 0.25:
        steps.append(chance.choice(list(LAST[kind].items())))
    if chance.random() < 0.12:
        steps.append(chance.choice(list(mutate_pages.ANY.items())))
    for name, change in steps:
        try:
            content = change(content, chance)
        except Exception:  # the change before left nothing that this one can open
            continue
        names.append(name)
    return "，".join(names) or "原样", content
