"""The marks of reviewers: kept by item, reviewer and criterion, and what they come to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import insert
from sqlmodel import Session, col, select

from models.assessment.drawing import criteria_of, items_of
from models.assessment.drill import DrawnItem, Drill, DrillDraw, ItemMark
from models.assessment.entries import record_method
from models.assessment.workpapers import require_unlocked
from models.audit.chain import lock_chain
from models.errors import CampaignError
from models.keys import key_of
from models.loading.merge import write_rows
from models.rules.assessment.criteria import Criterion
from models.rules.assessment.marking import SETTLED, Judged, ReviewMark, judged, mean_of
from models.rules.assessment.words import Method, ReviewOutcome
from models.rules.calendar.moment import Moment
from models.rules.words import post_fault

Marks = Mapping[int, Mapping[str, Sequence[ReviewMark]]]  # by item, then by reviewer


@dataclass(frozen=True, slots=True)
class NewMark:
    """What a reviewer says of an item by one criterion."""

    item_id: int
    mark: ReviewMark


@dataclass(frozen=True, slots=True)
class JudgedItem:
    """A drawn item, what it was looked at by, what it came to, and what was missed, in words."""

    item: DrawnItem
    criteria: Sequence[Criterion]
    judged: Judged
    faults: Sequence[str] = ()


def keep_marks(
    session: Session,
    drill: Drill,
    method: Method,
    marks: Sequence[NewMark],
    said: tuple[str, Moment],
    by: str = "",
) -> int:
    """Keep the marks of the reviewer that ``said`` names, and return how many are new. Repeatable.

    ``by`` had them written down where that is somebody else: who ran the machine.

    A corrected mark takes the place of the old one, which the chain keeps. Raises CampaignError for a
    name where a post belongs, and where the workpaper is locked.
    """
    reviewer, moment = said[0].strip(), said[1]
    lock_chain(session)
    require_unlocked(session, drill, method)
    if fault := post_fault(reviewer, "评查"):
        raise CampaignError(fault)
    standing = _standing(session, {one.item_id for one in marks}, reviewer)
    fresh: list[dict[str, object]] = []
    changed: list[dict[str, object]] = []
    for new in marks:
        values = _values(new.mark) | {"at": moment.now}
        old = standing.get((new.item_id, new.mark.criterion))
        if old is None:
            keys = {"item_id": new.item_id, "reviewer": reviewer}
            fresh.append(keys | {"criterion": new.mark.criterion} | values)
        elif (old.outcome, old.count, old.note) != tuple(_values(new.mark).values()):
            changed.append({"row": old.id} | values)
    if fresh:
        session.connection().execute(insert(ItemMark), fresh)
    write_rows(session, ItemMark, changed)
    count = len(fresh) + len(changed)
    if count:
        facts = {"rows": count, "items": len({one.item_id for one in marks})}
        record_method(session, drill, (by or reviewer, "drill-marked", method), facts, moment)
    return count


def withdraw_marks(
    session: Session, drill: Drill, draw: DrillDraw, reviewer: str, said: tuple[str, str, Moment]
) -> int:
    """Take the marks of ``reviewer`` back, loaded under the wrong name or by mistake; return how many.

    Their rows stay, empty, and the chain keeps what they said. ``said`` is by whom, why and when.
    Raises CampaignError where there is none, and where the workpaper is locked.
    """
    by, reason, moment = said
    method = Method(draw.method)
    lock_chain(session)
    require_unlocked(session, drill, method)
    if fault := post_fault(by, "撤回") or ("" if reason.strip() else "没有写明为什么撤回"):
        raise CampaignError(fault)
    marks = marks_of(session, key_of(draw))
    if not (count := sum(len(own.get(reviewer.strip(), ())) for own in marks.values())):
        known = "、".join(dict.fromkeys(name for own in marks.values() for name in own))
        have = f"登记过的有：{known}" if known else "还没有人登记"
        raise CampaignError(
            f"{drill.code} {method.chinese}没有{reviewer.strip()}登记的记录，{have}"
        )
    rows = _standing(session, marks, reviewer.strip()).values()
    empty = _values(ReviewMark("")) | {"at": moment.now}
    write_rows(session, ItemMark, [{"row": one.id} | empty for one in rows])
    facts = {"reviewer": reviewer.strip(), "rows": count, "reason": reason.strip()}
    record_method(session, drill, (by, "drill-marks-withdrawn", method), facts, moment)
    return count


def _values(mark: ReviewMark) -> dict[str, object]:
    return {"outcome": mark.outcome, "count": mark.count, "note": mark.note}


def _standing(
    session: Session, items: Iterable[int], reviewer: str
) -> dict[tuple[int, str], ItemMark]:
    query = select(ItemMark).where(
        col(ItemMark.item_id).in_(sorted(items)), ItemMark.reviewer == reviewer
    )
    return {(one.item_id, one.criterion): one for one in session.exec(query)}


def marks_of(session: Session, draw_id: int) -> Marks:
    """Return every mark of a draw that says something, by item and reviewer; one statement."""
    query = (
        select(ItemMark)
        .join(DrawnItem, col(DrawnItem.id) == ItemMark.item_id)
        .where(DrawnItem.draw_id == draw_id)
        .where((col(ItemMark.outcome) != "") | col(ItemMark.count).is_not(None))
        .order_by(col(ItemMark.id))
    )
    found: dict[int, dict[str, list[ReviewMark]]] = {}
    for one in session.exec(query):
        mark = ReviewMark(one.criterion, one.outcome, one.count, one.note)
        found.setdefault(one.item_id, {}).setdefault(one.reviewer, []).append(mark)
    return found


def judged_items(session: Session, draw: DrillDraw) -> list[JudgedItem]:
    """Return what was drawn and what each came to, in the draw's order; two statements."""
    criteria = criteria_of(draw)
    marks = marks_of(session, key_of(draw))
    return [
        JudgedItem(item, own, judged(own, said), _missed(own, said))
        for item in items_of(session, key_of(draw))
        for own, said in [(criteria.get(item.sheet, []), marks.get(key_of(item), {}))]
    ]


def _missed(criteria: Sequence[Criterion], marks: Mapping[str, Sequence[ReviewMark]]) -> list[str]:
    """Return what was missed, each with the reviewers' notes: those of 合议 where there is one."""
    said = [marks[SETTLED]] if SETTLED in marks else list(marks.values())
    found = []
    for criterion in criteria:
        own = [
            one
            for reviewer in said
            for one in reviewer
            if one.criterion == criterion.code and one.outcome == ReviewOutcome.MISSED
        ]
        if own:
            notes = "、".join(dict.fromkeys(one.note for one in own if one.note))
            found.append(f"不符合“{criterion.text}”" + (f"（{notes}）" if notes else ""))
    return found


def scores_by_unit(items: Sequence[JudgedItem]) -> list[tuple[str, int, float | None]]:
    """Return each unit with how many of its items have a score and their mean, in the draw's order."""
    own: dict[str, list[float | None]] = {}
    for one in items:
        own.setdefault(one.item.unit, []).append(one.judged.score)
    return [
        (unit, sum(score is not None for score in scores), mean_of(scores))
        for unit, scores in own.items()
    ]
