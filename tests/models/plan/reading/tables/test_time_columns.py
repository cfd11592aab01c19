"""Tables with a column for each month, quarter or half year."""

import pytest

from models.plan.reading.compile import read_plan
from models.plan.reading.text.document import Document, Line

HEAD = ["序号", "重点任务", "责任单位"]
ROWS = (["1", "完善依法行政制度体系", "县司法局"], ["2", "强化执法监督检查", "县公安局"])
MONTHS = [f"{month}月" for month in range(1, 13)]
QUARTERS = ["一季度", "二季度", "三季度", "四季度"]


def read(rows):
    lines = ["清河县法治建设工作方案", "附件", *rows, "清河县人民政府办公室", "2026年1月3日"]
    return read_plan(
        Document.from_lines(
            Line(row, at) if isinstance(row, str) else Line("|".join(row), at, None, tuple(row), 1)
            for at, row in enumerate(lines, 1)
        )
    )


def days(*rows):
    """Return the day of each task, with the doubts about tasks."""
    reading = read(rows)
    assert not any(doubt.about == "task" for doubt in reading.doubts)
    assert [task.responsible_units for task in reading.plan.tasks] == [["县司法局"], ["县公安局"]]
    return [
        (task.deadline.date.isoformat(), len(task.deadline.parts)) for task in reading.plan.tasks
    ]


def ticks(times, marked, mark="√"):
    return [mark if time in marked else "" for time in times]


@pytest.mark.parametrize(
    "times, first, second, expected",
    [
        (MONTHS, ["3月", "6月"], ["9月"], [("2026-06-30", 2), ("2026-09-30", 0)]),
        (MONTHS, ["3月", "4月", "5月"], MONTHS, [("2026-05-31", 0), ("2026-12-31", 0)]),
        (QUARTERS, ["一季度", "二季度"], ["四季度"], [("2026-06-30", 0), ("2026-12-31", 0)]),
        (["上半年", "下半年"], ["上半年"], ["下半年"], [("2026-06-30", 0), ("2026-12-31", 0)]),
        (["2026年", "2027年"], ["2026年"], ["2027年"], [("2026-12-31", 0), ("2027-12-31", 0)]),
    ],
)
@pytest.mark.parametrize("mark", ["√", "★", "●"])
def test_the_last_ticked_column_is_the_deadline(times, first, second, expected, mark):
    rows = [[*ROWS[0], *ticks(times, first, mark)], [*ROWS[1], *ticks(times, second, mark)]]

    assert days([*HEAD, *times], *rows) == expected


def test_months_are_numbers_below_a_head_of_months():
    above = [*HEAD, *["实施月份"] * 12]
    months = [str(month) for month in range(1, 13)]
    rows = [[*ROWS[0], *ticks(months, ["6"])], [*ROWS[1], *ticks(months, ["9"])]]

    assert days(above, [*HEAD, *months], *rows) == [("2026-06-30", 0), ("2026-09-30", 0)]


def test_words_in_a_column_are_what_is_due_then():
    rows = [
        [*ROWS[0], "制定方案", "完成清理", "", ""],
        [*ROWS[1], "—", "", "开展评查", "总结报告"],
    ]

    reading = read([[*HEAD, *QUARTERS], *rows])

    first, second = (task.deadline for task in reading.plan.tasks)
    assert [(part.raw, part.what) for part in first.parts] == [
        ("一季度", "制定方案"),
        ("二季度", "完成清理"),
    ]
    assert second.date.isoformat() == "2026-12-31"


@pytest.mark.parametrize("due, parts", [("6月底前", 0), ("5月底前", 2)])  # the same, another
def test_a_deadline_beside_the_columns_is_kept(due, parts):
    rows = [
        [*ROWS[0], due, *ticks(MONTHS, ["6月"])],
        [*ROWS[1], "9月底前", *ticks(MONTHS, ["9月"])],
    ]

    found = days([*HEAD, "完成时限", *MONTHS], *rows)

    assert found == [("2026-06-30", parts), ("2026-09-30", 0)]


def test_ticks_of_several_kinds_are_doubted():
    rows = [
        [*ROWS[0], *ticks(QUARTERS, ["一季度"], "○")],
        [*ROWS[1], *ticks(QUARTERS, ["四季度"], "●")],
    ]

    reasons = [doubt.reason for doubt in read([[*HEAD, *QUARTERS], *rows]).doubts]

    assert any("○、●几种记号" in reason for reason in reasons)


def test_numbers_below_years_are_no_deadlines():
    head = ["序号", "指标名称", "责任单位", "2026年", "2027年"]
    rows = [
        ["1", "案卷合格率", "县司法局", "90%", "95%"],
        ["2", "应诉率", "县公安局", "98%", "99%"],
    ]

    assert all(task.deadline is None for task in read([head, *rows]).plan.tasks)
