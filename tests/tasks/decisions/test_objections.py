"""Objections: only the leader's own word undoes a decision, and then everybody who heard of it hears."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlmodel import select

from models.audit.chain import AuditEntry
from models.campaign.campaign import Campaign, campaign_named, stages_of
from models.campaign.milestone import Milestone
from models.campaign.moves import Transition
from models.database import open_session
from models.decisions.decision import AskedPost, DecisionCode
from models.decisions.objection import Objection
from models.decisions.tries import HandedIn
from models.errors import CampaignError, DecisionError
from models.groups.documents import lay_documents
from models.groups.group import GroupDocument, WorkingGroup
from models.notices.notice import Message, Notice
from models.notices.writing import Word, tell
from models.rules.decisions import tries
from models.rules.decisions.answers import Answer, Said
from models.rules.groups.words import DocumentStanding
from models.rules.words import Level, StageKind
from models.settings import moment_of
from models.units.unit import Post
from tasks.audit.chain import verify
from tasks.decisions.asking import ask_by_hand
from tasks.decisions.deputies.delegating import ToLend, agree, delegate
from tasks.decisions.deputies.delegations import delegation_rows
from tasks.decisions.objections.case import Objecting
from tasks.decisions.objections.objecting import begin_objection, take_objection
from tasks.decisions.questions import decision_rows, read_question
from tasks.patrol.patrol import patrol_campaign
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
from tests.support.phones import open_phones

MONDAY, TUESDAY = date(2025, 7, 21), date(2025, 7, 22)
LAST, LATE = date(2025, 7, 24), date(2025, 7, 25)
FORCE = Said(Answer.FORCE, "边推进边补")
WHY = "不是我作的决定"


@pytest.fixture
def phones(tmp_path, monkeypatch):
    with open_phones(tmp_path, monkeypatch) as running:
        yield running


def begin(number, by="组长", day=MONDAY, reason=WHY, registrar="") -> str:
    return begin_objection(Objecting(number, by, reason, registrar), moment_of(noon(day), day))


def confirm(number, code, by="组长", day=MONDAY, nth=1, run="异议", client="界面"):
    said = Objecting(number, by, WHY)
    return take_objection(said, HandedIn(code, run, nth, client), moment_of(noon(day), day))


def objects(phones, number, by="组长", day=MONDAY):
    """Object as a leader does: with the code that came to the leader's own phone."""
    assert begin(number, by, day) == ""
    phones.send(day)
    return confirm(number, phones.code(by, "提出异议"), by, day)


def what(*kinds: str) -> list[AuditEntry]:
    with open_session(read_only=True) as session:
        found = session.exec(select(AuditEntry).where(AuditEntry.what.in_(kinds))).all()
        session.expunge_all()
        return list(found)


def stage_of(ordinal=1):
    with open_session(read_only=True) as session:
        found = stages_of(session, campaign_named(session, "xj").id or 0)[ordinal - 1]
        session.expunge(found)
        return found


def test_an_objection_puts_a_closed_stage_back_to_the_question(office, phones):
    slug = office()
    number = asked(slug)
    decide(number, FORCE, MONDAY)
    said = objects(phones, number)

    assert said.done
    assert statuses(slug) == ["deciding", "pending"]
    new = open_questions(slug)[1]
    assert f"“动员”回到审批（编号 {new}），“实施”退回待启动" in said.line
    assert (decision(new).why, decision(new).asked_by) == ("objection", "组长")
    assert (stage_of(1).closed_on, stage_of(2).opened_on) == (None, None)
    assert decision(number).status == "objected"
    assert (decision(number).answer, decision(number).answered_by) == ("force", "组长")


@ON_BOTH
def test_everything_it_does_is_in_the_chain_and_nothing_is_deleted(office, phones):
    number = asked(office())
    decide(number, FORCE, MONDAY)
    objects(phones, number)

    [entry] = what("decision-objected")
    assert (entry.who, entry.subject) == ("组长", "S1")
    assert f'"undoes":{decision(number).audit_id}' in entry.facts
    assert f'"reason":"{WHY}"' in entry.facts
    assert verify().broken is None
    with open_session(read_only=True) as session:
        moves = [
            (t.from_status, t.to_status)
            for t in session.exec(select(Transition).order_by(Transition.id))
        ]
        assert moves[-5:] == [
            ("deciding", "closed"),
            ("pending", "active"),
            ("closed", "active"),
            ("active", "pending"),
            ("active", "deciding"),
        ]
        [kept] = session.exec(select(Objection))
        assert (kept.registrar, kept.asked_again) == ("", open_questions("xj")[1])
        assert kept.audit_id == entry.id


def test_everybody_who_heard_of_the_decision_hears_of_the_objection(office, phones):
    slug = office()
    number = asked(slug)
    decide(number, Said(Answer.RETURN, "材料不实"), MONDAY)
    with open_session() as session:  # as to the liaison of a unit that something is missing from
        liaison = session.exec(select(Post).where(Post.level == Level.LIAISON)).one()
        hour = moment_of(noon(MONDAY), MONDAY)
        word = Word("stage", decision(number).stage_id, "stage_returned", str(number))
        tell(session, liaison.campaign_id, [(liaison.id, word)], hour)
    heard = {n.post_id for n in notices("stage_returned")}
    objects(phones, number)

    told = {n.post_id for n in notices("decision_objected")}
    assert heard == told
    assert len(told) == 4
    assert all(WHY in n.detail for n in notices("decision_objected"))
    with open_session(read_only=True) as session:
        at_once = session.exec(select(Notice).where(Notice.rule == "objection")).all()
        assert {session.get_one(Post, n.post_id).title for n in at_once} == {"组长", "创建办"}
        assert all(n.urgent for n in at_once)


def test_the_new_question_can_be_answered_and_objected_to_like_the_first(office, phones):
    slug = office()
    first = asked(slug)
    decide(first, FORCE, MONDAY)
    objects(phones, first)
    second = open_questions(slug)[1]
    phones.send(MONDAY)
    done = decide(second, FORCE, MONDAY, code=phones.code("组长", f"编号 {second}"))

    assert "“实施”已启动" in done.line
    assert statuses(slug) == ["closed", "active"]
    assert objects(phones, second).done
    assert statuses(slug) == ["deciding", "pending"]
    assert open_questions(slug)[1] > second


def test_a_stranger_cannot_undo_a_decision(office, phones):
    slug = office()
    number = asked(slug)
    decide(number, FORCE, MONDAY)
    begin(number)
    phones.send(MONDAY)
    lines = [confirm(number, "AAAAAA", nth=n, client="10.9.9.9").line for n in range(1, 7)]

    assert "不正确" in lines[0]
    assert "还要等" in lines[5]
    assert statuses(slug) == ["closed", "active"]
    assert decision(number).status == "answered"
    assert confirm(number, phones.code("组长", "提出异议"), nth=7).done  # the leader goes on


def test_a_code_for_an_objection_wears_out_too_and_is_replaced(office, phones, monkeypatch):
    monkeypatch.setattr(tries, "MOST_WRONG", 20)
    number = asked(office())
    decide(number, FORCE, MONDAY)
    begin(number)
    for n in range(20):
        confirm(number, "AAAAAA", nth=n + 1, client=f"10.9.9.{n}")

    assert len(notices("code_worn")) == 2  # the leader and the office
    line = confirm(number, "AAAAAA", nth=21, client="10.1.2.3").line
    assert "已经停用，新的验证码已发往组长的通道" in line
    phones.send(MONDAY)
    assert confirm(number, phones.code("组长", "提出异议"), nth=22, client="10.1.2.3").done


@pytest.mark.parametrize("by", ["分管领导", "创建办", "市长", ""])
def test_only_who_spoke_may_object(office, phones, by):
    number = asked(office())
    decide(number, FORCE, MONDAY)
    with pytest.raises(DecisionError, match="没有以.*的名义说过什么.*可以提出异议的是：组长"):
        begin(number, by)
    assert [t for t in phones.said("组长") if "提出异议" in t and "验证码：" in t] == []


def test_the_code_is_sent_once_and_to_the_leader_alone(office, phones):
    number = asked(office())
    decide(number, FORCE, MONDAY)
    for _ in range(3):
        begin(number)
    phones.send(MONDAY)

    assert len(phones.said("组长", "确认异议的验证码")) == 1
    assert phones.said("分管领导", "确认异议的验证码") == []


def test_codes_for_objections_are_limited_a_day(office, phones):
    number = asked(office())
    decide(number, FORCE, MONDAY)
    for _ in range(5):
        begin(number)
        with open_session() as session:
            for code in session.exec(select(DecisionCode).where(DecisionCode.purpose == "object")):
                code.state = "void"
    with pytest.raises(DecisionError, match="已到上限"):
        begin(number)


@ON_BOTH
def test_where_no_code_can_be_had_today_the_form_says_so_and_waits(office, phones):
    number = asked(office())
    decide(number, FORCE, MONDAY)
    for _ in range(5):
        begin(number)
        with open_session() as session:
            for code in session.exec(select(DecisionCode).where(DecisionCode.purpose == "object")):
                code.state = "void"
    refused = confirm(number, "AAAAAA")

    assert not refused.done
    assert "还没有可用的验证码；今天为这一异议发出的验证码已到上限" in refused.line
    assert decision(number).status == "answered"


def test_a_code_to_decide_is_no_code_to_object(office, phones):
    number = asked(office())
    phones.send(MONDAY)
    first = phones.code("组长", f"审批（编号 {number}）的验证码")
    decide(number, FORCE, MONDAY)
    begin(number)
    phones.send(MONDAY)

    assert not confirm(number, first).done
    assert decision(number).status == "answered"


def test_the_same_objection_twice_is_one(office, phones):
    slug = office()
    number = asked(slug)
    decide(number, FORCE, MONDAY)
    first = objects(phones, number)
    again = begin(number)

    assert again == f"此前已提出异议：{first.line}"
    assert confirm(number, "AAAAAA", nth=2).line == again  # a form that was open meanwhile
    with pytest.raises(DecisionError, match="组长提出异议，不再有效"):
        begin(number, "分管领导")
    assert len(what("decision-objected")) == 1
    assert list(open_questions(slug)) == [1]


@ON_BOTH
def test_a_replayed_objection_is_taken_once(office, phones):
    number = asked(office())
    decide(number, FORCE, MONDAY)
    first = objects(phones, number)

    assert confirm(number, "AAAAAA") == first
    assert len(what("decision-objected")) == 1


@ON_BOTH
def test_of_two_objections_at_once_one_stands_and_both_say_so(office, phones):
    number = asked(office())
    decide(number, FORCE, MONDAY)
    begin(number)
    phones.send(MONDAY)
    code = phones.code("组长", "提出异议")

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda run: confirm(number, code, run=run), "甲乙丙丁"))

    assert all(one.done and not one.overtaken for one in found)
    assert sorted("此前" in one.line for one in found) == [False, True, True, True]
    assert len(what("decision-objected")) == 1


@pytest.mark.parametrize(("day", "stands"), [(LAST, True), (LATE, False)])
def test_there_are_three_working_days_to_object(office, phones, day, stands):
    slug = office()
    number = asked(slug)
    decide(number, FORCE, MONDAY)
    if stands:
        assert objects(phones, number, day=day).done
        return
    with pytest.raises(DecisionError, match=f"异议应在 {LAST} 前提出"):
        begin(number, day=day)
    assert statuses(slug)[0] == "closed"


def test_a_code_that_is_typed_after_the_last_day_undoes_nothing(office, phones):
    number = asked(office())
    decide(number, FORCE, MONDAY)
    begin(number, day=LAST)
    phones.send(LAST)
    late = confirm(number, phones.code("组长", "提出异议"), day=LATE)

    assert (late.done, late.overtaken) == (True, True)
    assert decision(number).status == "answered"


@pytest.mark.parametrize(
    ("reason", "line"), [(" ", "必须写明理由"), ("字" * 501, "压缩到 500 个字以内")]
)
def test_an_objection_needs_a_reason(office, phones, reason, line):
    number = asked(office())
    decide(number, FORCE, MONDAY)
    with pytest.raises(DecisionError, match=line):
        begin(number, reason=reason)


def test_a_leader_no_channel_reaches_is_heard_through_the_office_and_all_are_told(office):
    slug = office()
    number = asked(slug)
    decide(number, FORCE, MONDAY)
    with pytest.raises(DecisionError, match="没有自己的通道.*登记人"):
        begin(number)
    with pytest.raises(DecisionError, match="一行"):
        begin(number, registrar="办\n公室")
    said = begin(number, registrar="创建办")

    assert "“动员”回到审批" in said
    assert statuses(slug)[0] == "deciding"
    [entry] = what("decision-objected")
    assert '"registrar":"创建办"' in entry.facts
    told = {n.post_id for n in notices("objection")}
    with open_session(read_only=True) as session:
        own = session.exec(select(Post.id).where(Post.unit_id == None)).all()  # noqa: E711
        assert told == set(own)  # every leader and the office, at once
    assert all("由创建办登记" in n.words for n in notices("objection"))


def test_the_office_cannot_record_it_for_a_leader_who_can_speak(office, phones):
    number = asked(office())
    decide(number, FORCE, MONDAY)

    assert begin(number, registrar="创建办") == ""  # the code is asked for all the same
    assert decision(number).status == "answered"


@ON_BOTH
def test_a_postponement_is_taken_back_with_what_moved_with_it(office, phones):
    slug = office()
    number = asked(slug)
    with open_session() as session:
        [other] = session.exec(select(Milestone).where(Milestone.code == "S1.END"))
        other.state = "done"
    decide(number, Said(Answer.POSTPONE, "等复核", date(2025, 8, 29)), MONDAY)
    objects(phones, number)

    assert stage_of().planned_end == date(2025, 7, 22)
    assert statuses(slug)[0] == "deciding"
    with open_session(read_only=True) as session:
        days = {m.code: m.due for m in session.exec(select(Milestone))}
        assert days["S1.1"] == date(2025, 7, 22)
        assert days["S1.END"] == date(2025, 7, 22)  # finished before: never moved


def test_the_document_of_a_group_follows_a_postponed_stage_and_goes_back_with_it(office, phones):
    slug = office()
    number = asked(slug)
    with open_session() as session:
        campaign_id = campaign_named(session, slug).id or 0
        stage = stages_of(session, campaign_id)[0]
        stage.name, stage.kind = "宣传发动", StageKind.LAUNCH
        group = WorkingGroup(campaign_id=campaign_id, number=3, name="舆论宣传组")
        session.add(group)
        session.flush()
        own = {"campaign_id": campaign_id, "group_id": group.id, "number": 1}
        session.add(GroupDocument(**own, title="宣传方案", standing=DocumentStanding.DUE))
        session.flush()
        lay_documents(session, campaign_id)

    decide(number, Said(Answer.POSTPONE, "等复核", date(2025, 8, 29)), MONDAY)
    assert (document().due, document().original_due) == (date(2025, 8, 29), date(2025, 7, 22))
    objects(phones, number)
    assert document().due == date(2025, 7, 22)


def document():
    """Return the document as it stands."""
    with open_session(read_only=True) as session:
        found = session.exec(select(Milestone).where(Milestone.code == "G3.1")).one()
        session.expunge(found)
        return found


@ON_BOTH
def test_an_open_end_that_was_dated_is_open_again(office, phones):
    slug = office()
    number = asked(slug)
    with open_session() as session:
        stages_of(session, campaign_named(session, slug).id or 0)[0].planned_end = None
        for one in session.exec(select(Milestone).where(Milestone.kind == "stage_end")):
            one.due = one.original_due = None
    decide(number, Said(Answer.POSTPONE, "等复核", date(2025, 8, 29)), MONDAY)
    objects(phones, number)

    assert stage_of().planned_end is None
    with open_session(read_only=True) as session:
        [end] = session.exec(select(Milestone).where(Milestone.code == "S1.END"))
        assert end.due is None


def test_a_returned_stage_is_asked_about_at_once_and_not_after_a_week(office, phones):
    slug = office()
    number = asked(slug)
    decide(number, Said(Answer.RETURN, "材料不实"), MONDAY)
    objects(phones, number)

    assert statuses(slug)[0] == "deciding"
    patrol_campaign(slug, moment_of(noon(TUESDAY), TUESDAY))
    assert list(open_questions(slug)) == [1]  # the patrol does not call it overtaken


def test_a_question_that_was_asked_meanwhile_is_the_one(office, phones):
    slug = office()
    number = asked(slug)
    decide(number, Said(Answer.RETURN, "材料不实"), MONDAY)
    second, _ = ask_by_hand(slug, 1, "创建办", moment_of(noon(MONDAY), MONDAY))
    said = objects(phones, number)

    assert f"回到审批（编号 {second}）" in said.line
    assert open_questions(slug) == {1: second}


def test_after_a_later_decision_that_one_is_objected_to(office, phones):
    slug = office()
    first = asked(slug)
    decide(first, Said(Answer.RETURN, "材料不实"), MONDAY)
    second, _ = ask_by_hand(slug, 1, "创建办", moment_of(noon(MONDAY), MONDAY))
    decide(second, FORCE, MONDAY)
    with pytest.raises(DecisionError, match=f"又作出了决定\\（编号 {second}\\）"):
        begin(first)


def test_a_next_stage_whose_day_has_come_goes_on(office, phones):
    slug = office()
    number = asked(slug)
    with open_session() as session:
        stages_of(session, campaign_named(session, slug).id or 0)[1].planned_start = TUESDAY
    decide(number, FORCE, MONDAY)
    said = objects(phones, number, day=TUESDAY)

    assert statuses(slug) == ["deciding", "active"]
    assert "退回待启动" not in said.line


def test_a_next_stage_that_is_asked_about_itself_goes_on(office, phones):
    slug = office()
    number = asked(slug)
    decide(number, FORCE, MONDAY)
    ask_by_hand(slug, 2, "创建办", moment_of(noon(MONDAY), MONDAY))
    objects(phones, number)

    assert statuses(slug) == ["deciding", "deciding"]


def test_an_early_opening_waits_for_its_day_again_and_is_asked_anew(office, phones):
    slug = office()
    patrol_campaign(slug, moment_of(noon(date(2025, 7, 2)), date(2025, 7, 2)))
    number, _ = ask_by_hand(slug, 2, "创建办", moment_of(noon(MONDAY), MONDAY))
    decide(number, Said(Answer.APPROVE), MONDAY)
    assert statuses(slug)[1] == "active"
    closing, _ = ask_by_hand(slug, 2, "创建办", moment_of(noon(MONDAY), MONDAY))
    objects(phones, number)

    assert statuses(slug)[1] == "pending"
    assert decision(closing).status == "overtaken"  # whether to close what is not even open
    assert decision(open_questions(slug)[2]).is_opening


@ON_BOTH
def test_an_early_opening_whose_day_came_is_void_but_the_stage_goes_on(office, phones):
    slug = office()
    number, _ = ask_by_hand(slug, 2, "创建办", moment_of(noon(MONDAY), MONDAY))
    decide(number, Said(Answer.APPROVE), MONDAY)
    with open_session() as session:
        stages_of(session, campaign_named(session, slug).id or 0)[1].planned_start = TUESDAY
    said = objects(phones, number, day=TUESDAY)

    assert "照方案进行" in said.line
    assert statuses(slug)[1] == "active"
    assert decision(number).status == "objected"
    assert 2 not in open_questions(slug)
    assert len(notices("decision_objected")) >= 3


def test_a_refused_opening_is_asked_anew(office, phones):
    slug = office()
    number, _ = ask_by_hand(slug, 2, "创建办", moment_of(noon(MONDAY), MONDAY))
    decide(number, Said(Answer.RETURN, "不急"), MONDAY)
    objects(phones, number)

    assert statuses(slug)[1] == "pending"
    assert decision(open_questions(slug)[2]).is_opening


BOTH = "gates: {deciders: [组长, 分管领导], all_must_agree: true}"


@ON_BOTH
def test_one_of_several_deciders_undoes_the_decision_of_all(office, phones):
    slug = office(BOTH)
    number = asked(slug)
    decide(number, FORCE, MONDAY, post="组长")
    decide(number, FORCE, MONDAY, post="分管领导")
    objects(phones, number, "分管领导")

    new = open_questions(slug)[1]
    assert decision(new).all_must_agree
    with open_session(read_only=True) as session:
        query = select(Post.title).join(AskedPost).where(AskedPost.decision_id == new)
        assert sorted(session.exec(query)) == ["分管领导", "组长"]


def test_a_voice_is_taken_back_while_others_must_still_be_heard(office, phones):
    slug = office(BOTH)
    number = asked(slug)
    decide(number, FORCE, MONDAY, post="组长")
    said = objects(phones, number)

    assert "已表的态（强制推进）作废" in said.line
    assert "新的验证码已发往其通道" in said.line
    assert "已经表态" not in read_question(number, "x", moment_of(noon(MONDAY), MONDAY)).markdown
    heard = decide(number, FORCE, MONDAY, post="分管领导")
    assert "还需组长表态" in heard.line
    phones.send(MONDAY)
    assert decide(number, FORCE, MONDAY, code=phones.code("组长", "审批（编号")).done
    assert statuses(slug)[0] == "closed"
    assert what("decision-taken-back")[0].who == "组长"


@ON_BOTH
def test_a_question_handed_on_in_a_leaders_name_comes_back(office, phones):
    slug = office("gates: {may_transfer: true}")
    number = asked(slug)
    decide(number, Said(Answer.TRANSFER, transfer_to="分管领导"), MONDAY)
    lent = code_for(number, MONDAY, "分管领导")
    said = objects(phones, number)

    assert "转办给分管领导作废" in said.line
    with open_session(read_only=True) as session:
        rows = select(AskedPost.how, AskedPost.gone).where(AskedPost.decision_id == number)
        assert sorted(session.exec(rows)) == [("asked", False), ("transferred", True)]
    assert not decide(number, FORCE, MONDAY, code=lent).done
    phones.send(MONDAY)
    assert decide(number, FORCE, MONDAY, code=phones.code("组长", "审批（编号")).done
    assert decision(number).answered_by == "组长"
    assert phones.said("分管领导", "转办给分管领导作废")


def test_who_handed_it_on_unknowingly_is_asked_again_when_the_other_has_decided(office, phones):
    slug = office("gates: {may_transfer: true}")
    number = asked(slug)
    decide(number, Said(Answer.TRANSFER, transfer_to="分管领导"), MONDAY)
    decide(number, FORCE, MONDAY, post="分管领导")
    objects(phones, number)

    new = open_questions(slug)[1]
    with open_session(read_only=True) as session:
        query = select(Post.title).join(AskedPost).where(AskedPost.decision_id == new)
        assert session.exec(query).all() == ["组长"]


def test_a_printed_sheet_is_void_as_soon_as_the_leader_says_so(office, phones):
    number = asked(office())
    sheet = code_for(number, MONDAY)
    said = objects(phones, number)

    assert "打印的验证码单作废" in said.line
    assert not decide(number, FORCE, MONDAY, code=sheet).done
    phones.send(MONDAY)
    assert decide(number, FORCE, MONDAY, code=phones.code("组长", "审批（编号")).done


def lend(phones, slug):
    lent = delegate(
        slug, ToLend("组长", "分管领导", MONDAY, LATE, "创建办"), moment_of(noon(MONDAY), MONDAY)
    )
    phones.send(MONDAY)
    assert agree(lent.id, phones.code("组长", "代为决定"), moment_of(noon(MONDAY), MONDAY)).done


def test_a_principal_takes_the_deputys_decision_and_the_delegation_back(office, phones):
    slug = office()
    number = asked(slug)
    lend(phones, slug)
    decide(number, FORCE, MONDAY)
    objects(phones, number, "组长")

    assert delegation_rows(slug, MONDAY) == []
    phones.send(MONDAY)
    new = open_questions(slug)[1]
    assert phones.said("组长", f"审批（编号 {new}）的验证码")
    assert phones.said("分管领导", "委托结束")


def test_a_deputy_objects_for_itself_and_stays_the_deputy(office, phones):
    slug = office()
    number = asked(slug)
    lend(phones, slug)
    decide(number, FORCE, MONDAY)
    objects(phones, number, "分管领导")

    assert [row.deputy for row in delegation_rows(slug, MONDAY)] == ["分管领导"]
    phones.send(MONDAY)
    new = open_questions(slug)[1]
    assert phones.said("分管领导", f"审批（编号 {new}）的验证码")


@ON_BOTH
def test_a_demonstration_sends_nothing(office, phones):
    slug = office()
    with open_session() as session:
        session.exec(select(Campaign)).one().is_demo = True
    number = asked(slug)
    decide(number, FORCE, MONDAY)
    begin(number, registrar="创建办")
    phones.send(MONDAY)

    assert phones.provider.accepted == []
    assert statuses(slug)[0] == "deciding"
    with open_session(read_only=True) as session:
        assert session.exec(select(Message)).all() == []


@pytest.mark.parametrize(
    ("number", "line"),
    [(99, "没有编号为 99 的审批"), (0, "没有编号为 0 的审批"), (2**31, "没有编号为 2147483648")],
)
def test_what_is_not_there_cannot_be_objected_to(office, phones, number, line):
    office()
    with pytest.raises(CampaignError, match=line):
        begin(number)


def test_nothing_was_decided_about_a_question_that_expired(office, phones):
    slug = office()
    number = asked(slug)
    patrol_campaign(slug, moment_of(noon(date(2025, 8, 21)), date(2025, 8, 21)))
    with pytest.raises(DecisionError, match="没有作出决定"):
        begin(number, day=date(2025, 8, 21))


def test_the_list_says_that_a_decision_counts_no_more(office, phones):
    slug = office()
    number = asked(slug)
    decide(number, FORCE, MONDAY)
    objects(phones, number)

    row = next(row for row in decision_rows(slug, True) if row.id == number)
    assert row.status == "有异议，不再有效"
    assert "强制推进" in row.result
    assert f"组长提出异议，不再有效（理由：{WHY}）" in row.result
    assert (
        "对上一次决定有异议"
        in read_question(open_questions(slug)[1], "x", moment_of(noon(MONDAY), MONDAY)).markdown
    )


def test_the_new_question_climbs_and_expires_like_any_other(office, phones):
    slug = office("gates: {deciders: [分管领导]}")
    number = asked(slug)
    decide(number, FORCE, MONDAY)
    objects(phones, number, "分管领导")
    new = open_questions(slug)[1]
    late = decision(new).due + timedelta(days=4)
    patrol_campaign(slug, moment_of(noon(late), late))

    assert len(notices("decision_escalated")) == 1
