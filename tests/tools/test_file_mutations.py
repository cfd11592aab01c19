"""Files of the tests' own, changed as others change files."""

import random
import time
from io import BytesIO

import pytest
from openpyxl import Workbook

from tests.support.letter_count import kind_by_bytes, letters_in
from tests.tools import file_mutations
from tests.tools.file_mutations import CHANGES, LAST, make, originals
from tests.tools.mutate_sheets import changed


@pytest.fixture(scope="module")
def bases(tmp_path_factory):
    """The originals of every kind; the settings are as they were afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHIFAN_HOME", "x")
        folder = tmp_path_factory.mktemp("originals")
        folder.chmod(0o700)
        return originals(folder)


def test_the_same_seed_makes_the_same_changes(bases, tmp_path, monkeypatch):
    monkeypatch.setattr(file_mutations, "originals", lambda folder: bases)

    made = [make(tmp_path / name, 30, seed) for name, seed in (("a", 1), ("b", 1), ("c", 2))]

    names = [[path.name for path in each] for each in made]
    assert names[0] == names[1] != names[2]
    assert {name.rpartition(".")[2] for name in names[0]} >= {"docx", "html", "xlsx", "pdf"}
    for one, other in zip(*made[:2], strict=True):
        if one.suffix in {".docx", ".html", ".txt"}:  # other packages say when they were packed
            assert one.read_bytes() == other.read_bytes(), one.name


@pytest.mark.parametrize("kind", CHANGES)
def test_every_change_changes_a_file(bases, kind):
    files = list(enumerate(bases[kind] * 3))
    for name, change in (CHANGES[kind] | LAST.get(kind, {})).items():
        assert any(change(each, random.Random(n)) != each for n, each in files), name


@pytest.mark.parametrize("name", ["排序", "样子", "又一表头", "行和列", "工作表", "改格"])
def test_what_stands_far_out_makes_no_billion_cells(name):
    book = Workbook()
    book.active.append(["序号", "单位"])
    book.active.cell(1_048_570, 16_300, "远")
    out = BytesIO()
    book.save(out)
    start = time.process_time()

    changed(name, out.getvalue(), random.Random(1))

    assert time.process_time() - start < 10


def test_text_that_only_moves_is_all_still_there(bases, tmp_path):
    """So that a reader that loses some is to blame, and not the change."""
    for name in (
        "块级内容控件",
        "格级内容控件",
        "两样文本框",
        "旧文本框",
        "一格的表",
        "表中表",
        "拆碎",
        "换行次序",
    ):
        for number, base in enumerate(bases["docx"]):
            made = CHANGES["docx"][name](base, random.Random(number))
            (tmp_path / "a.docx").write_bytes(base)
            (tmp_path / "b.docx").write_bytes(made)

            held, kept = letters_in(tmp_path / "b.docx"), letters_in(tmp_path / "a.docx")

            assert kind_by_bytes(made) == "docx"
            assert held is not None
            assert sorted(held) == sorted(kept), name
