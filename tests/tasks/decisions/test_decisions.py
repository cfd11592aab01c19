"""Questions put to leaders: asked once, answered once, chased, overtaken, handed on, never guessed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlmodel import select

from models.audit.chain import AuditEntry
from models.campaign.campaign import Stage, campaign_named, stages_of
from models.campaign.moves import Transition
from models.database import open_session
from models.decisions.decision import AskedPost, DecisionCode
from models.decisions.tries import DecisionTry, HandedIn
from models.errors import CampaignError, DecisionError
from models.notices.notice import Delivery, Message, Notice
from models.rules.decisions.answers import Answer, Said
from models.rules.words import Level
from models.settings import moment_of, settings
from models.units.unit import Post
from tasks.decisions.answering import take_answer
from tasks.decisions.asking import ask_by_hand
from tasks.decisions.codes.codes import print_code
from tasks.decisions.deputies.delegating import ToLend, delegate
from tasks.decisions.making import CODE_PLACE
from tasks.decisions.questions import decision_rows, read_question
from tasks.decisions.runs import leftover_runs, open_runs, remember_run
from tasks.notices.delivery import deliver
from tasks.patrol.patrol import patrol_campaign
from tasks.plans.loading import load_plan
from tests.conftest import ON_BOTH
from tests.support.deciding import (
    asked,
    code_for,
    decide,
    decision,
    noon,
    notices,
    open_questions,
    statuses,
)
from tests.tools.fake_provider import FakeProvider

FRIDAY, MONDAY = date(2025, 7, 18), date(2025, 7, 21)
FORCE = Said(Answer.FORCE, "边推进边补")


def test_a_question_is_asked_once_and_the_stage_waits(office):
    slug = office()
    number = asked(slug)
    patrol_campaign(slug, moment_of(noon(MONDAY), MONDAY))

    assert open_questions(slug) == {1: number}
    assert statuses(slug) == ["deciding", "pending"]
    assert decision(number).due == date(2025, 7, 24)
    assert "培训尚未完成" in decision(number).obstacles
    assert len(notices("decision_asked")) == 1


@ON_BOTH
def test_a_forced_stage_opens_the_next_one_and_nobody_decides_twice(office):
    slug = office()
    number = asked(slug)
    first = decide(number, FORCE, MONDAY, name="某某")
    again = decide(number, FORCE, MONDAY, code="AAAAAA")

    assert statuses(slug) == ["closed", "active"]
    assert "“实施”已启动" in first.line
    assert again.overtaken
    assert "已由组长 某某于 2025-07-21 12:00 作出决定（强制推进）" in again.line
    with open_session(read_only=True) as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.what == "decision-force")).one()
        assert entry.who == "组长 某某"
        assert '"local":"2025-07-21T12:00:00+08:00"' in entry.facts
        assert "培训尚未完成" in entry.facts
        closing = session.exec(select(Transition).where(Transition.to_status == "closed")).one()
        assert closing.audit_id == entry.id


@ON_BOTH
def test_two_at_once_and_exactly_one_wins(office):
    slug = office()
    number = asked(slug)
    code = code_for(number, MONDAY)

    def answer(source: str):
        said = Said(Answer.RETURN, source)
        return take_answer(number, said, HandedIn(code, source, 1), moment_of(noon(MONDAY), MONDAY))

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(answer, ["甲", "乙", "丙", "丁"]))

    assert [outcome.overtaken for outcome in found].count(False) == 1
    assert all(outcome.done for outcome in found)
    with open_session(read_only=True) as session:
        returned = session.exec(
            select(AuditEntry).where(AuditEntry.what == "decision-return")
        ).all()
        assert len(returned) == 1


@ON_BOTH
def test_a_replayed_answer_is_taken_once(office):
    number = asked(office())
    code = code_for(number, MONDAY)

    def hand_in():
        wrong = Said(Answer.FORCE)
        return take_answer(
            number, wrong, HandedIn("AAAAAA", "run-1", 1), moment_of(noon(MONDAY), MONDAY)
        )

    first, again = hand_in(), hand_in()

    assert first == again
    with open_session(read_only=True) as session:
        [kept] = session.exec(select(DecisionCode).where(DecisionCode.state == "open"))
        assert kept.tries == 1
    assert decide(number, FORCE, MONDAY, code=code).done


def test_an_expired_code_is_worthless(office):
    number = asked(office())
    code = code_for(number, MONDAY)
    later = MONDAY + timedelta(days=5)
    late = decide(number, FORCE, later, code=code)

    assert not late.done
    assert "已过期" in late.line


def test_a_right_code_with_a_fault_stays_good(office):
    number = asked(office())
    code = code_for(number, MONDAY)
    refused = decide(number, Said(Answer.APPROVE), MONDAY, code=code)

    assert "不能批准" in refused.line
    assert "仍可使用" in refused.line
    assert decide(number, FORCE, MONDAY, code=code).done


def test_a_returned_stage_goes_on_and_its_owners_hear_why(office):
    slug = office()
    decide(asked(slug), Said(Answer.RETURN, "材料不实"), MONDAY)

    assert statuses(slug)[0] == "active"
    assert {notice.detail for notice in notices("stage_returned")} == {"理由：材料不实"}
    patrol_campaign(slug, moment_of(noon(date(2025, 7, 22)), date(2025, 7, 22)))
    assert open_questions(slug) == {}
    patrol_campaign(slug, moment_of(noon(date(2025, 7, 28)), date(2025, 7, 28)))
    assert list(open_questions(slug)) == [1]


def test_a_postponed_stage_moves_its_steps_and_keeps_the_original_days(office):
    slug = office()
    later = date(2025, 8, 29)
    decide(asked(slug), Said(Answer.POSTPONE, "等复核", later), MONDAY)

    with open_session(read_only=True) as session:
        stage = stages_of(session, campaign_named(session, slug).id or 0)[0]
        assert (stage.planned_end, stage.original_end) == (later, date(2025, 7, 22))
    patrol_campaign(slug, moment_of(noon(date(2025, 7, 22)), date(2025, 7, 22)))
    assert open_questions(slug) == {}
    again = load_plan(
        read_plan_of(slug), slug=slug, start=None, moment=moment_of(noon(MONDAY), MONDAY)
    )
    assert again.changes == 0  # loading the plan again leaves the decided day alone


def read_plan_of(slug: str):
    from models.plan.schema import Plan

    with open_session(read_only=True) as session:
        return Plan.model_validate_json(campaign_named(session, slug).plan_json)


@ON_BOTH
def test_an_unanswered_question_reminds_climbs_and_expires(office):
    slug = office("gates: {deciders: [分管领导]}")
    number = asked(slug)
    levels = []
    for day in (date(2025, 7, 23), date(2025, 7, 24), date(2025, 7, 28)):
        patrol_campaign(slug, moment_of(noon(day), day))
        with open_session(read_only=True) as session:
            query = select(Post.level).join(AskedPost).where(AskedPost.decision_id == number)
            levels.append((len(notices("decision_reminder")), sorted(session.exec(query))))

    assert levels == [
        (0, [Level.LEADER]),
        (1, [Level.LEADER]),  # due today: a reminder
        (2, [Level.LEADER, Level.GROUP_HEAD]),  # two working days later: the next level as well
    ]
    assert decide(number, FORCE, date(2025, 7, 28), post="组长").done
    assert statuses(slug)[0] == "closed"


def test_a_question_nobody_ever_answers_expires_and_is_asked_anew(office):
    slug = office()
    first = asked(slug)
    day = date(2025, 8, 21)
    patrol_campaign(slug, moment_of(noon(day), day))

    assert decision(first).status == "expired"
    assert open_questions(slug)[1] > first
    late = decide(first, FORCE, day, code="AAAAAA")
    assert (late.done, late.overtaken) == (True, True)
    assert "前没有答复" in late.line
    assert statuses(slug)[0] == "deciding"  # the new question stands


def test_a_vacant_decider_is_passed_over(office):
    slug = office()
    number = asked(slug)
    with open_session() as session:
        for post in session.exec(select(Post).where(Post.level == Level.GROUP_HEAD)):
            post.vacant = True
    second = asked(office())  # loaded again; the question stays
    assert second == number
    day = date(2025, 7, 22)
    patrol_campaign(slug, moment_of(noon(day), day))

    assert decide(number, FORCE, day, post="分管领导").done


def test_all_asked_posts_must_agree_where_the_plan_says_so(office):
    slug = office("gates: {deciders: [组长, 分管领导], all_must_agree: true}")
    number = asked(slug)
    heard = decide(number, FORCE, MONDAY, post="分管领导")

    assert (heard.done, heard.noted) == (False, True)
    assert "还需组长表态" in heard.line
    assert statuses(slug)[0] == "deciding"
    assert (
        "分管领导强制推进" in read_question(number, "x", moment_of(noon(MONDAY), MONDAY)).markdown
    )
    done = decide(number, FORCE, MONDAY, post="组长")
    assert done.done
    assert statuses(slug)[0] == "closed"


def test_a_question_can_be_handed_on_where_the_plan_allows(office):
    slug = office("gates: {may_transfer: true}")
    number = asked(slug)
    handed = decide(number, Said(Answer.TRANSFER, transfer_to="分管领导"), MONDAY)

    assert handed.noted
    with pytest.raises(DecisionError, match="没有请 组长 决定"):
        print_code(number, "组长", "创建办", "", moment_of(noon(MONDAY), MONDAY))
    assert decide(number, FORCE, MONDAY, post="分管领导").done


def test_a_deputy_decides_for_the_days_of_the_delegation(office):
    slug = office()
    number = asked(slug)
    delegate(
        slug, ToLend("组长", "分管领导", MONDAY, MONDAY, "组长"), moment_of(noon(MONDAY), MONDAY)
    )
    decide(number, FORCE, MONDAY)

    assert decision(number).answered_by == "分管领导（受组长委托）"


@ON_BOTH
def test_what_no_longer_calls_for_a_decision_is_overtaken(office):
    slug = office(steps="")
    with open_session() as session:
        stage = stages_of(session, campaign_named(session, slug).id or 0)[0]
        stage.planned_end = date(2025, 9, 30)
        for post in session.exec(select(Post).where(Post.level == Level.LIAISON)):
            post.tag = "x"
    rules = '{"gates":{"skip":["liaisons-reachable","ledgers-out"]}}'
    with open_session() as session:
        campaign_named(session, slug).plan_json = rules
    number = asked(slug)
    assert decision(number).why == "gate-open"
    with open_session() as session:
        campaign_named(session, slug).plan_json = "{}"  # the rules count again
    view = patrol_campaign(slug, moment_of(noon(date(2025, 7, 22)), date(2025, 7, 22)))

    assert decision(number).status == "overtaken"
    assert statuses(slug)[0] == "active"
    assert any("审批已失效：动员" in words for words in view.decisions)
    assert "已于" in read_question(number, "x", moment_of(noon(MONDAY), MONDAY)).closed


def test_a_question_can_be_asked_by_hand_and_only_once(office):
    slug = office(steps="")
    patrol_campaign(slug, moment_of(noon(FRIDAY), FRIDAY))
    number, name = ask_by_hand(slug, 1, "创建办", moment_of(noon(FRIDAY), FRIDAY))

    assert (ask_by_hand(slug, None, "创建办", moment_of(noon(FRIDAY), FRIDAY)), name) == (
        (number, name),
        "动员",
    )
    with pytest.raises(CampaignError, match="没有第 9 阶段"):
        ask_by_hand(slug, 9, "创建办", moment_of(noon(FRIDAY), FRIDAY))
    with pytest.raises(DecisionError, match="由谁"):
        ask_by_hand(slug, 1, " ", moment_of(noon(FRIDAY), FRIDAY))


def test_a_code_sheet_is_recorded_with_who_handed_it_over(office):
    number = asked(office())
    sheet = print_code(number, None, "创建办", "", moment_of(noon(MONDAY), MONDAY))

    assert (sheet.holder, sheet.handed_by, len(sheet.code)) == ("组长", "创建办", 6)
    with open_session(read_only=True) as session:
        query = select(AuditEntry).where(AuditEntry.what == "decision-code-printed")
        entry = session.exec(query).one()
        assert entry.who == "创建办"
        assert sheet.code not in entry.facts


@ON_BOTH
def test_the_code_goes_to_the_posts_own_channel_and_nowhere_else(office, tmp_path, monkeypatch):
    with FakeProvider() as provider:
        path = tmp_path / "channels.yaml"
        path.write_text(
            f"urls:\n  - wecomrobot://HEAD-1?base={provider.base}:\n      tag: 组长\n"
            f"  - wecomrobot://OTHER-1?base={provider.base}:\n      tag: 创建办, 分管领导\n",
            encoding="utf-8",
        )
        path.chmod(0o600)
        monkeypatch.setenv("SHIFAN_CHANNELS", str(path))
        number = asked(office())
        deliver(lambda: noon(MONDAY))
        texts = {(one.key, one.text) for one in provider.accepted if "的验证码" in one.text}

    [(key, text)] = texts
    assert key == "HEAD-1"
    code = text.split("验证码：")[1].strip("*")[:6]
    with open_session(read_only=True) as session:
        [message] = session.exec(select(Message).where(Message.secret == True))  # noqa: E712
        assert code not in message.body
        assert [
            d.state for d in session.exec(select(Delivery).where(Delivery.message_id == message.id))
        ] == ["delivered"]
        everything = [
            str(row.model_dump())
            for table in (AuditEntry, DecisionCode, DecisionTry, Notice, Message, Delivery)
            for row in session.exec(select(table))
        ]
    assert not any(code in row for row in everything)
    assert code not in read_question(number, "x", moment_of(noon(MONDAY), MONDAY)).markdown
    if settings().database.startswith("sqlite"):
        for file in settings().home.glob("shifan.db"):
            assert code.encode() not in file.read_bytes()
    assert decide(number, FORCE, MONDAY, code=code).done
    assert not decide(number, FORCE, MONDAY, code=code).line.startswith("组长")  # used up


def test_a_code_that_was_never_sent_is_not_made_when_it_is_worthless(office, tmp_path, monkeypatch):
    path = tmp_path / "channels.yaml"
    path.write_text(
        "urls:\n  - wecomrobot://HEAD-1?base=http://127.0.0.1:9:\n      tag: 组长\n",
        encoding="utf-8",
    )
    path.chmod(0o600)
    monkeypatch.setenv("SHIFAN_CHANNELS", str(path))
    number = asked(office())
    with pytest.raises(DecisionError, match="有自己的通道"):
        print_code(number, None, "创建办", "", moment_of(noon(MONDAY), MONDAY))
    decide(number, FORCE, MONDAY)  # with a sheet, for a reason; the sent code is void

    with open_session(read_only=True) as session:
        [message] = session.exec(select(Message).where(Message.secret == True))  # noqa: E712
        assert CODE_PLACE in message.body
        [delivery] = session.exec(select(Delivery).where(Delivery.message_id == message.id))
        assert delivery.state == "dead"


@ON_BOTH
def test_a_run_is_remembered_once_and_a_lost_one_replaced_on_record(office):
    number = asked(office())
    [before] = open_runs()
    assert (before.flow_run, before.title) == ("", "动员")
    say = {"moment": moment_of(noon(MONDAY))}

    assert remember_run(number, "run-1", before="", found="", **say)
    assert not remember_run(number, "run-2", before="", found="", **say)  # another was quicker
    assert remember_run(number, "run-3", before="run-1", found="被取消", **say)
    decide(number, FORCE, MONDAY)
    [left] = leftover_runs()
    assert (left.flow_run, "已由组长" in left.ended) == ("run-3", True)


def test_the_list_shows_open_questions_and_with_all_the_closed(office):
    slug = office()
    number = asked(slug)
    assert [row.id for row in decision_rows(slug, False)] == [number]
    decide(number, FORCE, MONDAY)

    assert decision_rows(slug, False) == []
    [row] = decision_rows(None, True)
    assert (row.status, row.posts) == ("已决定", "组长")
    assert "强制推进" in row.result


@ON_BOTH
def test_a_stage_name_cannot_break_the_form(office):
    slug = office()
    number = asked(slug)
    with open_session() as session:
        session.exec(select(Stage).where(Stage.ordinal == 1)).one().name = "动|员\n```"

    assert "是否结束并推进" in read_question(number, "x", moment_of(noon(MONDAY), MONDAY)).markdown


def test_a_group_robot_that_speaks_for_others_too_gets_no_code(office, tmp_path, monkeypatch):
    path = tmp_path / "channels.yaml"
    path.write_text(
        "urls:\n  - wecomrobot://GROUP-1?base=http://127.0.0.1:9:\n      tag: 组长, 创建办\n",
        encoding="utf-8",
    )
    path.chmod(0o600)
    monkeypatch.setenv("SHIFAN_CHANNELS", str(path))
    number = asked(office())

    with open_session(read_only=True) as session:
        assert session.exec(select(Message).where(Message.secret == True)).all() == []  # noqa: E712
    assert "打印验证码单" in read_question(number, "x", moment_of(noon(MONDAY), MONDAY)).markdown
    assert print_code(number, None, "创建办", "", moment_of(noon(MONDAY), MONDAY)).code
