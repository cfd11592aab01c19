"""A name becomes the name of a file: readable, allowed everywhere, and never that of another."""

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tasks.file_names import LONGEST, file_name

WINDOWS_FORBIDS = set('\\/:*?"<>|') | {chr(n) for n in range(32)}
# Names that a system, or a careless spelling of them, takes for one another.
ALIKE = [
    "市/局", "市\\局", "市：局", "市？局", "市*局", '市"局', "市<局", "市>局", "市|局", "市_局", "市\n局", "市\u200b局",
    "市局", "市局.", ".市局", " 市局", "市局 ", "市局\x00",
    "5G办", "5g办", "con", "CON", "con.md", "nul", "com1",
    "\u00e9", "e\u0301", "É", "",  ".", "..", "_", "\ud83d",
    "长" * 60, "长" * 61, "长" * 90, "长" * 89 + "短", "长" * 90 + ".",
]  # fmt: skip


@pytest.mark.parametrize(
    "name", ["市司法局", "2-实施推进", "市场监管局（知识产权局）", "县委 办公室", "长" * 60]
)
def test_an_ordinary_name_stays_as_it_is(name):
    assert file_name(name) == name


def test_names_that_look_alike_have_files_of_their_own():
    files = {name: file_name(name) for name in ALIKE}
    marked = [file_name(files[name]) for name in ALIKE if files[name] != name]

    # a system that folds case and spelling, as those of Windows and of a Mac do
    folded = [unicodedata.normalize("NFC", one).casefold() for one in (*files.values(), *marked)]
    assert len(set(folded)) == len(folded)


@pytest.mark.parametrize("name", ALIKE)
def test_every_system_takes_the_file(name, tmp_path):
    file = file_name(name)

    assert not set(file) & WINDOWS_FORBIDS
    assert file.strip(". ") == file != ""
    assert file.lower() not in {"con", "prn", "aux", "nul", "com1"}
    assert len(file.encode()) <= LONGEST
    draft = tmp_path / f".{file}.xlsx.draft"
    draft.write_bytes(b"")
    assert draft.exists()


def test_a_name_has_its_file_in_every_run():
    assert file_name("市/局") == "市_局-a5c2477340b8"


@given(some.lists(some.text(max_size=80), min_size=2, max_size=6, unique=True))
def test_two_names_never_give_one_file(names):
    files = [unicodedata.normalize("NFC", file_name(name)).casefold() for name in names]

    for (one, first), (other, second) in itertools.combinations(zip(names, files, strict=True), 2):
        assert first != second, (one, other)
