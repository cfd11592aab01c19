"""The real LibreOffice: a plan is the same plan from every kind of file that an office saves it as."""

import json
from pathlib import Path
from typing import Any

import pytest

from models.plan.compile import compile_plan
from tasks.documents.reading import read_document
from tests.places import DOCUMENTS
from tests.support.soffice import saved_as
from tests.tools.mutation_files import write_word

pytestmark = pytest.mark.office

# Five with tables of tasks, three without; real tables and headings in the Word file.
NAMES = (
    "02-weisheng-xiancheng-biaoge", "153-jiaoyu-jituan-biao", "110-hehu-biaoge", "121-fazhi-shifanxian-fenjie",
    "12-xinyong-zhuban-xieban", "01-fazhi-shifan-shishi", "41-xiangcun-fazhi-lianhe", "102-fengong-fangan",
)  # fmt: skip
KINDS = ("doc", "rtf", "odt", "pdf", "html")
# Where a sentence stands differs by kind, and so may what is not read: it is named.
PLACES = {"line", "page", "not_read"}


@pytest.fixture(scope="module")
def saved(tmp_path_factory) -> dict[tuple[str, str], Path]:
    """Every plan in every kind, by its name and kind."""
    folder = tmp_path_factory.mktemp("saved")
    words = [folder / f"{name}.docx" for name in NAMES]
    for path in words:
        text = (DOCUMENTS / f"{path.stem}.txt").read_text(encoding="utf-8")
        write_word(path, text, styled=True)
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
