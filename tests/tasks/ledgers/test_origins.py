"""Of two versions that disagree it is known where each came from."""

from models.campaign.progress import Report
from models.campaign.work import Indicator
from models.database import open_session
from models.rules.words import Progress
from tasks.ledgers.conflicts import list_conflicts, origins_of
from tasks.lists.progress import set_progress
from tests.conftest import ON_BOTH
from tests.support.scoring_table import names
from tests.tasks.ledgers.conftest import UNIT
from tests.tasks.ledgers.numbers.test_numbers import counted, scored
from tests.tasks.ledgers.test_taking import fill


@ON_BOTH
def test_the_ledger_that_brought_the_standing_value_is_named(desk):
    sent = desk.send()
    desk.take(desk.filled(sent, fill("W6", "进行中", note="已调研"), "甲.xlsx"))
    desk.take(desk.filled(sent, fill("W6", "已完成", "2025-06-18", "已印发"), "乙.xlsx"), day=1)

    found = list_conflicts(None)
    origins = origins_of(None, found)

    assert [one.field for one in found] == ["状态", "说明"]
    for one in found:
        origin = origins[one.id]
        assert (origin.file, origin.version) == ("甲.xlsx", 1)
        assert (origin.at, one.file) == (desk.moment().now, "乙.xlsx")


@ON_BOTH
def test_the_post_that_registered_the_standing_value_at_the_desk_is_named(desk):
    sent = desk.send()
    report = Report("W6", Progress.OPEN, "创建办", unit=UNIT)
    set_progress(None, report, "进行中", moment=desk.moment(1))
    desk.take(desk.filled(sent, fill("W6", "不适用", note="无此职能")), day=2)

    [found] = [one for one in list_conflicts(None) if one.field == "状态"]
    origin = origins_of(None, [found])[found.id]

    assert (origin.by_post, origin.file, origin.at) == ("创建办", "", desk.moment(1).now)


def test_without_disagreements_nothing_is_asked(desk):
    assert origins_of(None, []) == {}


@ON_BOTH
def test_of_figures_and_scores_the_ledger_that_brought_the_standing_value_is_named(desk, ids):
    with open_session(read_only=True) as session:
        unit = names(session, session.get_one(Indicator, ids["1.1.1"]).campaign_id)[0]
    sent = desk.send(unit=unit)

    def said(above, points):
        def edit(book):
            counted(above, 50)(book)
            scored(points)(book)

        return edit

    desk.take(desk.filled(sent, said(45, 2), "甲.xlsx"))
    desk.take(desk.filled(sent, said(46, 1), "乙.xlsx"), day=1)

    found = list_conflicts(None)
    origins = origins_of(None, found)

    assert sorted(one.field for one in found) == ["指标数据 1.1.1#2", "自评分"]
    for one in found:
        origin = origins[one.id]
        assert (origin.file, origin.version, one.file) == ("甲.xlsx", 1, "乙.xlsx")
        assert (origin.at, origin.by_post) == (desk.moment().now, f"{unit}联络员")
