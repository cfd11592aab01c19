"""What is printed on a terminal is what was said."""

import contextlib
import io
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from deployments.cli import run
from deployments.folding import folded
from deployments.say import say, say_folded, say_table


def test_a_table_prints_names_as_typed(capsys):
    names = [
        "[red]市司法局[/red]",
        "[/b]",
        "文号[2025]12号 :warning：",
        "[link=http://a.example]局[/link]",
    ]

    say_table("[b]名册[/b]", ["单位"], [[name] for name in names])

    said = capsys.readouterr().out
    for name in ["[b]名册[/b]", *names]:
        assert name in said


HEAD = ("编号", "材料名称", "状态", "提供单位", "事实日期", "标记", "文件")
ROW = ("E0001", "执法人员培训通知及名单", "退回", "市司法局", "2025-06-03", "", "通知.docx")


def lines_of(capsys, monkeypatch, width: int, rows) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(width))
    say_table("证明材料", HEAD, rows)
    return [line.rstrip() for line in capsys.readouterr().out.splitlines()]


def test_a_table_whose_columns_would_be_too_narrow_is_told_row_by_row(capsys, monkeypatch):
    said = lines_of(capsys, monkeypatch, 60, [ROW, ROW])

    told = [
        "E0001",
        "  材料名称：执法人员培训通知及名单  状态：退回",
        "  提供单位：市司法局  事实日期：2025-06-03  文件：通知.docx",
    ]
    assert said == ["证明材料", *told, *told]
    assert max(cell_len(line) for line in said) <= 60


def test_in_a_table_that_fits_no_day_and_no_code_is_parted(capsys, monkeypatch):
    said = lines_of(capsys, monkeypatch, 90, [(*ROW[:1], "很长的名称" * 9, *ROW[2:])])

    [row] = [line for line in said if "E0001" in line]
    assert "2025-06-03" in row
    assert "通知.docx" in row
    assert "┃" in said[2]


@given(st.lists(st.text("章a1 -|\n", max_size=30), min_size=3, max_size=3), st.integers(20, 150))
def test_no_cell_loses_a_character_at_any_width(cells, width):
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.redirect_stdout(io.StringIO()) as printed,
    ):
        patch.setenv("COLUMNS", str(width))
        say_table("", ("甲", "乙", "丙"), [cells])

    said = Counter(printed.getvalue())
    for mark in "章a1-":
        assert said[mark] >= sum(cell.count(mark) for cell in cells)


def test_nothing_that_is_said_steers_the_terminal(capsys):
    say("甲\x1b[2J\u202e乙")
    say_table("名册", ["单位"], [["丙\x1b[31m\u202e丁"]])
    assert run(["evidence", "show", "E\x1b[2J"]) == 1

    said = capsys.readouterr()
    assert "甲□[2J□乙" in said.out
    assert "丙□[31m□丁" in said.out
    assert not {"\x1b", "\u202e"} & {*said.out, *said.err}


LONG = (
    "  32 项工作任务，130 条责任分解，共 192 个事项；红（逾期）182、黄（滞后）0；待明确成员的单位类别："
    "市直有关部门单位（用 shifan units export 填写后再 load）"
)


@pytest.mark.parametrize("width", [80, 60, 40])
def test_a_long_line_is_folded_with_nothing_lost_and_no_mark_first(capsys, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    say_folded(LONG, "短的一行")

    said = capsys.readouterr().out.splitlines()
    assert said[-1] == "短的一行"
    assert len(said) > 2
    assert max(map(cell_len, said)) <= width
    assert "".join("".join(said[:-1]).split()) == "".join(LONG.split())
    assert any("shifan units export" in line for line in said)
    assert [
        line for line in said[:-1] if line.strip()[0] in "，；、）：" or line[-1] in "（“"
    ] == []


@given(st.text("章，（）a1 -\t", max_size=60), st.integers(8, 90))
def test_folding_loses_no_character_and_keeps_to_the_width(line, width):
    said = list(folded(line, width))

    assert "".join("".join(said).split()) == "".join(line.split())
    lead = len(line) - len(line.lstrip())
    assert max(cell_len(piece) for piece in said) <= max(width, lead + 4)
