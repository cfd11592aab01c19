"""What a leader reads on a question's page: what is missing, what came in, whose word it waits for."""

from datetime import date

import pytest
from sqlmodel import select

from models.campaign.progress import Report
from models.database import open_session
from models.errors import NotFoundError
from models.rules.decisions.answers import Answer, Said
from models.rules.words import Progress
from models.settings import moment_of
from models.units.unit import Post
from tasks.campaign.progress import register_report
from tasks.decisions.asking import ask_by_hand
from tasks.decisions.deputies.delegating import ToLend, delegate
from tasks.window.decision import decision_page
from tasks.window.decision_values import VisitorPart
from tests.conftest import ON_BOTH
from tests.support.deciding import asked, code_for, decide, noon

FRIDAY, MONDAY, TUESDAY = date(2025, 7, 18), date(2025, 7, 21), date(2025, 7, 22)
AT = moment_of(noon(MONDAY), MONDAY)
FORCE = Said(Answer.FORCE, "边推进边补")
BOTH = "gates: {deciders: [组长, 分管领导], all_must_agree: true, may_transfer: true}"


def post(title: str) -> int:
    with open_session(read_only=True) as session:
        return session.exec(select(Post.id).where(Post.title == title)).first() or 0


@ON_BOTH
def test_a_page_says_what_is_missing_cheapest_first_and_until_when(office):
    page = decision_page(asked(office()), post("组长"), AT)

    assert page.why == "阶段即将到期或已经到期"
    assert (page.due, page.stage.end, page.stage.moved) == (date(2025, 7, 24), TUESDAY, False)
    efforts = [one.effort for one in page.obstacles]
    assert efforts == sorted(efforts) and len(set(efforts)) > 1
    assert any("培训尚未完成" in one.text for one in page.obstacles)
    assert [(seat.who, seat.said) for seat in page.silent] == [("组长", "")]
    assert page.offered[0].closed and not page.offered[1].closed
    assert page.ended is None


@ON_BOTH
def test_what_came_in_since_the_last_question_is_counted_and_named(office):
    slug = office(steps="培训, 宣传")
    said = Report("S1.1", Progress.STARTED, "创建办", note="开了两场")
    number = asked(slug, FRIDAY)
    assert register_report(slug, said, AT)
    first = decision_page(number, None, AT)
    decide(first.number, Said(Answer.RETURN, "再补"), MONDAY)
    later = moment_of(noon(TUESDAY), TUESDAY)
    assert register_report(slug, Report("S1.2", Progress.DONE, "创建办"), later)
    assert register_report(slug, Report("W1", Progress.STARTED, "创建办"), later)
    number, _ = ask_by_hand(slug, 1, "创建办", later)
    again = decision_page(number, None, later)

    assert not first.since.asked_before
    [one] = first.since.latest
    assert (one.subject, one.title, one.state, one.note) == ("S1.1", "培训", "进行中", "开了两场")
    assert again.since.asked_before
    assert [(e.subject, e.state) for e in again.since.latest if e.subject != "W1"] == [
        ("S1.2", "已完成")
    ]
    assert again.deeds == {"progress": "登记进展"}


def test_each_visitor_is_told_what_the_question_is_to_them(office):
    slug = office(BOTH)
    number = asked(slug)
    delegate(slug, ToLend("分管领导", "创建办", MONDAY, TUESDAY, "创建办"), AT)
    parts = {}
    for title in ("组长", "创建办", "分管领导", ""):
        page = decision_page(number, post(title) or None, AT)
        parts[title] = (page.part, page.speaker)
    decide(number, FORCE, MONDAY, post="组长", name="某某")
    after = decision_page(number, post("组长"), AT)

    assert parts["组长"] == (VisitorPart.ASKED, "组长")
    assert parts[""] == (VisitorPart.LOOKING, "组长")
    assert after.part is VisitorPart.SPOKEN
    assert [(s.said, s.said_by) for s in after.seats] == [("强制推进", "组长 某某"), ("", "")]
    assert after.others == ["创建办"]


def test_where_a_code_went_is_said_and_never_the_code(office):
    slug = office()
    number = asked(slug)
    before = decision_page(number, None, AT)
    code = code_for(number, MONDAY)
    after = decision_page(number, None, AT)

    assert [seat.code for seat in before.seats] == [None]
    [seat] = after.seats
    assert seat.code and (seat.code.way, seat.code.handed_by) == ("sheet", "创建办")
    assert seat.code.at == AT.local
    assert code not in repr(after)


def test_a_closed_question_says_how_it_ended_and_where_that_is_kept(office):
    number = asked(office())
    done = decide(number, FORCE, MONDAY, name="某某")
    page = decision_page(number, post("组长"), AT)

    assert page.ended and page.ended.entry == done.entry
    assert (page.ended.answer, page.ended.who) == ("强制推进", "组长 某某")
    assert len(page.ended.fingerprint) == 64
    assert page.obstacles == [] and page.run == ""


def test_a_question_that_is_not_there_says_so(office):
    office()
    with pytest.raises(NotFoundError, match="没有编号为 7 的审批"):
        decision_page(7, None, AT)
