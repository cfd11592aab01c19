"""What lies in the outermost folder of an old office file, however its tables are broken."""

import struct

import pytest

from tasks.guarded.archives import has_stream
from tasks.guarded.compound import SIGNATURE, Compound
from tests.support.compounds import compound


def test_streams_long_and_short_are_read():
    long, short = bytes(range(256)) * 40, b"abc"
    made = Compound(compound({"WordDocument": long, "1Table": short, "Data": b""}))

    assert all(made.holds(name) for name in ("WordDocument", "worddocument", "1TABLE", "Data"))
    assert made.stream("WordDocument") == made.stream("WORDDOCUMENT") == long
    assert made.stream("1Table") == short
    assert made.stream("Data") == made.stream("没有") == b""


def test_only_the_outermost_folder_counts():
    content = compound({"WordDocument": b"x" * 5000}, inside={"Workbook": b"y" * 5000})

    assert has_stream(content, "WordDocument")
    assert not has_stream(content, "Workbook")  # a table of Excel within a Word file


def test_of_a_broken_file_it_is_enough_that_a_name_stands_anywhere():
    assert has_stream(SIGNATURE + bytes(600) + "Workbook".encode("utf-16-le"), "Workbook")


def broken(at: int, what: bytes) -> bytes:
    content = bytearray(compound({"WordDocument": b"x" * 9000, "1Table": b"y"}))
    content[at : at + len(what)] = what
    return bytes(content)


@pytest.mark.parametrize("at", [30, 44, 48, 60, 68, 76, 80])
@pytest.mark.parametrize("number", [0, 1, 0x7FFFFFFF, 0xFFFFFFFA, 0xFFFFFFFF])
def test_no_number_in_the_head_leads_into_a_circle_or_behind_the_end(at, number):
    content = broken(at, struct.pack("<I", number))
    try:
        made = Compound(content)
        read = [made.stream(name) for name in ("WordDocument", "1Table")]
    except (ValueError, struct.error):
        read = []  # refused: that is an end too

    assert sum(map(len, read)) <= len(content)  # nothing was read twice, nothing made up


@pytest.mark.parametrize("content", [b"", SIGNATURE, SIGNATURE + bytes(504), b"PK" + bytes(600)])
def test_what_is_no_such_file_is_refused(content):
    with pytest.raises(ValueError):
        Compound(content)


def test_a_list_of_tables_that_runs_in_a_circle_is_taken_once():
    content = bytearray(compound({"WordDocument": b"x" * 9000}))
    last = (len(content) - 512) // 512
    content += struct.pack("<I", 0) * 127 + struct.pack("<I", last)  # names sector 0, then itself
    struct.pack_into("<II", content, 68, last, 1000)

    try:
        made = Compound(bytes(content))
    except (ValueError, struct.error):
        return
    assert len(made._table) * 4 <= len(content)
