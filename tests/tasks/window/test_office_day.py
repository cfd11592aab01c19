"""What waits for the office: counted and listed, on both databases, and the same from both."""

from datetime import date, timedelta

from sqlmodel import select

from models.calendar.calendar import work_calendar
from models.database import open_session
from models.notices.notice import Delivery, Notice
from models.notices.office_waits import office_counts
from models.rules.window.errands import Errand
from models.settings import moment_of
from models.units.unit import Post, Unit
from tasks.gates.confirming import Vouching, Which, confirm
from tasks.notices.acknowledging import acknowledge
from tasks.notices.lists import list_dead
from tasks.notices.silences import add_silence
from tasks.patrol.patrol import patrol_campaign
from tasks.window.office_conditions import office_conditions
from tasks.window.office_day import office_day
from tasks.window.office_lists import (
    groups_without_members,
    no_way,
    retry_unheard,
    succeeding,
    unanswered_list,
    unheard_list,
)
from tests.conftest import ON_BOTH
from tests.support.alerts import MONDAY, at, every_tag, morning, only, robots
from tests.tools.bench_patrol import asked, recorded

pytestmark = ON_BOTH


def moment(day: date = MONDAY, hour: int = 10):
    return moment_of(at(day, hour), day)


def waits(slug: str, day: date = MONDAY) -> dict[Errand, int]:
    """Return what waits under each errand of a day."""
    return {one.errand: one.count for one in office_day(slug, moment(day)).errands}


def test_what_waits_stands_first_and_every_errand_is_there_once(campaign):
    patrol_campaign(campaign, moment())

    day = office_day(campaign, moment())

    assert [one.errand for one in day.waiting] == [
        Errand.DECISIONS,
        Errand.CONDITIONS,
        Errand.GROUPS,
    ]
    assert sorted(one.errand for one in day.errands) == sorted(Errand)
    assert all(one.line for one in day.waiting)


def test_a_refused_letter_waits_until_it_is_tried_afresh(wired, provider):
    only("S2.1", MONDAY - timedelta(days=1))
    provider.behave("refuse")
    morning(wired, MONDAY)

    found = unheard_list(wired)

    assert waits(wired)[Errand.UNHEARD] == len(list_dead(wired)) == len(found.refused) > 0
    assert found.lost == found.refused
    assert all(one.code and one.reply for one in found.refused)
    assert retry_unheard(wired, "创建办", moment()) == len(found.refused)
    assert retry_unheard(wired, "创建办", moment()) == 0
    assert waits(wired)[Errand.UNHEARD] == 0


def test_what_has_no_channel_is_counted_by_post_with_its_reason(
    campaign, provider, tmp_path, monkeypatch
):
    robots(tmp_path, monkeypatch, provider.base, every_tag()[:1])
    only("S2.1", MONDAY - timedelta(days=1))
    morning(campaign, MONDAY)

    found = unheard_list(campaign)

    assert sum(one.notices for one in found.without) == waits(campaign)[Errand.UNHEARD] > 0
    assert all(no_way(one.reason) for one in found.without)


def test_an_item_is_unanswered_after_two_working_days_until_somebody_says_so(wired):
    only("S2.1", MONDAY)
    morning(wired, MONDAY)
    wednesday = MONDAY + timedelta(days=2)

    before = unanswered_list(wired, moment(MONDAY + timedelta(days=1)))
    after = unanswered_list(wired, moment(wednesday))

    assert not before.items
    assert {one.code for one in after.items} == {"S2.1"}
    assert waits(wired, wednesday)[Errand.UNANSWERED] == len(after.items)
    acknowledge(wired, "S2.1", "创建办", "", moment=moment(wednesday))
    assert not unanswered_list(wired, moment(wednesday)).items


def test_a_condition_waits_until_the_office_gave_its_word(campaign):
    patrol_campaign(campaign, moment())
    before = waits(campaign)[Errand.CONDITIONS]

    confirm(Which(campaign, "ledgers-out"), Vouching("创建办"), moment())

    [first, *_] = office_conditions(campaign, MONDAY)
    said = {one.rule: one.said for one in first.conditions}
    assert "创建办" in said["ledgers-out"]
    assert waits(campaign)[Errand.CONDITIONS] == before - 1


def test_the_gates_of_all_stages_are_asked_at_once(campaign):
    with recorded() as said:
        stages = office_conditions(campaign, MONDAY)

    assert len(stages) > 2
    assert len(asked(said)) <= 18  # one stage more adds none


def test_a_silence_waits_once_it_ends_within_five_working_days(campaign):
    about = {"author": "创建办", "reason": "等文件", "moment": moment()}
    add_silence(campaign, "W5", until=MONDAY + timedelta(days=30), **about)
    assert waits(campaign)[Errand.SILENCES] == 0

    add_silence(campaign, "W6", until=MONDAY + timedelta(days=7), **about)

    assert waits(campaign)[Errand.SILENCES] == 1


def test_the_same_silence_again_is_the_one_that_stands(campaign):
    said = {"author": "创建办", "reason": "等文件", "until": MONDAY, "moment": moment()}

    first = add_silence(campaign, "W5", **said)

    assert add_silence(campaign, "W5", **said) == first
    assert add_silence(campaign, "W6", **said) != first


def test_a_unit_that_nobody_answers_for_waits_for_a_successor(campaign):
    with open_session() as session:
        unit = session.exec(select(Unit).where(Unit.name == "市司法局")).one()
        for post in session.exec(select(Post).where(Post.unit_id == unit.id)):
            post.vacant = True

    found = succeeding(campaign)

    assert [name for name, _ in found.left] == ["市司法局"]
    assert "市司法局" not in found.units
    assert "市教育局" in found.units
    assert waits(campaign)[Errand.SUCCESSION] == 1


def test_the_counts_are_those_of_the_lists(campaign):
    with open_session(read_only=True) as session:
        soon = work_calendar(session).due_within(MONDAY, 5)
        found = office_counts(session, 1, MONDAY, soon)

    assert found.open_groups == len(groups_without_members(campaign))


def test_a_letter_that_another_channel_took_is_not_among_what_nobody_got(wired, provider):
    only("S2.1", MONDAY - timedelta(days=1))
    provider.behave("refuse")
    morning(wired, MONDAY)
    with open_session() as session:
        notice = session.exec(select(Notice).where(Notice.state == "dead")).first()
        session.add(
            Delivery(
                message_id=notice.message_id,
                target="other",
                target_kind="短信",
                state="delivered",
                next_try_at=at(MONDAY),
            )
        )

    found = unheard_list(wired)

    assert len(found.lost) == len(found.refused) - 1
    assert found.refused[-1].reached
