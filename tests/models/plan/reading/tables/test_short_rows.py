"""Rows with fewer or more cells than heads: put right where sure, else doubtful."""

import pytest

from models.plan.reading.compile import read_plan
from models.plan.reading.text.document import Document, Line

HEADS = ("序号", "类别", "工作任务", "牵头单位", "责任单位", "完成时限")
FULL = ("1", "便民", "减少办事跑动", "市政务办", "市司法局", "2026年6月底前")


def read(*rows):
    lines = [Line("芦汀市优化服务实施方案", 1), Line("任务分解表", 2)]
    lines += [Line(" ".join(row), at, None, row, 1) for at, row in enumerate(rows, start=3)]
    return read_plan(Document(tuple(lines)))


def told(reading):
    return [
        (t.section, t.title, t.lead_units, t.responsible_units + t.responsible_groups)
        + ((t.deadline.date.month if t.deadline and t.deadline.date else 0),)
        for t in reading.plan.tasks
    ]


def doubted(reading):
    return [d.sentence for d in reading.doubts if "格数与表头不一样" in d.reason]


FIRST = ("便民", "减少办事跑动", ["市政务办"], ["市司法局"], 6)


@pytest.mark.parametrize(
    ("row", "task"),
    [
        # Without its cell of a merged category.
        (("2", "一网通办", "市大数据局", "各县区", "2026年7月底"), ("便民", "一网通办", ["市大数据局"], ["各县区"], 7)),
        (("2", "推进一网通办", "市大数据局", "市政府办公室、市财政局", "7月底前"), ("便民", "推进一网通办", ["市大数据局"], ["市政府办公室", "市财政局"], 7)),
        # Nor with a cell for its number.
        (("推进一网通办", "市大数据局", "各县区", "2026年7月底"), ("便民", "推进一网通办", ["市大数据局"], ["各县区"], 7)),
        # The last cell is missing.
        (("2", "便民", "推进一网通办", "市大数据局", "各县区"), ("便民", "推进一网通办", ["市大数据局"], ["各县区"], 0)),
    ],
)  # fmt: skip
def test_cells_of_a_short_row_stand_where_they_can_only_stand(row, task):
    reading = read(HEADS, FULL, row)

    assert told(reading) == [FIRST, task]
    assert doubted(reading) == []


@pytest.mark.parametrize(
    "row",
    [
        ("2", "推进一网通办", "市大数据局", "2026年7月底"),  # leads or is responsible
        ("2", "推进一网通办", "负责落实", "各县区", "2026年7月底"),
        (*FULL[:5], "2026年7月底前", "另见附表"),
    ],
)
def test_a_row_of_other_cells_than_heads_is_doubtful(row):
    assert doubted(read(HEADS, FULL, row)) == ["|".join(row)]


@pytest.mark.parametrize(
    "row",
    [
        FULL,
        (*FULL, ""),
        ("合计", "1项"),
        ("说明：本表由市司法局解释",),
        ("二、利企",),
        ("2", *FULL[1:]),
    ],
)
def test_other_rows_are_not_doubtful(row):
    assert doubted(read(HEADS, FULL, row)) == []
