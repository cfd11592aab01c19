"""Lists and pages of findings: the longest late first, whatever their number by as many statements."""

from datetime import date

import pytest
from sqlalchemy import event

from models.database import engine_for, open_session
from models.errors import NotFoundError
from models.findings.new import NewFinding
from models.findings.raising import raise_findings
from models.rules.findings.words import FindingStep
from models.settings import settings
from models.units.unit import unit_named
from tasks.window.finding import finding_page
from tasks.window.findings import FindingsShown, findings_page
from tests.conftest import ON_BOTH, TODAY
from tests.support.findings import ANOTHER, OFFICE, UNIT, at, closed, raised, step

LATER = date(2025, 7, 28)


@pytest.fixture
def statements(campaign):
    asked: list[str] = []
    engine = engine_for(settings().database)

    def note(_conn, _cursor, statement, *_more):
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


@ON_BOTH
def test_the_longest_late_comes_first_then_what_nobody_works_on(campaign, campaign_id):
    with open_session() as session:
        raised(session, campaign_id, "甲", due=date(2025, 7, 20))
        raised(session, campaign_id, "乙", due=date(2025, 8, 20))
        raised(session, campaign_id, "丙", due=date(2025, 7, 10))
        raised(session, campaign_id, "丁", unit="")
        raised(session, campaign_id, "戊")
        closed(session, campaign_id, "F5")
    page = findings_page("jc", LATER, FindingsShown.ALL, None)

    assert [one.code for one in page.rows] == ["F3", "F1", "F4", "F2", "F5"]
    assert [one.late for one in page.rows] == [True, True, False, False, False]
    assert page.rows[0].workdays == 12 and page.rows[4].workdays is None
    assert page.counts[FindingsShown.LATE] == 2 and page.counts[FindingsShown.OVER] == 1
    assert page.counts[FindingsShown.OFFICE] == 1


def test_a_broken_promise_is_said_and_what_is_declined_is_late_still(campaign, campaign_id):
    with open_session() as session:
        raised(session, campaign_id, due=date(2025, 7, 10))
        step(session, campaign_id, "F1", FindingStep.PROMISE, day=date(2025, 7, 9))
    [late] = findings_page("jc", LATER, FindingsShown.OPEN, None).rows
    assert late.broken and late.promised_on == date(2025, 7, 9)
    with open_session() as session:
        step(session, campaign_id, "F1", FindingStep.DECLINE)
    [declined] = findings_page("jc", LATER, FindingsShown.OFFICE, None).rows
    assert declined.late and declined.for_office


@pytest.mark.parametrize("more", [0, 40])
def test_any_number_of_findings_takes_as_many_statements(campaign, campaign_id, statements, more):
    with open_session() as session:
        unit = unit_named(session, campaign_id, UNIT)
        news = [NewFinding(f"问题 {n}", "self-check", TODAY, unit) for n in range(1 + more)]
        raise_findings(session, campaign_id, news, OFFICE, at())
        closed(session, campaign_id)
    statements.clear()
    findings_page("jc", LATER, FindingsShown.OPEN, None)
    listed, statements[:] = len(statements), []
    finding_page("jc", "f1", LATER)
    assert listed <= 4 and len(statements) <= 16


def test_a_finding_of_another_campaign_or_none_is_not_found(campaign):
    for code in ("F1", "", "W1", "F1'--"):
        with pytest.raises(NotFoundError):
            finding_page("jc", code, TODAY)


def test_units_that_have_any_are_named_by_their_number(campaign, campaign_id):
    with open_session() as session:
        raised(session, campaign_id)
        raised(session, campaign_id, "另一个", unit=ANOTHER)
    page = findings_page("jc", TODAY, FindingsShown.OPEN, None)
    assert set(page.units.values()) == {UNIT, ANOTHER}
    only = findings_page("jc", TODAY, FindingsShown.OPEN, page.rows[0].unit_id)
    assert [one.code for one in only.rows] == [page.rows[0].code]
