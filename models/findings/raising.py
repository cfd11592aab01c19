"""Raise findings: of whatever room found them, many at once; the same one again is the same finding."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session, col, func, select

from models.audit.chain import NewEntry, lock_chain, record_all
from models.calendar.calendar import work_calendar
from models.database import found_as, insert_rows
from models.errors import ProgressError
from models.evidence.known import items_known
from models.findings.changing import set_due, usual_due
from models.findings.due_days import bring_in_line
from models.findings.finding import FindingCycle, RaisedFinding, TakenStep
from models.findings.known import KnownFinding, KnownUnits, finding_units
from models.findings.new import NewFinding, RaisedOutcome, as_kept, finding_faults, same_words
from models.findings.rules_set import finding_rules
from models.findings.steps import NewStep, take_steps
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.findings.words import (
    FindingKind,
    FindingState,
    FindingStep,
    source_in_words,
)

UNDATED = (
    "{code} 是同一个问题，已经整改；这一行没有写发现日期，没有当作再次发生，又发生的请写明发现日期"
)


def raise_finding(
    session: Session, campaign_id: int, new: NewFinding, by_post: str, moment: Moment
) -> RaisedOutcome:
    """Raise one finding and return its code; see `raise_findings`. Raises ProgressError with every fault."""
    [outcome] = raise_findings(session, campaign_id, [new], by_post, moment)
    if outcome.faults:
        raise ProgressError("；".join(outcome.faults))
    return outcome


def raise_findings(
    session: Session, campaign_id: int, news: Sequence[NewFinding], by_post: str, moment: Moment
) -> list[RaisedOutcome]:
    """Raise findings and return what came of each, in their order; one with faults is not raised.

    Repeatable: the same words about the same unit, or the one that it was merged into, are the same finding.
    One that is closed or watched, and was found again on a later day that somebody wrote, is opened anew under
    its old code, its earlier cycles kept; where nobody wrote a day that is said. Names and numbers of
    whoever complained are taken out before anything is kept. Two at once wait for each other, or both would
    give the next number; the number of statements does not grow with the findings.
    """
    lock_chain(session)
    units = finding_units(session, campaign_id)
    codes = set(items_known(session, campaign_id).by_code) if any(n.item for n in news) else set()
    plain = [as_kept(one) for one in news]
    known = _known(session, campaign_id, units) if plain else {}
    raising = _Raising(session, campaign_id, by_post.strip(), moment, units)
    for one in plain:
        faults = finding_faults(one, by_post, moment.today, codes)
        key = _key(one, units)
        if key not in known and (gone := units.retired_fault(units.now(one.unit_id))):
            faults.append(gone)
        if faults:
            raising.outcomes.append(RaisedOutcome(faults=faults))
        elif key in known:
            raising.again(one, known[key])
        else:
            row = raising.raised(replace(one, unit_id=units.now(one.unit_id)))
            known[key] = _There(row.code, state=row.state)
    return raising.done()


_THERE = """
    SELECT f.code, f.id, f.state, f.kind, f.problem, f.unit_id AS held_by, s.unit_id AS raised_about,
           c.rectified_on AS mended
    FROM finding f
    JOIN finding_step s ON s.finding_id = f.id AND s.step = 'raise'
    JOIN finding_cycle c ON c.finding_id = f.id AND c.number = f.cycle
    WHERE f.campaign_id = :campaign ORDER BY f.id DESC"""
_Key = tuple[str, str, int]  # the letter of its kind, the words, the unit that has it by now


@dataclass(frozen=True, slots=True)
class _There:
    """A finding in the same words that is there already, and when it was mended last."""

    code: str
    id: int = 0
    state: str = FindingState.ASSIGNED
    kind: str = FindingKind.PROBLEM
    problem: str = ""
    held_by: int | None = None
    raised_about: int | None = None
    mended: date | None = None


def _key(new: NewFinding, units: KnownUnits) -> _Key:
    return new.kind.letter, same_words(new.problem), units.now(new.unit_id) or 0


def _known(session: Session, campaign_id: int, units: KnownUnits) -> dict[_Key, _There]:
    """Return the findings there are, by the unit they were raised about and by the one that has them; one statement."""
    there = found_as(session, _There, _THERE, {"campaign": campaign_id})
    had = {_known_as(one, units.now(one.held_by)): one for one in there}
    return had | {_known_as(one, units.now(one.raised_about)): one for one in there}


def _known_as(one: _There, unit_id: int | None) -> _Key:
    return FindingKind(one.kind).letter, same_words(one.problem), unit_id or 0


class _Raising:
    """Makes the rows of new findings and gathers what came back, to be written together."""

    def __init__(
        self, session: Session, campaign_id: int, by: str, moment: Moment, units: KnownUnits
    ) -> None:
        self._session, self._campaign_id, self._by, self._moment = session, campaign_id, by, moment
        self._units, self._rules = units, finding_rules(session, campaign_id)
        self._calendar = work_calendar(session)
        self._numbers = _numbers(session, campaign_id)
        self._rows: list[tuple[int, RaisedFinding, NewFinding]] = []
        self._back: list[NewStep] = []
        self.outcomes: list[RaisedOutcome] = []

    def raised(self, new: NewFinding) -> RaisedFinding:
        """Make the row of a new finding."""
        self._numbers[new.kind.letter] += 1
        row = RaisedFinding(
            campaign_id=self._campaign_id,
            code=f"{new.kind.letter}{self._numbers[new.kind.letter]}",
            kind=new.kind.value,
            problem=new.problem,
            advice=new.advice,
            source=new.source,
            item=new.item,
            found_on=new.found_on,
            raised_by=self._by,
            raised_at=self._moment.now,
            unit_id=new.unit_id,
            state=(FindingState.ASSIGNED if new.unit_id else FindingState.RAISED).value,
        )
        self._rows.append((len(self.outcomes), row, new))
        self.outcomes.append(RaisedOutcome(row.code, new=True))
        return row

    def again(self, new: NewFinding, one: _There) -> None:
        """Say of one that is there that it is, and open it anew where it came back after its end."""
        ended = one.state in (FindingState.WATCHED, FindingState.CLOSED)
        later = ended and one.mended is not None and new.found_on > one.mended
        back = later and new.dated and one.code not in {step.code for step in self._back}
        if back:
            note = f"{source_in_words(new.source)} {new.found_on} 再次发现"
            self._back.append(NewStep(one.code, FindingStep.RECUR, self._by, note, day=new.due))
        said = UNDATED.format(code=one.code) if later and not new.dated else ""
        self.outcomes.append(RaisedOutcome(one.code, one.id, again=back, note=said))

    def done(self) -> list[RaisedOutcome]:
        """Write everything, with its entries and milestones; return the outcomes."""
        insert_rows(self._session, RaisedFinding, [row for _, row, _ in self._rows])
        ids = _ids(self._session, self._campaign_id, {row.code for _, row, _ in self._rows})
        for _, row, _ in self._rows:
            row.id = ids[row.code]
        made = [self._rest(row, new) for _, row, new in self._rows]
        insert_rows(self._session, FindingCycle, [one.cycle for one in made])
        insert_rows(self._session, TakenStep, [step for one in made for step in one.steps])
        record_all(
            self._session, self._campaign_id, self._moment, (self._entry(one) for one in made)
        )
        bring_in_line(self._session, self._campaign_id, made)
        found = take_steps(self._session, self._campaign_id, self._back, self._moment)
        refused = {one.code: one.faults for one in found if one.faults}
        return [
            replace(
                one,
                id=one.id or ids.get(one.code, 0),
                again=one.again and one.code not in refused,
                faults=refused.get(one.code, ()) if one.again else one.faults,
            )
            for one in self.outcomes
        ]

    def _rest(self, row: RaisedFinding, new: NewFinding) -> KnownFinding:
        """Return a new finding with its first cycle and the steps that it begins with."""
        today = self._moment.today
        cycle = FindingCycle(finding_id=key_of(row), number=1, opened_on=today)
        one = KnownFinding(row, cycle, self._units.names.get(row.unit_id or 0, ""))
        one.steps = [self._step(row, FindingStep.RAISE)]
        if row.unit_id:
            set_due(cycle, new.due or usual_due(row.kind, today, self._rules, self._calendar))
            one.steps.append(self._step(row, FindingStep.ASSIGN, cycle.due))
        return one

    def _step(self, row: RaisedFinding, step: FindingStep, day: date | None = None) -> TakenStep:
        return TakenStep(
            finding_id=key_of(row),
            cycle=1,
            step=step.value,
            taken_on=self._moment.today,
            taken_at=self._moment.now,
            by_post=self._by,
            unit_id=row.unit_id,
            day=day,
        )

    def _entry(self, one: KnownFinding) -> NewEntry:
        row = one.row
        facts = {
            "title": row.problem,
            "source": source_in_words(row.source),
            "items": row.item,
            "to": one.unit,
            "due": one.cycle.due,
        }
        given = {name: value for name, value in facts.items() if value}
        return NewEntry(self._by, "finding-raise", row.code, given)


def _ids(session: Session, campaign_id: int, codes: Collection[str]) -> dict[str, int]:
    query = select(RaisedFinding.code, RaisedFinding.id).where(
        RaisedFinding.campaign_id == campaign_id, col(RaisedFinding.code).in_(codes)
    )
    return {code: finding_id or 0 for code, finding_id in session.exec(query)}


def _numbers(session: Session, campaign_id: int) -> dict[str, int]:
    """Return the last number of each letter; rows are never taken out, so there is no gap."""
    query = select(RaisedFinding.kind, func.count()).where(RaisedFinding.campaign_id == campaign_id)
    last = {kind.letter: 0 for kind in FindingKind}
    for kind, count in session.exec(query.group_by(col(RaisedFinding.kind))):
        last[FindingKind(kind).letter] += count
    return last
