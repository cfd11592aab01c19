"""Who is gone is not told, the office is asked for a successor, and one act moves what is open."""

import json
from datetime import timedelta

import pytest
from sqlmodel import col, select

from models.audit.chain import AuditEntry
from models.campaign.milestone import Milestone
from models.campaign.work import Assignment
from models.database import open_session
from models.errors import CampaignError
from models.notices.acknowledgement import Acknowledgement
from models.notices.notice import Delivery, Message, Notice
from models.notices.outcomes import dead_letters_unsettled
from models.notices.writing import Word, say_to
from models.rules.words import Level
from models.settings import moment_of
from models.units.leaving import tell_nobody_who_is_gone
from models.units.succession_back import as_it_stands
from models.units.unit import Post, Unit
from tasks.audit.chain import verify
from tasks.campaign.succession import hand_over, handover_of, take_handover_back
from tasks.notices.delivery import deliver
from tasks.notices.why import why
from tasks.patrol.patrol import patrol_campaign
from tasks.patrol.summary import summary
from tasks.patrol.view import view_campaign
from tasks.plans.loading import find_plan, load_plan, read_plan
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.alerts import MONDAY, at, every_tag, only
from tests.support.packs import load_pack

OLD, NEW = "市司法局", "市委编办"
TUESDAY = MONDAY + timedelta(days=1)


def unit(session, name):
    return session.exec(select(Unit).where(Unit.name == name)).one()


def retire(name=OLD, *, retired=True):
    with open_session() as session:
        one = unit(session, name)
        one.retired = retired
        session.flush()
        return tell_nobody_who_is_gone(session, one.campaign_id)


def vacate(name=OLD):
    with open_session() as session:
        for post in session.exec(select(Post).where(Post.unit_id == unit(session, name).id)):
            post.vacant = True
        session.flush()
        return tell_nobody_who_is_gone(session, 1)


def told(name, day=None):
    """Return the rules of the notices that the posts of a unit are to hear."""
    with open_session(read_only=True) as session:
        query = select(Notice.rule).join(Post).where(Post.unit_id == unit(session, name).id)
        query = query.where(Notice.state.in_(["waiting", "posted", "sent"]))
        return list(session.exec(query.where(Notice.day == day) if day else query))


def open_items(name):
    """Return how many assignments and milestones are open at a unit."""
    with open_session(read_only=True) as session:
        return sum(
            len(
                session.exec(
                    select(table.id).where(
                        table.unit_id == unit(session, name).id,
                        table.withdrawn.is_(False),
                        table.state.in_(["open", "started"]),
                    )
                ).all()
            )
            for table in (Assignment, Milestone)
        )


def give(old=OLD, new=NEW, day=MONDAY):
    return hand_over("jc", old, new, "创建办", "机构改革", moment_of(at(day), day))


@ON_BOTH
@pytest.mark.parametrize("leave", [retire, vacate])
def test_a_unit_that_is_gone_is_told_nothing_and_the_office_is_asked_once_a_week(campaign, leave):
    patrol_campaign(campaign, moment_of(at(MONDAY), MONDAY))
    assert told(OLD)
    count = open_items(OLD)
    assert count

    assert leave() > 0
    assert told(OLD) == []
    seen = [patrol_campaign(campaign, moment_of(at(day), day)) for day in (TUESDAY, TUESDAY)]

    assert told(OLD) == []
    assert (seen[0].passed_over.ownerless, seen[0].passed_over.gone_units) == (count, 1)
    assert f"名下 {count} 项没有人负责" in summary(seen[0])
    with open_session(read_only=True) as session:
        asked = select(Notice.words, Post.level).join(Post).where(Notice.rule == "successor_wanted")
        [(words, level)] = session.exec(asked)
    assert level == Level.OFFICE
    assert words.startswith(OLD) and f"还有 {count} 项没有办完" in words
    assert f"shifan units succeed {OLD}" in words


@ON_BOTH
def test_two_posts_that_are_gone_hand_on_what_both_would_have_heard_once(campaign):
    with open_session() as session:
        deputy = Post(campaign_id=1, level=Level.OFFICE, title="创建办副主任", tag="创建办副主任")
        session.add(deputy)
        session.flush()
        word = Word("campaign", 1, "channel_fault", "2025", "一句话")
        assert say_to(session, 1, Level.OFFICE, word, moment_of(at(MONDAY))) == 2
        for post in session.exec(select(Post).where(Post.level == Level.OFFICE)):
            post.vacant = True
        session.flush()
        assert tell_nobody_who_is_gone(session, 1) == 1
        assert tell_nobody_who_is_gone(session, 1) == 0
    with open_session(read_only=True) as session:
        heirs = select(Post.level, Notice.state).join(Post).where(Notice.rule == "channel_fault")
        found = sorted(session.exec(heirs.order_by(Notice.id)))

    assert found == [(Level.OFFICE, "dropped"), (Level.LEADER, "waiting")]


def test_what_waits_in_the_outbox_for_a_unit_that_is_gone_is_not_sent(wired, provider):
    patrol_campaign(wired, moment_of(at(MONDAY), MONDAY))
    provider.behave("unavailable")
    deliver(lambda: at(MONDAY, 9, 1))
    provider.behave("accept")
    retire()
    deliver(lambda: at(MONDAY, 11))
    with open_session(read_only=True) as session:
        numbers = session.exec(select(Message.id).where(Message.tag == OLD)).all()
        states = session.exec(select(Delivery.state).where(Delivery.message_id.in_(numbers))).all()

    assert set(states) == {"superseded"}
    assert told(OLD) == []


def test_what_one_channel_refused_and_the_other_had_not_sent_is_taken_back_too(wired, provider):
    patrol_campaign(wired, moment_of(at(MONDAY), MONDAY))
    provider.behave("unavailable")
    deliver(lambda: at(MONDAY, 9, 1))
    with open_session() as session:
        numbers = session.exec(select(Message.id).where(Message.tag == OLD)).all()
        dead = {"target": "t", "target_kind": "邮件", "next_try_at": at(MONDAY), "state": "dead"}
        session.add_all(Delivery(message_id=number, **dead) for number in numbers)
    retire()

    assert numbers
    with open_session(read_only=True) as session:
        assert dead_letters_unsettled(session) == []
        assert not session.exec(select(Notice.id).where(Notice.message_id.in_(numbers))).all()
        settled = select(Message.settled).where(Message.id.in_(numbers))
        assert set(session.exec(settled)) == {True}


def test_what_a_unit_was_told_before_it_went_is_not_said_to_it_again(wired, provider):
    patrol_campaign(wired, moment_of(at(MONDAY), MONDAY))
    deliver(lambda: at(MONDAY, 9, 1))
    key = f"key-{every_tag().index(OLD):04d}-0000"
    heard = [taken.text for taken in provider.accepted if taken.key == key]
    retire()
    for n in range(1, 9):
        day = MONDAY + timedelta(days=n)
        patrol_campaign(wired, moment_of(at(day), day))
        deliver(lambda day=day: at(day, 9, 1))

    assert len(heard) == 1
    assert [taken.text for taken in provider.accepted if taken.key == key] == heard


def test_another_campaign_of_the_same_unit_still_reaches_it(wired, provider):
    load_pack(moment_of(NOW, TODAY))
    patrol_campaign("second", moment_of(at(MONDAY), MONDAY))
    with open_session() as session:
        mine = session.exec(select(Unit).where(Unit.name == OLD, Unit.campaign_id == 1)).one()
        mine.retired = True
        session.flush()
        tell_nobody_who_is_gone(session, 1)
    deliver(lambda: at(MONDAY, 9, 1))
    key = f"key-{every_tag().index(OLD):04d}-0000"

    assert [taken.key for taken in provider.accepted].count(key) == 1


def test_why_nothing_was_said_to_a_unit_that_is_gone_has_an_answer(campaign):
    only("S2.1", MONDAY)
    with open_session() as session:
        one = session.exec(select(Milestone).where(Milestone.code == "S2.1")).one()
        one.unit_id = unit(session, OLD).id
    patrol_campaign(campaign, moment_of(at(MONDAY), MONDAY))
    retire()

    assert "单位已停用或岗位空缺" in why(campaign, "S2.1", MONDAY).words


def test_a_unit_that_comes_back_hears_what_is_still_open(campaign):
    patrol_campaign(campaign, moment_of(at(MONDAY), MONDAY))
    before = told(OLD)
    retire()
    retire(retired=False)

    assert told(OLD) == before


@ON_BOTH
def test_one_act_moves_what_is_open_and_leaves_what_is_done(campaign):
    with open_session() as session:
        mine = session.exec(
            select(Assignment).where(Assignment.unit_id == unit(session, OLD).id)
        ).all()
        done = mine[0].id
        mine[0].state, mine[1].state = "done", "started"
        started = mine[1].id
        session.add(
            Acknowledgement(
                campaign_id=1,
                subject_kind="assignment",
                subject_id=started,
                by_post="甲",
                at=NOW,
                day=MONDAY,
                runs_out=MONDAY + timedelta(days=30),
            )
        )
    retire()
    left, had = open_items(OLD), open_items(NEW)

    line = give()

    assert f"{OLD}没有办完的 {left} 项已移交{NEW}" in line
    assert open_items(OLD) == 0
    assert had < open_items(NEW) <= had + left
    with open_session(read_only=True) as session:
        assert session.get_one(Assignment, done).unit_id == unit(session, OLD).id
        assert session.get_one(Assignment, started).unit_id == unit(session, NEW).id
        assert session.exec(select(Acknowledgement.runs_out)).one() < MONDAY
        [entry] = session.exec(select(AuditEntry).where(AuditEntry.what == "succession")).all()
        facts = json.loads(entry.facts)
        assert (entry.subject, entry.who, facts["to"]) == (OLD, "创建办", NEW)
        moved = len(facts["assignments"]) + len(facts["milestones"]) + len(facts["merged"])
        assert moved == left
    assert verify().lines == []
    patrol_campaign(campaign, moment_of(at(MONDAY), MONDAY))
    assert told(NEW, MONDAY)
    assert view_campaign(campaign, MONDAY).passed_over.ownerless == 0
    assert "没有要移交的事项" in give(day=TUESDAY)


@ON_BOTH
def test_the_plan_loaded_again_leaves_the_items_with_the_successor(campaign):
    with open_session() as session:
        first = session.exec(
            select(Assignment).where(Assignment.unit_id == unit(session, OLD).id)
        ).first()
        first.state = "done"
    retire()
    give()
    before = (open_items(OLD), open_items(NEW))

    plan = read_plan(find_plan("jinchang-2025"))
    stored = load_plan(plan, slug="jc", start=None, moment=moment_of(NOW, TODAY))

    assert stored.changes == 0
    assert (open_items(OLD), open_items(NEW)) == before


@ON_BOTH
def test_a_part_the_successor_had_once_is_taken_up_again_and_no_row_is_lost(campaign):
    with open_session() as session:
        old, new = unit(session, OLD).id, unit(session, NEW).id
        theirs = session.exec(select(Assignment).where(Assignment.unit_id == old)).all()
        taken = {
            one.work_item_id
            for one in session.exec(select(Assignment).where(Assignment.unit_id == new))
        }
        part = next(one for one in theirs if one.work_item_id not in taken)
        part.state, part.note, part.due = "started", "已起草", MONDAY
        facts = {"campaign_id": 1, "work_item_id": part.work_item_id, "role": part.role}
        once = Assignment(**facts, unit_id=new, withdrawn=True, due=TODAY)
        session.add(once)
        session.flush()
        before, lost = (part.id, once.id), len(session.exec(select(Assignment.id)).all())
    retire()
    left = open_items(OLD)

    assert f"没有办完的 {left} 项已移交" in give()

    with open_session(read_only=True) as session:
        assert len(session.exec(select(Assignment.id)).all()) == lost
        part, once = (session.get_one(Assignment, id) for id in before)
        assert (part.unit_id, part.withdrawn, part.state) == (old, True, "started")
        assert (once.unit_id, once.withdrawn) == (new, False)
        assert (once.state, once.note, once.due) == ("started", "已起草", MONDAY)
        [entry] = session.exec(select(AuditEntry).where(AuditEntry.what == "succession")).all()
        assert part.id in json.loads(entry.facts)["merged"]
    assert open_items(OLD) == 0
    assert verify().lines == []
    assert "没有要移交的事项" in give(day=TUESDAY)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (OLD, NEW, "没有停用，岗位上也有人"),
        ("市司法局局", NEW, "没有名为 市司法局局 的单位，是否为“市司法局”"),
    ],
)
def test_only_a_unit_that_is_gone_is_succeeded(campaign, old, new, said):
    with pytest.raises(CampaignError, match=said):
        give(old, new)


def test_nobody_takes_over_who_is_gone_too(campaign):
    retire(OLD)
    retire(NEW)
    with pytest.raises(CampaignError, match="不能接手"):
        give()
    with pytest.raises(CampaignError, match="同一个单位"):
        give(OLD, OLD)


def as_stored():
    """Everything that a succession may change, as the tables hold it."""
    with open_session(read_only=True) as session:
        both = [unit(session, name).id for name in (OLD, NEW)]
        heirs = dict(session.exec(select(Unit.id, Unit.successor_id)).all())
        return as_it_stands(session, 1, both), heirs


def last_entry(what):
    with open_session(read_only=True) as session:
        query = select(AuditEntry.id).where(AuditEntry.what == what)
        return session.exec(query.order_by(AuditEntry.id.desc())).first()


def take_back(number, day=MONDAY):
    moment = moment_of(at(day), day)
    return take_handover_back("jc", number, "创建办", "选错了", moment)


@ON_BOTH
@pytest.mark.parametrize("leave", [retire, vacate])
def test_a_succession_is_taken_back_to_exactly_what_stood_before_and_once(campaign, leave):
    patrol_campaign(campaign, moment_of(at(MONDAY), MONDAY))
    leave()
    stood, count = as_stored(), open_items(OLD)
    give()
    assert open_items(OLD) == 0
    number = last_entry("succession")
    assert handover_of("jc", number).fault == ""

    first, again = take_back(number), take_back(number)

    assert as_stored() == stood
    assert open_items(OLD) == count
    assert "已撤回，仍记在市司法局名下" in first
    assert again.endswith("此前已经撤回，没有变化")
    assert verify()
    give(new="市教育局")
    assert open_items(OLD) == 0


def test_a_succession_after_which_something_was_registered_is_not_taken_back(campaign):
    retire()
    give()
    number = last_entry("succession")
    with open_session() as session:
        one = session.exec(
            select(Assignment)
            .where(Assignment.unit_id == unit(session, NEW).id, Assignment.state == "open")
            .order_by(col(Assignment.id))
        ).first()
        one.state = "started"

    assert "又有变动" in handover_of("jc", number).fault
    with pytest.raises(CampaignError, match="又有变动，不能撤回"):
        take_back(number)
    with pytest.raises(CampaignError, match="不是移交"):
        take_back(1)
