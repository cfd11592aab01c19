"""What waits for somebody, what a message says to whom, and the form behind an item."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import select

from models.campaign.milestone import Milestone
from models.database import engine_for, open_session
from models.errors import NotFoundError, ProgressError
from models.notices.acknowledgement import Acknowledgement
from models.notices.notice import Notice
from models.rules.window.sight import VisitorRole
from models.rules.words import Level, Progress
from models.settings import moment_of, settings
from tasks.window.at_hand import Answering
from tasks.window.foreign import ForeignError
from tasks.window.message import acknowledge_as, page_of_message
from tasks.window.mine import my_page
from tasks.window.registering import Typed, form_of, last_entry_of, register_item
from tests.support.alerts import MONDAY, at, morning, only
from tests.support.visitors import account, holder

TUESDAY = MONDAY + timedelta(days=1)
MOMENT = moment_of(at(MONDAY, 10), MONDAY)
LEAD = "市司法局"  # of W1


@pytest.fixture
def told(wired):
    """Everybody was told of W1, due tomorrow."""
    only("W1", TUESDAY)
    morning(wired, MONDAY)
    return wired


def number_for(visitor):
    """Return the last message that a post was sent."""
    with open_session(read_only=True) as session:
        query = select(Notice.message_id).where(Notice.post_id == visitor.post_id)
        return max(session.exec(query))


def test_a_message_is_one_thing_to_do_and_its_items_another(told):
    liaison = holder(LEAD)
    [mine] = my_page(liaison, MOMENT).campaigns

    assert [one.message for one in mine.messages] == [number_for(liaison)]
    assert mine.messages[0].items == len(mine.items)
    assert {one.code for one in mine.items} == {"W1"}
    assert not mine.questions
    assert {one.workdays for one in mine.items} == {-1}

    acknowledge_as(number_for(liaison), None, liaison, MOMENT)

    [after] = my_page(liaison, MOMENT).campaigns
    assert not after.messages
    assert len(after.items) == len(mine.items)


def test_a_leader_is_asked_to_know_and_to_decide_and_registers_nothing(told):
    leader = holder(level=Level.LEADER)
    [mine] = my_page(leader, MOMENT).campaigns
    assert (mine.items, mine.later) == ((), 0)

    shown = page_of_message(number_for(leader), leader, MOMENT)
    assert shown.may_acknowledge
    assert {one.item.answering for one in shown.items if one.item} <= {Answering.NONE}


def test_an_auditor_is_asked_nothing(told):
    page = my_page(account(VisitorRole.AUDITOR), MOMENT)
    assert (page.count, page.acts) == (0, False)


def test_the_office_has_what_no_unit_owns(campaign):
    days = date(2025, 6, 30)
    page = my_page(account(), moment_of(at(days), days))
    [mine] = page.campaigns
    assert mine.items
    assert {one.unit_id for one in mine.items} == {None}
    assert {one.answering for one in mine.items} <= {Answering.TAP, Answering.ELSEWHERE}


def test_a_message_says_each_item_as_it_is_now(told):
    liaison = holder(LEAD)
    number = number_for(liaison)
    before = page_of_message(number, liaison, MOMENT)
    assert before.waiting == len(before.items) > 0
    assert before.may_acknowledge

    part = next(one.item for one in before.items if one.item.is_part)
    assert register_item(told, part, Typed("已完成"), liaison.by, MOMENT) == 1
    assert register_item(told, part, Typed("done"), liaison.by, MOMENT) == 0
    assert last_entry_of(told, part, liaison.by)
    assert last_entry_of(told, part, "创建办") is None

    after = page_of_message(number, liaison, MOMENT)
    assert after.waiting == before.waiting - 1
    [over] = [one.item for one in after.items if one.item.state is Progress.DONE]
    assert over.answering is Answering.FORM  # no tap for what is done


def test_one_item_is_acknowledged_and_the_others_wait_on(told):
    liaison = holder(LEAD)
    number = number_for(liaison)
    items = page_of_message(number, liaison, MOMENT).items
    one = items[0].item

    assert acknowledge_as(number, (one.table, one.id), liaison, MOMENT) == 1
    assert acknowledge_as(number, (one.table, one.id), liaison, MOMENT) == 0

    shown = page_of_message(number, liaison, MOMENT)
    assert shown.waiting == len(items) - 1
    [said] = [item for item in shown.items if item.by]
    assert (said.by, said.at) == (liaison.by, MOMENT.now)
    with open_session(read_only=True) as session:
        assert session.exec(select(Acknowledgement.subject_id)).all() == [one.id]


def test_a_message_is_read_by_its_unit_and_acknowledged_by_its_recipient(told):
    number = number_for(holder(LEAD))

    assert page_of_message(number, holder(LEAD, Level.UNIT_HEAD), MOMENT).number == number
    assert not page_of_message(number, holder(LEAD, Level.UNIT_HEAD), MOMENT).may_acknowledge
    assert not page_of_message(number, account(VisitorRole.AUDITOR), MOMENT).may_acknowledge
    for act in (page_of_message, lambda n, who, at: acknowledge_as(n, None, who, at)):
        with pytest.raises(ForeignError):
            act(number, holder("市政府办公室"), MOMENT)
    with pytest.raises(ForeignError):
        acknowledge_as(number, None, holder(LEAD, Level.UNIT_HEAD), MOMENT)
    with pytest.raises(NotFoundError):
        page_of_message(999_999_999_999, account(), MOMENT)


def test_looking_changes_nothing(told):
    writes = []
    engine = engine_for(settings().database)

    def seen(_connection, _cursor, statement, *_rest):
        if not statement.lstrip().upper().startswith(("SELECT", "WITH", "BEGIN")):
            writes.append(statement)

    event.listen(engine, "before_cursor_execute", seen)
    try:
        liaison = holder(LEAD)
        my_page(liaison, MOMENT)
        page_of_message(number_for(liaison), liaison, MOMENT)
        form_of(told, "W1", None, liaison, MOMENT)
    finally:
        event.remove(engine, "before_cursor_execute", seen)
    assert not writes


def test_the_form_is_of_the_whole_for_who_leads_and_of_the_part_for_who_helps(campaign):
    office = form_of(campaign, "W5", None, account(), MOMENT)
    assert not office.is_part
    lead = holder(office.owner)
    assert form_of(campaign, "w5", None, lead, MOMENT).table == "milestone"
    assert form_of(campaign, "W5", lead.unit_id, lead, MOMENT).is_part
    with pytest.raises(ForeignError):
        form_of(campaign, "S2.1", None, lead, MOMENT)
    with pytest.raises(ForeignError):
        form_of(campaign, "W5", lead.unit_id, holder("市司法局"), MOMENT)
    with pytest.raises(NotFoundError):
        form_of(campaign, "W99", None, lead, MOMENT)
    with pytest.raises(NotFoundError):
        form_of(campaign, "W5", 999, lead, MOMENT)


def test_where_others_would_follow_one_tap_is_not_enough(campaign):
    with open_session(read_only=True) as session:
        of = select(Milestone.code).where(Milestone.kind == "work_item")
        codes = session.exec(of).all()
    found = [form_of(campaign, code, None, account(), MOMENT) for code in codes]
    for one in found:
        lead = holder(one.owner) if one.unit_id else account()
        own = form_of(campaign, one.code, None, lead, MOMENT)
        assert (own.answering is Answering.TAP) == (own.others == 0)
    assert {one.others > 0 for one in found} == {True, False}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (Typed(""), "请选择进度"),
        (Typed("done", "2025-02-30"), "完成日期写的是“2025-02-30”"),
        (Typed("done", "2025-12-30"), "在今天（2025-07-21）之后"),
        (Typed("dropped"), "不适用必须在说明里写明理由"),
        (Typed("started", note="字" * 501), "最多 500 个字"),
        (Typed("started", note="a\u202eb"), "倒着显示"),
    ],
)
def test_what_is_typed_wrongly_is_said_in_one_line_and_nothing_is_written(campaign, typed, said):
    lead = holder("市政府办公室")
    item = form_of(campaign, "W5", lead.unit_id, lead, MOMENT)

    with pytest.raises(ProgressError, match=said):
        register_item(campaign, item, typed, lead.by, MOMENT)

    assert form_of(campaign, "W5", lead.unit_id, lead, MOMENT) == item
