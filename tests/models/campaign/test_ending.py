"""Campaigns end, and a wrong click is taken back; nothing of a closed one is said to anybody."""

import json
from collections import Counter

import pytest
from sqlmodel import select

from models.audit.chain import AuditEntry
from models.campaign import ending
from models.campaign.campaign import Campaign, Stage, campaign_named, campaigns, stages_of
from models.campaign.milestone import Milestone
from models.campaign.moves import Occasion
from models.database import open_session
from models.decisions.decision import ASKED, OVERTAKEN, Decision, DecisionCode
from models.errors import EndedError, PlanError, UnclearError
from models.notices.notice import Delivery, Message, Notice
from models.rules.words import CampaignState, StageStatus
from models.settings import moment_of
from tasks.audit.chain import verify
from tasks.decisions.asking import ask_by_hand
from tasks.notices.acknowledging import acknowledge
from tasks.notices.delivery import deliver
from tasks.notices.lists import retry_dead
from tasks.notices.silences import add_silence
from tasks.patrol.patrol import patrol_campaign
from tasks.plans.demo import load_demo
from tasks.plans.loading import find_plan, load_plan, read_plan
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.alerts import MONDAY, ONE_DAY, at, every_tag, robots
from tests.support.packs import load_pack

SAID = Occasion("创建办", moment_of(at(MONDAY, 12), MONDAY), "已获命名")


@pytest.fixture
def reached(campaign, provider, tmp_path, monkeypatch):
    """The campaign, with a robot for every tag."""
    robots(tmp_path, monkeypatch, provider.base, list(dict.fromkeys(every_tag())))
    return campaign


def close(slug="jc", said=SAID):
    with open_session() as session:
        return ending.close(session, campaign_named(session, slug), said)


def reopen(slug="jc", said=SAID):
    with open_session() as session:
        return ending.reopen(session, campaign_named(session, slug), said)


def entries(what):
    with open_session(read_only=True) as session:
        found = session.exec(select(AuditEntry).where(AuditEntry.what == what)).all()
        return [(one.who, one.subject, json.loads(one.facts)) for one in found]


def states(table=Notice):
    with open_session(read_only=True) as session:
        return Counter(session.exec(select(table.state)).all())


@ON_BOTH
def test_nothing_of_a_closed_campaign_is_sent(reached, provider):
    patrol_campaign(reached, moment_of(at(MONDAY, 9), MONDAY))
    _, notices = close()
    deliver(lambda: at(MONDAY, 14))
    deliver(lambda: at(MONDAY + ONE_DAY, 9))

    assert notices > 100
    assert provider.accepted == []
    assert states() == {"dropped": notices}
    with pytest.raises(EndedError):
        patrol_campaign(reached, moment_of(at(MONDAY + ONE_DAY, 9), MONDAY + ONE_DAY))


@ON_BOTH
def test_what_a_provider_refused_so_far_is_not_tried_again(reached, provider):
    provider.behave("busy")
    patrol_campaign(reached, moment_of(at(MONDAY, 9), MONDAY))
    deliver(lambda: at(MONDAY, 9, 1))
    before = states(Delivery)
    close()
    provider.behave("accept")
    deliver(lambda: at(MONDAY, 14))
    retry_dead(None, at(MONDAY, 15))
    deliver(lambda: at(MONDAY + ONE_DAY, 9))

    assert before["waiting"] + before["dead"] > 0
    assert provider.accepted == []
    assert states(Delivery)["waiting"] == 0


def test_another_campaign_in_the_same_message_is_still_told(reached, provider):
    load_pack(moment_of(NOW, TODAY))
    for slug in (reached, "second"):
        patrol_campaign(slug, moment_of(at(MONDAY, 9), MONDAY))
    provider.behave("busy")
    deliver(lambda: at(MONDAY, 9, 1))
    with open_session() as session:  # an honest no: nobody can have got it
        for delivery in session.exec(select(Delivery)):
            delivery.unanswered, delivery.lease_until = False, None
    close("second")
    provider.behave("accept")
    deliver(lambda: at(MONDAY, 14))

    texts = [taken.text for taken in provider.accepted]
    assert len(texts) > 10
    assert all("second" not in text and "2 个创建活动" not in text for text in texts)
    assert Counter(taken.key for taken in provider.accepted).most_common(1)[0][1] == 1


def test_open_questions_fall_with_their_codes_and_the_stage_goes_back(campaign, campaign_id):
    patrol_campaign(campaign, moment_of(at(MONDAY, 9), MONDAY))
    ask_by_hand(campaign, 2, "创建办", moment_of(at(MONDAY, 10), MONDAY))
    with open_session(read_only=True) as session:
        asked = session.exec(select(Decision).where(Decision.status == ASKED)).all()
        assert asked
    questions, _ = close()

    assert questions == len(asked)
    assert states_of_decisions() == {OVERTAKEN}
    with open_session(read_only=True) as session:
        assert {c.state for c in session.exec(select(DecisionCode))} <= {"void"}
        kept = [stage.status for stage in stages_of(session, campaign_id)]
        assert StageStatus.DECIDING not in kept
    assert len(entries("decision-overtaken")) == questions


def states_of_decisions():
    with open_session(read_only=True) as session:
        return {d.status for d in session.exec(select(Decision))}


def test_closing_and_opening_again_stand_in_the_chain_with_who_and_why(campaign):
    close()
    reopen(said=Occasion("创建办", moment_of(at(MONDAY, 13), MONDAY), "点错了"))

    [(who, subject, facts)] = entries("campaign-closed")
    assert (who, subject, facts["reason"]) == ("创建办", "jc", "已获命名")
    [(_, _, facts)] = entries("campaign-reopened")
    assert (facts["reason"], facts["closed_on"]) == ("点错了", str(MONDAY))
    assert verify().lines == []


def test_a_wrong_click_is_taken_back_and_every_alarm_is_said(reached, provider):
    patrol_campaign(reached, moment_of(at(MONDAY, 9), MONDAY))
    before = states()
    _, notices = close()
    again = reopen(said=Occasion("创建办", moment_of(at(MONDAY, 13), MONDAY), "点错了"))
    after = patrol_campaign(reached, moment_of(at(MONDAY, 13, 30), MONDAY))
    deliver(lambda: at(MONDAY, 14))

    assert notices == sum(before.values())
    assert again == before["waiting"]  # what a wider alarm says already is not said beside it
    assert after.notices_created == 0  # they are there already
    assert len(provider.accepted) > 20


@ON_BOTH
def test_what_is_silenced_or_acknowledged_stays_quiet_when_a_campaign_goes_on(campaign):
    patrol_campaign(campaign, moment_of(at(MONDAY, 9), MONDAY))
    until = MONDAY + 5 * ONE_DAY
    add_silence(
        campaign,
        "S1",
        author="创建办",
        reason="大会期间",
        until=until,
        moment=moment_of(at(MONDAY), MONDAY),
    )
    with open_session(read_only=True) as session:
        query = select(Milestone.code).join(Notice, Notice.subject_id == Milestone.id)
        query = query.where(Notice.subject_kind == "milestone", Notice.state == "waiting")
        code = session.exec(query.where(~Notice.urgent)).first()
    acknowledge(campaign, code, "创建办", "", moment=moment_of(at(MONDAY), MONDAY))
    before = states()
    assert before["silenced"] and before["acknowledged"]

    close()
    again = reopen()

    assert states() == before
    assert again == before["waiting"]


def test_a_closed_campaign_is_not_closed_twice_nor_an_open_one_opened(campaign):
    with pytest.raises(EndedError, match="现在是“进行中”"):
        reopen()
    close()
    with pytest.raises(EndedError, match="现在是“已结束”"):
        close()


def test_a_demonstration_is_removed_and_its_name_is_free(campaign):
    with open_session() as session:
        campaign_named(session, campaign).is_demo = True
    patrol_campaign(campaign, moment_of(at(MONDAY, 9), MONDAY))
    with open_session() as session:
        ending.remove(session, campaign_named(session, campaign), SAID)

    with open_session() as session:
        assert campaigns(session, ended=True) == []
        assert session.exec(select(Stage)).first()  # nothing is overwritten
    assert [subject for _, subject, _ in entries("campaign-removed")] == ["jc"]
    assert load_demo(moment_of(NOW, TODAY)) is None  # the next start brings none back
    load_plan(
        read_plan(find_plan("zengdu-2023")), slug="jc", start=None, moment=moment_of(NOW, TODAY)
    )


def test_a_campaign_that_was_patrolled_is_not_removed(campaign):
    with open_session() as session:
        patrolled = campaign_named(session, campaign)
    patrol_campaign(campaign, moment_of(at(MONDAY, 9), MONDAY))
    with (
        pytest.raises(EndedError, match="已经巡查过，不能移除"),
        open_session() as session,
    ):
        ending.remove(session, session.merge(patrolled), SAID)


def test_a_campaign_loaded_by_mistake_is_removed(campaign):
    with open_session() as session:
        ending.remove(session, campaign_named(session, campaign), SAID)

    with open_session() as session:
        [one] = session.exec(select(Campaign)).all()
        assert (one.state, one.slug) == (CampaignState.REMOVED, f"jc（已移除 {one.id}）")


def test_a_name_of_another_campaign_or_none_at_all_is_refused(campaign):
    load_plan(
        read_plan(find_plan("zengdu-2023")), slug="曾都", start=None, moment=moment_of(NOW, TODAY)
    )
    for name, error in (("曾 都", UnclearError), ("a/b", PlanError)):
        with pytest.raises(error), open_session() as session:
            ending.rename(session, campaign_named(session, "jc"), name, SAID)


def test_a_message_keeps_what_it_says_of_a_closed_campaign(reached, provider):
    patrol_campaign(reached, moment_of(at(MONDAY, 9), MONDAY))
    deliver(lambda: at(MONDAY, 9, 1))
    sent = states()["sent"]
    close()

    assert states()["sent"] == sent > 0
    with open_session(read_only=True) as session:
        assert all(message.settled for message in session.exec(select(Message)))
