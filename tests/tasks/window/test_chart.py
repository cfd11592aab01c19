"""The chart of the window: a row for each stage and step, marks that never lie on each other."""

from datetime import date

from models.database import open_session
from models.rules.words import Light
from tasks.window.chart import chart_page
from tests.support.fill import fill_indicators
from tests.tools.bench_patrol import asked, recorded

LATE = date(2025, 9, 24)


def test_every_stage_has_its_bar_and_every_step_its_row(campaign):
    page = chart_page("jc", LATE)

    stages = [row for row in page.rows if row.is_stage]
    assert [row.name[:2] for row in stages] == ["1.", "2.", "3.", "4.", "5."]
    assert all(
        0 <= row.bar.x <= row.bar.x + row.bar.width <= page.width for row in stages if row.bar
    )
    assert "S1.1" in [row.code for row in page.rows]
    assert 0 < page.today_x < page.width
    [work] = [row for row in page.rows if row.name.startswith("工作任务")]
    assert sum(mark.count for mark in work.marks) == int(work.name.split()[1])


def test_marks_stand_beside_each_other(campaign):
    for row in chart_page("jc", LATE).rows:
        for one, other in zip(row.marks, row.marks[1:], strict=False):
            assert one.x + one.width < other.x
        assert all(mark.light in Light for mark in row.marks)


def test_the_chart_asks_four_things_at_any_size(campaign, campaign_id):
    with open_session() as session:
        fill_indicators(session, campaign_id, 20, due=date(2025, 9, 1))
    with recorded() as said:
        chart_page("jc", LATE)

    assert len(asked(said)) == 4
