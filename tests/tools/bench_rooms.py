"""Rows 督, 简 and 年 of the figures: two rounds of visits planned, a briefing and an annual report written.

60 units are visited twice by four teams; the papers are of a campaign of 104 indicators and 6,240 parts of
which half are done. Run by ``python -m tests.tools.bench_rooms``.
"""

import os
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sqlalchemy import update
from sqlmodel import col, select

from models.settings import moment_of
from tests.tools.bench import prepare
from tests.tools.bench_patrol import NOW, TODAY
from tests.tools.bench_table import Figure, at_most, say, taken, timed

ROUNDS = ((1, date(2025, 8, 1), date(2025, 8, 31)), (2, date(2025, 9, 1), date(2025, 9, 30)))
TEAMS = 4


def main() -> None:
    """Print each figure as a row."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SHIFAN_HOME"] = folder
        prepare(Path(folder))
        _half_done()
        for figure in _figures(Path(folder)):
            say(figure)


def _half_done() -> None:
    """Let every second part be done this month."""
    from models.campaign.work import Assignment
    from models.database import open_session

    with open_session() as session:
        said = {"state": "done", "done_on": TODAY, "by_post": "联络员", "note": "已办结"}
        every_second = update(Assignment).where(col(Assignment.id) % 2 == 0).values(**said)
        session.connection().execute(every_second)


def _teams() -> int:
    """Give four teams two bodies each, and set two rounds; return how many units are to be visited."""
    from models.database import open_session
    from models.units.unit import Unit
    from tasks.inspection.one_team import TeamSaid, set_team
    from tasks.inspection.planning import RoundSaid, set_round

    moment = moment_of(NOW, TODAY)
    with open_session(read_only=True) as session:
        names = list(session.exec(select(Unit.name).order_by(col(Unit.id))))
    for n in range(TEAMS):
        bodies = "、".join(names[2 * n : 2 * n + 2])
        set_team("jc", TeamSaid(f"第{n + 1}督导组", bodies), "创建办", moment)
    for number, first, last in ROUNDS:
        set_round("jc", RoundSaid(number, first, last, 2), "创建办", moment)
    return len(names)


def _figures(folder: Path) -> Iterator[Figure]:
    from tasks.inspection.planning import plan_visits
    from tasks.papers.annual.writing import write_annual
    from tasks.papers.briefings.issuing import confirm_briefing, draft_briefing
    from tasks.papers.keeping import PaperOrder

    moment, units = moment_of(NOW, TODAY), _teams()
    what = f"{units} 个单位、2 轮、{TEAMS} 个督导组的走访安排"
    yield Figure("督", what, taken(lambda: plan_visits("jc", None, "创建办", moment)), at_most(1.0))

    def briefing() -> None:
        made = draft_briefing("jc", folder / "稿.docx", "创建办", moment)
        printed = PaperOrder(folder / "简报.docx", by_post="创建办")
        confirm_briefing("jc", made.issue.draft, printed, moment)

    yield Figure("简", "一期简报：成稿、编号、两份 Word", taken(briefing), at_most(2.0))
    annual = PaperOrder(folder / "年度报告.docx")
    year = timed(lambda: write_annual("jc", annual, TODAY.year, moment, None), 3)
    yield Figure("年", "年度报告，3,000 多条办结的责任，Word", year, at_most(2.0))


if __name__ == "__main__":
    main()
