"""Broken, forged and foreign workbooks in a ledger's place: one clear line, nothing half-taken."""

import random
import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from models.rules.evidence.words import Reception
from tasks.ledgers.belonging import is_ledger
from tests.support.sheets import place
from tests.tasks.ledgers.test_taking import entries, fill, registered

EACH = 60  # whose bytes are broken anywhere come through the door in tests of its own


def flipped(content: bytes, seed: int) -> bytes:
    """Return ``content`` with a few bytes changed, cut or doubled."""
    chance = random.Random(seed)
    changed = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(changed))
        changed[at] = chance.randrange(256)
    if seed % 5 == 0:
        del changed[chance.randrange(len(changed)) :]
    return bytes(changed)


def rewritten(content: bytes, seed: int) -> bytes:
    """Return a workbook whose parts are broken though the archive is sound."""
    chance = random.Random(seed)
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        broken = set(chance.sample(names, 2))
        for name in names:
            part = old.read(name)
            new.writestr(name, flipped(part, seed) if name in broken and part else part)
    return out.getvalue()


def test_workbooks_with_broken_parts_are_told_in_words_and_break_nothing(
    desk, tmp_path, campaign_id
):
    content = desk.filled(desk.send(), fill("W6", "进行中")).read_bytes()
    paths = []
    for seed in range(EACH):
        path = tmp_path / f"{seed}.xlsx"
        path.write_bytes(rewritten(content, seed))
        paths.append(path)

    taken = desk.take_all(paths)

    assert len(taken) == EACH
    for one in taken:
        assert one.lines and all(line.strip() for line in one.lines), one.name
        assert "Traceback" not in " ".join(one.lines)
        assert one.marked is None or one.marked.startswith(b"PK")
    assert registered(campaign_id, "W6").state in ("open", "started")
    assert {one.reception for one in taken} <= set(Reception)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=400), st.booleans())
def test_whatever_bytes_come_are_no_ledger_and_raise_nothing(content, packed):
    head = b"PK\x03\x04" if packed else b""
    assert not is_ledger("台账.xlsx", head + content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的"),
        (b"%PDF-1.7 ...", "是 PDF 文件"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "旧版 .xls"),
        ("编号,状态\nW6,已完成".encode(), "是文本文件"),
    ],
)
def test_another_kind_of_file_is_refused_in_one_line(desk, tmp_path, content, said):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(content)
    before = entries()

    taken = desk.take(path)

    assert taken.reception is Reception.REFUSED
    assert said in taken.lines[0]
    assert len(taken.lines) == 1
    assert entries() == before


def test_a_formula_in_a_cell_is_not_taken_for_its_text(desk, campaign_id):
    def edit(book):
        place(book["台账"], "说明", 编号="W6").value = '=HYPERLINK("http://x.invalid","点我")'

    taken = desk.take(desk.filled(desk.send(), edit))

    assert taken.reception is Reception.PARTLY
    assert registered(campaign_id, "W6").note == ""
    page = load_workbook(BytesIO(taken.marked))["台账"]
    assert place(page, "说明", 编号="W6").value is None
    assert "原为 =HYPERLINK(" in place(page, "退回原因", 编号="W6").value
    assert b"<f>" not in b"".join(
        zipfile.ZipFile(BytesIO(taken.marked)).read(name)
        for name in zipfile.ZipFile(BytesIO(taken.marked)).namelist()
        if name.startswith("xl/worksheets/")
    )


def test_words_of_another_hand_in_grey_cells_are_named_and_not_taken(desk):
    def edit(book):
        place(book["台账"], "事项与要求", 编号="W6").value = "别的事"
        book["一页看清"]["B2"].value = "没有事"

    taken = desk.take(desk.filled(desk.send(), edit))

    told = " ".join(taken.lines)
    assert "“事项与要求”列有 1 行改过，没有收" in told
    assert "“需要干什么”列有 1 行改过，没有收" in told
