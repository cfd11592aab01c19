"""Raise one finding and take its steps, as they are typed at the command."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.campaign.campaign import looking_at, writing_to
from models.errors import NotFoundError, ProgressError
from models.findings.known import finding_units, findings_known
from models.findings.new import NewFinding
from models.findings.raising import raise_findings
from models.findings.rules_set import RulesOfFindings, finding_rules, set_finding_rules
from models.findings.steps import NewStep, StepOutcome, take_steps
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.findings.words import FindingKind, FindingStep, read_source, state_in_words
from tasks.figures.figures_list import unit_meant


@dataclass(frozen=True, slots=True)
class TypedFinding:
    """A finding as it is typed: the unit by a name, the source in words."""

    problem: str
    source: str
    by: str
    unit: str = ""
    due: date | None = None
    advice: str = ""
    item: str = ""
    found_on: date | None = None
    kind: FindingKind = FindingKind.PROBLEM


def add_finding(slug: str | None, typed: TypedFinding, moment: Moment) -> str:
    """Raise a finding and say in a line what came of it. Repeatable: the same words are the same finding."""
    with writing_to(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        unit_id, fault = _unit(session, campaign_id, typed.unit)
        new = NewFinding(
            typed.problem,
            read_source(typed.source) or typed.source,
            typed.found_on or moment.today,
            unit_id,
            typed.due,
            typed.advice,
            typed.item,
            typed.kind,
        )
        [raised] = raise_findings(session, campaign_id, [new], typed.by, moment)
        if faults := [*filter(None, [fault]), *raised.faults]:
            raise ProgressError("；".join(faults))
        units = finding_units(session, campaign_id)
        one = findings_known(session, campaign_id, [raised.code], units)[raised.code]
        to = f"已交{one.unit}，时限 {one.cycle.due}" if one.unit else "还没有交给哪个单位"
        number, state = one.cycle.number, state_in_words(one.row.kind, one.row.state)
    if raised.again:
        return f"{raised.code} 再次发生，从第 {number} 轮重新整改，{to}"
    if not raised.new:
        return f"{raised.code} 已经登记过，现在是“{state}”，没有变化"
    return f"已登记 {raised.code}（{typed.kind.chinese}），{to}"


def _unit(session: Session, campaign_id: int, name: str) -> tuple[int | None, str]:
    """Return the unit that is meant, or why none is; neither where nothing is written."""
    try:
        return (unit_meant(session, campaign_id, name) if name.strip() else None), ""
    except NotFoundError as fault:
        return None, str(fault)


def act_on_findings(
    slug: str | None, codes: Sequence[str], step: NewStep, moment: Moment
) -> list[StepOutcome]:
    """Take the same step for each of ``codes``, all or none. Repeatable: said again it changes nothing.

    Raises ProgressError with the faults of every one of them; nothing is written then.
    """
    steps = [
        NewStep(code, step.step, step.by_post, step.note, step.unit, step.day, step.pieces)
        for code in dict.fromkeys(codes)
    ]
    with writing_to(slug) as (session, campaign):
        outcomes = take_steps(session, key_of(campaign), steps, moment)
        wrong = [f"{one.code}：{'；'.join(one.faults)}" for one in outcomes if one.faults]
        if wrong:
            raise ProgressError("；".join(wrong))
    return outcomes


def outcome_words(outcomes: Sequence[StepOutcome], step: FindingStep) -> list[str]:
    """Return in a line each what came of a step."""
    return [
        f"{one.code} {_step_said(one, step)}，现在是“{one.state}”{_more(one, step)}"
        if one.changed
        else f"{one.code} 已经登记过，没有变化"
        for one in outcomes
    ]


def _step_said(one: StepOutcome, step: FindingStep) -> str:
    return f"承诺 {one.promised} 完成" if step is FindingStep.PROMISE else step.chinese


def _more(one: StepOutcome, step: FindingStep) -> str:
    if step is FindingStep.VERIFY:
        return f"，到 {one.watch_until} 没有反弹可以销号"
    dated = (FindingStep.ASSIGN, FindingStep.UPHOLD, FindingStep.MOVE, FindingStep.RECUR)
    return f"，时限 {one.due}" if step in dated and one.due else ""


def rules_of_findings(slug: str | None) -> RulesOfFindings:
    """Return what the office set for its findings."""
    with looking_at(slug) as (session, campaign):
        return finding_rules(session, key_of(campaign))


def set_rules_of_findings(
    slug: str | None, new: RulesOfFindings, by_post: str, moment: Moment
) -> bool:
    """Set what holds for findings from now on; say whether that changed anything."""
    with writing_to(slug) as (session, campaign):
        return set_finding_rules(session, key_of(campaign), new, by_post, moment)
