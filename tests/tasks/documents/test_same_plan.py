"""The real LibreOffice: a plan is the same plan from every kind of file that an office saves it as."""

import json
import re
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from models.plan.reading.compile import compile_plan
from models.plan.reading.tables.text_tables import rows_of_text
from models.plan.reading.text.document import Document
from tasks.documents.reading import read_document
from tests.places import DOCUMENTS
from tests.support.soffice import saved_as

pytestmark = pytest.mark.office

# Five with tables of tasks, three without; real tables and headings in the Word file.
NAMES = (
    "02-weisheng-xiancheng-biaoge", "153-jiaoyu-jituan-biao", "110-hehu-biaoge", "121-fazhi-shifanxian-fenjie",
    "12-xinyong-zhuban-xieban", "01-fazhi-shifan-shishi", "41-xiangcun-fazhi-lianhe", "102-fengong-fangan",
)  # fmt: skip
KINDS = ("doc", "rtf", "odt", "pdf", "html")
# Where a sentence stands differs by kind, and so may what is not read: it is named.
PLACES = {"line", "page", "not_read"}


def write_word(path: Path, text: str) -> None:
    """Write a plan as offices do: chapters as headings, every table drawn in the text as a real one."""
    import docx

    document = docx.Document()
    lines = rows_of_text(Document.from_text(text).lines)
    for table, members in groupby(lines, lambda line: line.table if line.cells else 0):
        rows = list(members)
        if not table:
            for line in rows:
                heading = re.match(r"[一二三四五六七八九十]{1,3}、[^。]{2,30}$", line.text)
                document.add_paragraph(line.text, style="Heading 1" if heading else None)
            continue
        wide = max(len(line.cells) for line in rows)
        made = document.add_table(rows=0, cols=wide)
        made.style = "Table Grid"
        for line in rows:
            for cell, said in zip(made.add_row().cells, line.cells, strict=False):
                cell.text = said
    document.save(str(path))


@pytest.fixture(scope="module")
def saved(tmp_path_factory) -> dict[tuple[str, str], Path]:
    """Every plan in every kind, by its name and kind."""
    folder = tmp_path_factory.mktemp("saved")
    words = [folder / f"{name}.docx" for name in NAMES]
    for path in words:
        write_word(path, (DOCUMENTS / f"{path.stem}.txt").read_text(encoding="utf-8"))
    made = {(path.stem, "docx"): path for path in words}
    for kind in KINDS:
        made |= {(path.stem, kind): path for path in saved_as(folder / kind, words, kind)}
    return made


def without_places(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: without_places(v) for k, v in value.items() if k not in PLACES}
    return [without_places(each) for each in value] if isinstance(value, list) else value


def plan(path: Path) -> dict[str, Any]:
    """Return the plan in a file, as JSON says it, without places."""
    found = json.loads(compile_plan(read_document(path)).model_dump_json())
    return without_places(found) | {"source": path.stem}


@pytest.mark.parametrize("name", NAMES)
def test_the_plan_is_the_same_from_every_kind_of_file(saved, name):
    word = plan(saved[name, "docx"])

    assert word["tasks"]
    for kind in KINDS:
        assert plan(saved[name, kind]) == word, kind
