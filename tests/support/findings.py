"""Findings for tests: raised and led through their life."""

from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, select

from models.findings.finding import FindingCycle, RaisedFinding
from models.findings.new import NewFinding, RaisedOutcome
from models.findings.raising import raise_finding
from models.findings.steps import NewStep, StepOutcome, take_step
from models.inspection.team import InspectionTeam
from models.inspection.visit import Visit
from models.inspection.visit_round import VisitRound
from models.rules.findings.words import FindingStep
from models.settings import moment_of
from models.units.unit import unit_named
from tests.conftest import NOW, TODAY
from tests.support.pieces import piece

UNIT, ANOTHER = "市司法局", "市教育局"
LIAISON, OFFICE, REVIEWER = "市司法局联络员", "创建办", "创建办审核岗"


def at(days: int = 0) -> Any:
    """Return the moment so many days after the campaign's first."""
    return moment_of(NOW + timedelta(days=days), TODAY + timedelta(days=days))


def raised(
    session: Session, campaign_id: int, problem: str = "执法文书没有编号", **more: Any
) -> RaisedOutcome:
    """Raise a problem of `UNIT` (``unit``, ``source``, ``due``, ``kind``, ``days`` otherwise)."""
    unit = more.pop("unit", UNIT)
    moment = at(more.pop("days", 0))
    found_on = more.pop("found_on", moment.today)
    new = NewFinding(
        problem,
        more.pop("source", "self-check"),
        found_on,
        unit_named(session, campaign_id, unit) if unit else None,
        **more,
    )
    return raise_finding(session, campaign_id, new, OFFICE, moment)


def step(
    session: Session, campaign_id: int, code: str, which: FindingStep, **more: Any
) -> StepOutcome:
    """Take a step, by the post whose it is, so many ``days`` after the first."""
    unit_speaks = which in (
        FindingStep.PROMISE,
        FindingStep.DECLINE,
        FindingStep.RECTIFY,
        FindingStep.ANSWER,
    )
    by = more.pop("by", LIAISON if unit_speaks else REVIEWER)
    moment = at(more.pop("days", 0))
    new = NewStep(code, which, by, **({"note": "说明"} | more))
    return take_step(session, campaign_id, new, moment)


def closed(session: Session, campaign_id: int, code: str = "F1", begin: int = 0) -> str:
    """Lead a problem from its unit to its closure: mended on day ``begin``, closed on the first day it may be."""
    proof = piece(session, campaign_id, f"整改通知 {code} {begin}")
    step(session, campaign_id, code, FindingStep.RECTIFY, pieces=(proof.code,), days=begin)
    verified = step(session, campaign_id, code, FindingStep.VERIFY, days=begin)
    assert verified.watch_until
    after = (verified.watch_until - TODAY).days + 1
    step(session, campaign_id, code, FindingStep.CLOSE, days=after)
    return proof.code


def laid_visit(session: Session, campaign_id: int, unit: str = UNIT) -> str:
    """Lay one round with one visit to ``unit`` on the campaign's first day; return its code."""
    days = {"first": TODAY, "last": day(9)}
    number = VisitRound(campaign_id=campaign_id, number=1, **days)
    team = InspectionTeam(campaign_id=campaign_id, name="第一督导组")
    session.add(number)
    session.add(team)
    session.flush()
    unit_id = unit_named(session, campaign_id, unit)
    of = {"round_id": number.id, "team_id": team.id, "unit_id": unit_id}
    session.add(Visit(campaign_id=campaign_id, number=1, day=TODAY, **of))
    session.flush()
    return "V1.1"


def row_of(session: Session, code: str) -> RaisedFinding:
    """Return a finding by its code."""
    return session.exec(select(RaisedFinding).where(RaisedFinding.code == code)).one()


def cycles_of(session: Session, code: str) -> list[FindingCycle]:
    """Return the cycles of a finding, oldest first."""
    query = select(FindingCycle).where(FindingCycle.finding_id == row_of(session, code).id)
    return list(session.exec(query.order_by(FindingCycle.number)))  # type: ignore[arg-type]


def day(n: int) -> date:
    """Return the day so many days after the campaign's first."""
    return TODAY + timedelta(days=n)
