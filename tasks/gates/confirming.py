"""Confirm a condition of a gate in the office's name, or take that back: each an entry of the audit."""

from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from models.audit.chain import AuditEntry
from models.campaign.campaign import Campaign, Stage, open_campaign, stages_of, writing_to
from models.campaign.moves import Occasion, note
from models.database import open_session
from models.decisions.confirmation import (
    Confirmation,
    keep_confirmation,
    standing_of,
    withdraw_confirmation,
)
from models.decisions.gate import gate_facts, plan_gates
from models.errors import NotFoundError, ProgressError
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.decisions.confirmations import confirmation_faults
from models.rules.gates.checks import Rule
from models.rules.gates.judge import judge
from models.rules.gates.table import GATES
from models.rules.gates.values import Confirmed
from models.rules.words import UNDER_WAY, StageKind, StageStatus, post_fault
from tasks.office.reach import lazily_reachable

# What an entry of the audit is called; whatever is not listed is a plain confirmation.
WHAT = {
    "evidence-complete": "evidence-reviewed",
    "evidence-reviewed": "evidence-reviewed",
    "findings-closed": "findings-closed",
}


def conditions() -> list[str]:
    """Return the demands that can be confirmed, in the order of the gates, for a form."""
    return list(dict.fromkeys(r.demand for rules in GATES.values() for r in rules if r.confirmable))


@dataclass(frozen=True, slots=True)
class Which:
    """Which condition of which campaign and stage somebody means; the one there is where it is left open."""

    campaign: str | None
    condition: str  # its name or its demand
    stage: int | None = None


@dataclass(frozen=True, slots=True)
class Vouching:
    """Who vouches for a condition: met since ``on`` (today without), so many where it counts."""

    by: str
    on: date | None = None
    amount: int | None = None
    note: str = ""


def confirm(which: Which, vouching: Vouching, moment: Moment) -> str:
    """Vouch for a condition of a stage; return what came of it.

    Repeatable: the same again writes nothing. What the tables measure stays as it is, and the answer
    says so. Raises CampaignError in one line.
    """
    with writing_to(which.campaign) as (session, campaign):
        rule, stage, known = _meant(session, campaign, which)
        said = _required(rule, vouching, moment.today)
        if known:
            return _again(known, said, rule, stage)
        left = _still_open(session, campaign, stage, said, moment.today)
        facts = {"since": said.day, "amount": said.amount, "note": said.note, "still_open": left}
        what = WHAT.get(rule.id, "condition-confirmed")
        entry = _note(session, rule, stage, Occasion(said.by, moment), what, **facts)
        keep_confirmation(session, stage, said, entry)
        but = f"；但这一条还算障碍：{'、'.join(left)}" if left else ""
        return f"已登记确认：{_where(rule, stage)}{but}"


def foresee_confirmation(which: Which, vouching: Vouching, today: date) -> None:
    """Raise in one line what forbids confirming a condition; nothing is written."""
    with open_session(read_only=True) as session:
        rule, stage, known = _meant(session, open_campaign(session, which.campaign), which)
        said = _required(rule, vouching, today)
        if known:
            _again(known, said, rule, stage)


def _required(rule: Rule, vouching: Vouching, today: date) -> Confirmed:
    """Return what is said of ``rule``, or raise ProgressError with everything that forbids it."""
    day = vouching.on or today
    said = Confirmed(rule.id, vouching.by.strip(), day, vouching.note.strip(), vouching.amount)
    if faults := confirmation_faults(rule, said, today):
        raise ProgressError(f"{rule.demand}：{'；'.join(faults)}")
    return said


def foresee_withdrawal(which: Which, by: str, why: str) -> None:
    """Raise in one line what forbids taking a confirmation back; nothing is written."""
    with open_session(read_only=True) as session:
        _to_withdraw(session, open_campaign(session, which.campaign), which, by, why)


def _to_withdraw(
    session: Session, campaign: Campaign, which: Which, by: str, why: str
) -> tuple[Rule, Stage, Confirmation]:
    """Return the confirmation that somebody takes back, for a reason."""
    if not by.strip() or not why.strip():
        raise ProgressError("撤回确认必须写明由谁（职务）撤回和理由")
    if fault := post_fault(by, "撤回"):
        raise ProgressError(fault)
    rule, stage, known = _meant(session, campaign, which)
    if known is None:
        raise NotFoundError(
            f"第 {stage.ordinal} 阶段“{stage.name}”没有登记过这条确认：{rule.demand}"
        )
    return rule, stage, known


def withdraw(which: Which, by: str, why: str, moment: Moment) -> str:
    """Take a confirmation back, for a reason; return what came of it. Raises CampaignError in one line."""
    with writing_to(which.campaign) as (session, campaign):
        rule, stage, known = _to_withdraw(session, campaign, which, by, why)
        said = Occasion(by.strip(), moment, why.strip())
        withdraw_confirmation(known, said)
        facts = {"confirmed_by": known.by_post, "since": known.day}
        _note(session, rule, stage, said, "confirmation-withdrawn", **facts)
        return f"已撤回确认：{_where(rule, stage)}"


def _note(
    session: Session, rule: Rule, stage: Stage, said: Occasion, what: str, **facts: object
) -> AuditEntry:
    known = {"stage": stage.name, "rule": rule.id, "demand": rule.demand, **facts}
    return note(session, stage.campaign_id, said, what, f"S{stage.ordinal}", **known)


def _where(rule: Rule, stage: Stage) -> str:
    return f"第 {stage.ordinal} 阶段“{stage.name}”{rule.demand}"


def _meant(
    session: Session, campaign: Campaign, which: Which
) -> tuple[Rule, Stage, Confirmation | None]:
    """Return the rule and the open stage that somebody means, and the confirmation that stands."""
    wanted = which.condition.strip()
    found = {k: r for k, rules in GATES.items() for r in rules if wanted in (r.id, r.demand)}
    if not found:
        raise NotFoundError(f"没有名为 {wanted or '（空）'} 的推进条件，名称见 shifan gate --rules")
    if measured := next((r for r in found.values() if not r.confirmable), None):
        raise ProgressError(f"“{measured.demand}”由登记的进展和名单衡量，不能另行确认")
    stage = _stage(stages_of(session, key_of(campaign)), list(found), which.stage, wanted)
    rule = found[StageKind(stage.kind)]
    if plan_gates(campaign).switches_off(rule.id, stage.ordinal):
        raise ProgressError(f"方案没有把“{rule.demand}”算作第 {stage.ordinal} 阶段的条件，不必确认")
    if stage.status == StageStatus.CLOSED:
        raise ProgressError(f"第 {stage.ordinal} 阶段“{stage.name}”已结束，确认不能再登记或撤回")
    standing = (c for c in standing_of(session, key_of(stage)) if c.rule == rule.id)
    return rule, stage, next(standing, None)


def _stage(stages: list[Stage], kinds: list[StageKind], ordinal: int | None, wanted: str) -> Stage:
    """Return stage ``ordinal``, else the one stage that the rule can be about."""
    having = [stage for stage in stages if stage.kind in kinds]
    known = "、".join(f"{s.ordinal}（{s.name}）" for s in having)
    if ordinal is not None:
        found = next((stage for stage in having if stage.ordinal == ordinal), None)
        if found is None:
            raise NotFoundError(
                f"第 {ordinal} 阶段没有 {wanted} 这一条，有的是：{known or '（没有）'}"
            )
        return found
    left = [stage for stage in having if stage.status != StageStatus.CLOSED]
    chosen = [stage for stage in left if stage.status in UNDER_WAY] or left or having
    if not chosen:
        raise NotFoundError(f"方案里没有哪个阶段有 {wanted} 这一条")
    if len(chosen) > 1:
        raise NotFoundError(f"有几个阶段都有 {wanted} 这一条，请写明第几阶段：{known}")
    return chosen[0]


def _again(known: Confirmation, said: Confirmed, rule: Rule, stage: Stage) -> str:
    """Answer to a second confirmation: the same is no news, another must take the first back."""
    if known.said == said:
        return f"此前已登记，没有变化：{_where(rule, stage)}"
    raise ProgressError(
        f"{_where(rule, stage)}已由{known.by_post}于 {known.day} 确认，要更正请先用 shifan gate unconfirm 撤回"
    )


def _still_open(
    session: Session, campaign: Campaign, stage: Stage, said: Confirmed, today: date
) -> list[str]:
    """Return what the tables still hold against the rule once it is confirmed."""
    facts = gate_facts(session, campaign, stage, today, lazily_reachable())
    facts = replace(facts, confirmed={**facts.confirmed, said.rule: said})
    report = judge(StageKind(stage.kind), facts, plan_gates(campaign))
    return [one.text for one in report.obstacles if one.rule == said.rule]
