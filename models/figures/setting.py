"""Score indicators: by units, by the office, in a mock assessment; with deductions and their reasons.

The score of an indicator is that of its parts too, so that whoever counts parts (a gate, a ledger)
and whoever counts indicators say the same:

* The office speaks for the indicator: every part that has no score, or the indicator's former one,
  takes the new one. What a unit said of its own part stays.
* A unit speaks for its own part. The unit that leads the indicator answers for all of it, so its
  self score is the indicator's, and fills in the parts of those that help and have none. Where
  several units lead, each speaks for itself, and the lowest of their scores is the indicator's.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, select

from models.audit.chain import NewEntry, lock_chain, record_all
from models.campaign.work import Assignment
from models.errors import PlanError
from models.figures.score import Deduction, Score
from models.figures.score_faults import (
    Key,
    NewDeduction,
    NewScore,
    left_of,
    row_of,
    says_new,
    score_faults,
)
from models.figures.standing import (
    COLUMNS,
    PartScores,
    Standing,
    leads_in,
    standing_scores,
)
from models.loading.merge import write_rows
from models.rules.calendar.moment import Moment
from models.rules.figures.points import part_follows_score
from models.rules.figures.words import ScoreKind


@dataclass(frozen=True, slots=True)
class Settled:
    """What a score comes to: points after deductions (None: taken back), what is said of it, and by whom."""

    points: float | None
    note: str
    by_post: str = ""  # where that is not whoever registers all of them


def set_scores(
    session: Session,
    campaign_id: int,
    scores: Sequence[NewScore],
    by_post: str,
    moment: Moment,
    deductions: Sequence[NewDeduction] = (),
) -> int:
    """Register ``scores`` and ``deductions``; return how many say something new.

    Deductions of an indicator make its score: its points less what is taken off, never below the
    floor. A score that is given beside them must be that. Repeatable; the chain keeps what was before.
    Two clerks at once wait for each other. A constant number of statements.

    Raises PlanError with every fault; nothing is written then.
    """
    lock_chain(session)
    standing = standing_scores(session, campaign_id)
    if faults := score_faults(session, campaign_id, standing, (scores, deductions, by_post)):
        raise PlanError("得分", faults)
    by = by_post.strip()
    said: list[NewEntry] = []
    changed: dict[int, PartScores] = {}
    of_units = _by_units(standing, scores, by, said, changed)
    wanted = of_units | {(one.indicator_id, one.kind): one for one in scores if one.unit_id is None}
    offs: dict[Key, list[NewDeduction]] = {}
    for off in deductions:
        offs.setdefault((off.indicator_id, off.kind), []).append(off)
    settled = {
        key: found
        for key in dict.fromkeys([*wanted, *offs])
        if (found := _settled(standing, key, wanted.get(key), offs.get(key, ())))
    }
    _carry_to_parts(standing, settled, changed, own=of_units.keys())
    ids = _store_scores(session, campaign_id, standing, settled, (by, moment))
    _store_deductions(session, standing, offs, ids)
    for key in dict.fromkeys([*settled, *offs]):
        said += _entries(standing, key, settled.get(key), (offs.get(key, ()), by))
    _store_parts(session, changed)
    return record_all(session, campaign_id, moment, said)


def _by_units(
    standing: Standing,
    scores: Iterable[NewScore],
    by: str,
    said: list[NewEntry],
    changed: dict[int, PartScores],
) -> dict[Key, NewScore]:
    """Set what units say of their own parts; return the scores that lead units so give to indicators."""
    wanted: dict[Key, NewScore] = {}
    for new in (one for one in scores if one.unit_id is not None):
        line, parts = standing.lines[new.indicator_id], standing.parts[new.indicator_id]
        for part in (one for one in parts if one.unit_id == new.unit_id):
            old, points = part.scores[new.kind], None if new.withdraw else new.points
            if old != points:
                part.scores[new.kind] = points
                changed[part.id] = part
                column = COLUMNS[new.kind]
                facts = {"old": {column: old}, "new": {column: points}}
                post = new.by_post or by
                said.append(NewEntry(post, "scored", f"{line.code}/{part.unit}", facts))
            if leads_in(part, parts):
                own = [one.scores[new.kind] for one in parts if leads_in(one, parts)]
                given = [score for score in own if score is not None]
                lowest = min(given, default=None)
                wanted[new.indicator_id, new.kind] = NewScore(
                    new.indicator_id,
                    new.kind,
                    lowest,
                    new.note,
                    withdraw=lowest is None,
                    by_post=new.by_post,
                )
    return wanted


def _settled(
    standing: Standing, key: Key, wanted: NewScore | None, offs: Sequence[NewDeduction]
) -> Settled | None:
    """Return what a score comes to, None where that is what stands."""
    old = standing.scores.get(key)
    before = old if old and not old.withdrawn else None
    if wanted and wanted.withdraw:
        return Settled(None, (wanted.note or "").strip(), wanted.by_post) if before else None
    points = left_of(standing, key, offs)
    if points is None:
        points = wanted.points if wanted and wanted.points is not None else None
    if points is None:  # the last deduction is taken back: the whole is left
        line = standing.lines[key[0]]
        points = float(line.possible) if offs and line.possible is not None else None
    if points is None:
        return None
    note = before.note if before else ""
    if wanted and wanted.note is not None:
        note = wanted.note.strip()
    same = before and (before.points, before.note) == (points, note)
    return None if same else Settled(points, note, wanted.by_post if wanted else "")


def _carry_to_parts(
    standing: Standing,
    settled: Mapping[Key, Settled],
    changed: dict[int, PartScores],
    own: Collection[Key],
) -> None:
    """Give the parts their indicator's score; of ``own``, which units gave, not to others that lead."""
    for (indicator, kind), new in settled.items():
        old, parts = standing.scores.get((indicator, kind)), standing.parts.get(indicator, [])
        former = old.points if old and not old.withdrawn else None
        for part in parts:
            if (indicator, kind) in own and leads_in(part, parts):
                continue
            score = part.scores[kind]
            if score != new.points and part_follows_score(score, former):
                part.scores[kind] = new.points
                changed[part.id] = part


def _store_scores(
    session: Session,
    campaign_id: int,
    standing: Standing,
    settled: Mapping[Key, Settled],
    said: tuple[str, Moment],
) -> dict[Key, int]:
    """Write the scores; return the row of each."""
    by, moment = said
    fresh: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for (indicator, kind), new in settled.items():
        post = new.by_post or by
        row = {"by_post": post, "at": moment.now, "note": new.note, "withdrawn": new.points is None}
        old = standing.scores.get((indicator, kind))
        points = new.points if new.points is not None else old.points if old else 0.0
        if old:
            changed.append({"row": old.id, "points": points, **row})
        else:
            keys = {"campaign_id": campaign_id, "indicator_id": indicator, "kind": kind.value}
            fresh.append({**keys, "points": points, **row})
    write_rows(session, Score, changed)
    if fresh:
        session.connection().execute(insert(Score), fresh)
    query = select(Score.id, Score.indicator_id, Score.kind).where(Score.campaign_id == campaign_id)
    kinds = {kind.value: kind for kind in ScoreKind}
    return {(indicator, kinds[kind]): id_ or 0 for id_, indicator, kind in session.exec(query)}


def _store_deductions(
    session: Session,
    standing: Standing,
    offs: Mapping[Key, Sequence[NewDeduction]],
    ids: Mapping[Key, int],
) -> None:
    fresh: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for key, of_key in offs.items():
        for off in says_new(standing, of_key):
            old = row_of(standing, off)
            if old:
                changed.append({"row": old.id, **off.facts})
            else:
                fresh.append({"score_id": ids[key], **off.facts})
    write_rows(session, Deduction, changed)
    if fresh:
        session.connection().execute(insert(Deduction), fresh)


def _entries(
    standing: Standing, key: Key, new: Settled | None, said: tuple[Sequence[NewDeduction], str]
) -> list[NewEntry]:
    offs, by = said
    by = new.by_post or by if new else by
    old = standing.scores.get(key)
    before = {"points": old.points, "note": old.note} if old and not old.withdrawn else {}
    after = {"points": new.points, "note": new.note} if new else before
    taken = [
        {name: value for name, value in off.facts.items() if value not in (None, False)}
        for off in says_new(standing, offs)
    ]
    if not new and not taken:
        return []
    facts: dict[str, object] = {"kind": key[1].chinese, "old": before, "new": after}
    if taken:
        facts["deductions"] = taken
    return [NewEntry(by, "scored", standing.lines[key[0]].code, facts)]


def _store_parts(session: Session, changed: Mapping[int, PartScores]) -> None:
    rows = [
        {"row": part.id, **{COLUMNS[kind]: points for kind, points in part.scores.items()}}
        for part in changed.values()
    ]
    write_rows(session, Assignment, rows)
