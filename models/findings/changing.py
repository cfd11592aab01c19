"""What each step changes in a finding and its cycle; whether it may be taken was decided before."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from models.findings.finding import FindingCycle, TakenStep
from models.findings.known import KnownFinding
from models.findings.rules_set import RulesOfFindings
from models.keys import key_of
from models.rules.calendar.workdays import WorkCalendar
from models.rules.evidence.pieces import number_of
from models.rules.findings.days import USUAL_WORKDAYS, watch_until
from models.rules.findings.life import LIFE
from models.rules.findings.words import FindingKind, FindingState, FindingStep


def usual_due(kind: str, today: date, rules: RulesOfFindings, calendar: WorkCalendar) -> date:
    """Return by when a finding is due that nobody names a day for."""
    workdays = USUAL_WORKDAYS if kind == FindingKind.PROBLEM else rules.answer_workdays
    return calendar.due_within(today, workdays)


def change_by(
    one: KnownFinding, step: TakenStep, rules: RulesOfFindings, calendar: WorkCalendar
) -> None:
    """Change the finding by a step; a day that the step leaves open gets the usual one."""
    kind = FindingStep(step.step)
    before = _state_after(one.standing[:-1])
    if kind in (FindingStep.ASSIGN, FindingStep.RECUR) and step.day is None:
        due, recurs = one.cycle.due, kind is FindingStep.RECUR
        kept = due if due and due >= step.taken_on and not recurs else None
        public = one.row.kind != FindingKind.PROBLEM and due and not recurs
        usual = usual_due(one.row.kind, step.taken_on, rules, calendar)
        step.day = due if public else kept or usual  # who complained waits since the first day
    if kind in _CHANGES:
        _CHANGES[kind](one, step)
    if kind is FindingStep.VERIFY:
        one.cycle.watch_until = watch_until(step.taken_on, rules.watch_days)
    one.row.state = (before if kind is FindingStep.TAKE_BACK else LIFE[kind][1]).value


def _state_after(steps: Sequence[TakenStep]) -> FindingState:
    """Return where a finding stands once these steps were taken."""
    last = FindingStep(steps[-1].step) if steps else FindingStep.RAISE
    return LIFE[last][1] if last in LIFE else FindingState.RAISED


def set_due(cycle: FindingCycle, day: date | None) -> None:
    """Give a cycle its due day; the first one stays beside it."""
    cycle.due = day
    cycle.original_due = cycle.original_due or day


def _assign(one: KnownFinding, step: TakenStep) -> None:
    if one.row.unit_id != step.unit_id:  # what another unit promised binds nobody
        one.cycle.promised_on = one.cycle.first_promised = None
    one.row.unit_id = step.unit_id
    set_due(one.cycle, step.day)


def _uphold(one: KnownFinding, step: TakenStep) -> None:
    if step.day:
        set_due(one.cycle, step.day)


def _promise(one: KnownFinding, step: TakenStep) -> None:
    one.cycle.promised_on = step.day
    one.cycle.first_promised = one.cycle.first_promised or step.day


def _rectify(one: KnownFinding, step: TakenStep) -> None:
    one.cycle.measure = step.note
    one.cycle.rectified_on, one.cycle.rectified_by = step.taken_on, step.by_post


def _refuse(one: KnownFinding, step: TakenStep) -> None:
    one.cycle.rectified_on, one.cycle.rectified_by = None, ""


def _verify(one: KnownFinding, step: TakenStep) -> None:
    one.cycle.verified_on, one.cycle.verified_by = step.taken_on, step.by_post


def _close(one: KnownFinding, step: TakenStep) -> None:
    one.cycle.closed_on, one.cycle.closed_by = step.taken_on, step.by_post


def _look(one: KnownFinding, step: TakenStep) -> None:
    one.cycle.looked_on, one.cycle.looked_by = step.taken_on, step.by_post


def _recur(one: KnownFinding, step: TakenStep) -> None:
    number = one.row.cycle + 1
    one.row.unit_id = step.unit_id
    one.cycle = FindingCycle(finding_id=key_of(one.row), number=number, opened_on=step.taken_on)
    one.row.cycle, one.proofs, one.steps = number, {}, []
    set_due(one.cycle, step.day)


def _end(one: KnownFinding, step: TakenStep) -> None:
    one.cycle.ended_on, one.cycle.ended_by = step.taken_on, step.by_post
    one.cycle.ended_why = step.note


def _answer(one: KnownFinding, step: TakenStep) -> None:
    _rectify(one, step)
    _close(one, step)


def _take_back(one: KnownFinding, step: TakenStep) -> None:
    """Let the cycle be as it was before its last step that stands."""
    *before, last = one.standing
    written = _WRITTEN_BY[FindingStep(last.step)]
    for name in written:
        setattr(one.cycle, name, "" if isinstance(getattr(one.cycle, name), str) else None)
    same = [each for each in before if each.step == last.step]
    if same and last.step == FindingStep.PROMISE:
        one.cycle.first_promised = same[0].day
        one.cycle.promised_on = same[-1].day
    if same and last.step == FindingStep.LOOK:
        _look(one, same[-1])
    named = {code for each in before for code in each.pieces.split("、")}
    for code in set(last.pieces.split("、")) - named:
        if (number := number_of(code)) in one.proofs:
            del one.proofs[number]
            one.spent.append(number)


# What each step that can be taken back wrote into its cycle.
_WRITTEN_BY: Mapping[FindingStep, Sequence[str]] = {
    FindingStep.PROMISE: ("promised_on", "first_promised"),
    FindingStep.RECTIFY: ("measure", "rectified_on", "rectified_by"),
    FindingStep.VERIFY: ("verified_on", "verified_by", "watch_until"),
    FindingStep.CLOSE: ("closed_on", "closed_by"),
    FindingStep.LOOK: ("looked_on", "looked_by"),
    FindingStep.END: ("ended_on", "ended_by", "ended_why"),
    FindingStep.ANSWER: ("measure", "rectified_on", "rectified_by", "closed_on", "closed_by"),
}
_CHANGES: Mapping[FindingStep, Callable[[KnownFinding, TakenStep], None]] = {
    FindingStep.ASSIGN: _assign,
    FindingStep.UPHOLD: _uphold,
    FindingStep.PROMISE: _promise,
    FindingStep.MOVE: _uphold,
    FindingStep.RECTIFY: _rectify,
    FindingStep.REFUSE: _refuse,
    FindingStep.VERIFY: _verify,
    FindingStep.CLOSE: _close,
    FindingStep.LOOK: _look,
    FindingStep.RECUR: _recur,
    FindingStep.END: _end,
    FindingStep.ANSWER: _answer,
    FindingStep.TAKE_BACK: _take_back,
}
