"""Take steps in the life of findings: of many at once, each with its entry in the chain."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from models.audit.chain import NewEntry, record_all
from models.calendar.calendar import work_calendar
from models.database import insert_rows
from models.errors import ProgressError
from models.evidence.evidence import Evidence
from models.findings.changing import change_by
from models.findings.due_days import bring_in_line
from models.findings.finding import FindingProof, TakenStep
from models.findings.known import (
    KnownFinding,
    KnownUnits,
    finding_units,
    findings_known,
)
from models.findings.proving import forget_spent, new_proofs, pieces_for_proof
from models.findings.rules_set import RulesOfFindings, finding_rules
from models.inspection.team import barred_from_teams
from models.keys import key_of
from models.rules.bounds import LONGEST_PASSAGE, shown, text_fault
from models.rules.calendar.moment import Moment
from models.rules.calendar.workdays import WorkCalendar
from models.rules.evidence.pieces import number_of
from models.rules.findings.complainants import without_complainant
from models.rules.findings.life import OF_ANOTHER, StepRules, StepSaid, step_faults
from models.rules.findings.words import FindingState, FindingStep, state_in_words

LONGEST_SAID = 2_000  # characters of a measure, an answer or a reason


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step to be taken; ``unit`` is a name, ``pieces`` are codes of evidence (E0003).

    One that is ``listed`` stands in a list, which may come late and twice: what was said in the same words
    in this cycle is not said again.
    """

    code: str
    step: FindingStep
    by_post: str
    note: str = ""
    unit: str = ""
    day: date | None = None
    pieces: Sequence[str] = ()
    listed: bool = False


@dataclass(frozen=True, slots=True)
class StepOutcome:
    """What came of a step: why it was not taken, or where the finding stands now; ``changed`` by it or not."""

    code: str
    faults: Sequence[str] = ()
    changed: bool = False
    state: str = ""
    due: date | None = None
    watch_until: date | None = None
    promised: date | None = None


@dataclass(slots=True)
class _Taking:
    """What is known while steps are taken one after the other."""

    session: Session
    moment: Moment
    units: KnownUnits
    rules: RulesOfFindings
    calendar: WorkCalendar
    known: Mapping[str, KnownFinding]
    pieces: Mapping[int, Evidence]
    teams: Mapping[str, Collection[str]]  # the units that each inspection team must not judge
    entries: list[NewEntry] = field(default_factory=list)
    steps: list[TakenStep] = field(default_factory=list)
    proofs: list[FindingProof] = field(default_factory=list)
    touched: dict[str, KnownFinding] = field(default_factory=dict)


def take_step(session: Session, campaign_id: int, new: NewStep, moment: Moment) -> StepOutcome:
    """Take one step. Repeatable: said in the same words again it changes nothing.

    Raises ProgressError with every fault; nothing is written then.
    """
    [outcome] = take_steps(session, campaign_id, [new], moment)
    if outcome.faults:
        raise ProgressError(f"{outcome.code}：{'；'.join(outcome.faults)}")
    return outcome


def take_steps(
    session: Session, campaign_id: int, steps: Sequence[NewStep], moment: Moment
) -> list[StepOutcome]:
    """Take ``steps`` in their order and return what came of each; one with faults changes nothing.

    Called in a transaction that has the chain to itself, so two at once follow one another. Whoever wants
    all or nothing raises when one has faults. The number of statements does not grow with the steps.
    """
    units = finding_units(session, campaign_id)
    codes = {one.code.strip().upper() for one in steps}
    numbers = {number for one in steps for code in one.pieces if (number := number_of(code))}
    taking = _Taking(
        session,
        moment,
        units,
        finding_rules(session, campaign_id),
        work_calendar(session),
        findings_known(session, campaign_id, codes, units),
        pieces_for_proof(session, campaign_id, numbers) if numbers else {},
        barred_from_teams(session, campaign_id) if any(s.step in OF_ANOTHER for s in steps) else {},
    )
    outcomes = [_take(taking, one) for one in steps]
    session.flush()  # a new cycle before what points at its finding
    insert_rows(session, TakenStep, taking.steps)
    forget_spent(session, taking.touched.values())
    insert_rows(session, FindingProof, taking.proofs)
    record_all(session, campaign_id, moment, taking.entries)
    bring_in_line(session, campaign_id, taking.touched.values())
    session.flush()
    return outcomes


def _take(taking: _Taking, new: NewStep) -> StepOutcome:
    code = new.code.strip().upper()
    one = taking.known.get(code)
    if one is None:
        fault = f"没有编号为“{shown(new.code)}”的问题，全部编号见 shifan findings list"
        return StepOutcome(code, [fault])
    said, faults = _said(taking, one, new)
    step = _row(taking, one, said)
    if not faults and _is_repeated(one, step, listed=new.listed):
        return _outcome(one, changed=False)
    rules = StepRules(taking.moment.today, taking.units.full, taking.teams)
    faults += step_faults(one.as_is, said, rules)
    if faults:
        return StepOutcome(code, list(dict.fromkeys(faults)))
    _change(taking, one, step)
    return _outcome(one, changed=True)


def _is_repeated(one: KnownFinding, step: TakenStep, *, listed: bool) -> bool:
    """Say whether a step was taken already; a day that was put back to what it was is news."""
    kind = FindingStep(step.step)
    if not one.said_already(step, on_any_day=kind is not FindingStep.LOOK, listed=listed):
        return False
    stands = {FindingStep.PROMISE: one.cycle.promised_on, FindingStep.MOVE: one.cycle.due}
    return listed or stands.get(kind, step.day) == step.day


def _said(taking: _Taking, one: KnownFinding, new: NewStep) -> tuple[StepSaid, list[str]]:
    """Return a step with full names, and what is wrong with those that mean nothing."""
    faults = []
    unit_id = taking.units.ids.get(new.unit.strip())
    if new.unit.strip() and unit_id is None:
        faults.append(f"没有名为“{shown(new.unit)}”的单位，单位名称见 shifan units export")
    if new.step is FindingStep.ASSIGN:
        faults += _assign_faults(taking, one, unit_id, named=bool(new.unit.strip()))
    missing = [code for code in new.pieces if number_of(code) not in taking.pieces]
    if missing:
        faults.append(
            f"没有编号为“{'、'.join(map(shown, missing))}”的证明材料，或者已撤回、退回、还是草稿"
        )
    if fault := text_fault(new.note, LONGEST_SAID, lines=True):
        faults.append(f"说明{fault}")
    note = without_complainant(new.note.strip())
    name = taking.units.names.get(unit_id or 0, "")
    pieces = tuple(dict.fromkeys(code.strip().upper() for code in new.pieces))
    return StepSaid(new.step, new.by_post.strip(), note, name, new.day, pieces), faults


def _assign_faults(
    taking: _Taking, one: KnownFinding, unit_id: int | None, *, named: bool
) -> list[str]:
    if not named:
        return ["没有写交给哪个单位"]
    if fault := taking.units.retired_fault(unit_id):
        return [fault]
    if unit_id == one.row.unit_id and one.row.state == FindingState.DECLINED:
        return [f"{one.unit}不认领；仍由它整改的，请登记维持交办"]
    return []


def _row(taking: _Taking, one: KnownFinding, said: StepSaid) -> TakenStep:
    unit_id = taking.units.ids.get(said.unit)
    if said.step is FindingStep.RECUR:  # whoever mended it may be gone by now
        unit_id = taking.units.now(one.row.unit_id)
    return TakenStep(
        finding_id=key_of(one.row),
        cycle=one.cycle.number,
        step=said.step.value,
        taken_on=taking.moment.today,
        taken_at=taking.moment.now,
        by_post=said.by_post,
        unit_id=unit_id,
        day=said.day,
        note=said.note[:LONGEST_PASSAGE],
        pieces="、".join(said.pieces),
    )


def _change(taking: _Taking, one: KnownFinding, step: TakenStep) -> None:
    """Change the finding and its cycle by a step that may be taken, and keep the step."""
    change_by(one, step, taking.rules, taking.calendar)
    one.unit = taking.units.names.get(one.row.unit_id or 0, "")
    taking.proofs += new_proofs(one, step, taking.pieces)
    step.cycle = one.cycle.number
    one.steps.append(step)
    taking.steps.append(step)
    for row in (one.row, one.cycle):
        taking.session.add(row)
    facts = {
        "to": taking.units.names.get(step.unit_id or 0, ""),
        "due": one.cycle.due,
        "day": step.day,
        "note": step.note,
        "items": step.pieces,
        "status": state_in_words(one.row.kind, one.row.state),
    }
    given = {name: value for name, value in facts.items() if value}
    taking.entries.append(NewEntry(step.by_post, f"finding-{step.step}", one.row.code, given))
    taking.touched[one.row.code] = one


def _outcome(one: KnownFinding, *, changed: bool) -> StepOutcome:
    state = state_in_words(one.row.kind, one.row.state)
    return StepOutcome(
        one.row.code,
        (),
        changed,
        state,
        one.cycle.due,
        one.cycle.watch_until,
        one.cycle.promised_on,
    )
