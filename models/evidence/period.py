"""The evaluation period of a campaign: set, read from the plan, and pieces judged by it again."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from models.audit.chain import NewEntry, record
from models.campaign.campaign import Campaign
from models.database import found_as
from models.errors import ProgressError
from models.evidence.evidence import EvidenceMark
from models.evidence.outcomes import Handed
from models.keys import key_of
from models.loading.merge import write_rows
from models.rules.calendar.moment import Moment
from models.rules.evidence.period import (
    OUTSIDE,
    Period,
    StatedPeriod,
    evaluation_faults,
    period_findings,
    period_words,
    stated_periods,
)
from models.rules.evidence.words import Verdict
from models.rules.words import post_fault


def period_of_campaign(campaign: Campaign) -> Period:
    """Return the evaluation period; open at both ends where none was set."""
    return campaign.evaluated_from, campaign.evaluated_until


def periods_in_plan(campaign: Campaign) -> list[StatedPeriod]:
    """Return the evaluation periods that the words of the plan state, as it was loaded."""
    return stated_periods(_texts(json.loads(campaign.plan_json or "{}")))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


@dataclass(frozen=True, slots=True)
class DatedRevision:
    """The newest revision of a piece that counts, with the day of its fact; a picture may have its own."""

    id: int
    evidence_id: int
    sha256: str
    file_name: str
    media: str
    fact_on: date | None


@dataclass(frozen=True, slots=True)
class PeriodMark:
    """A mark that says of a revision that it lies outside the period."""

    id: int
    revision_id: int
    detail: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Rejudged:
    """How many marks were made, and how many that nobody had judged no longer hold."""

    added: int = 0
    lapsed: int = 0


_NEWEST = """
    SELECT r.id, e.id AS evidence_id, r.sha256, r.file_name, r.media, e.fact_on
    FROM evidence e JOIN evidence_revision r ON r.evidence_id = e.id AND r.number = e.latest
    WHERE e.campaign_id = :campaign AND NOT e.withdrawn
    ORDER BY e.number"""
_MARKS = """
    SELECT m.id, m.revision_id, m.detail, m.verdict
    FROM evidence_mark m
    JOIN evidence_revision r ON r.id = m.revision_id
    JOIN evidence e ON e.id = r.evidence_id AND e.latest = r.number
    WHERE e.campaign_id = :campaign AND m.check_id = 'outside-period' AND m.verdict <> 'lapsed'
    ORDER BY m.id"""


def dated_revisions(session: Session, campaign_id: int) -> list[DatedRevision]:
    """Return the newest revisions of all pieces that count, by number; one statement."""
    return found_as(session, DatedRevision, _NEWEST, {"campaign": campaign_id})


def set_period(
    session: Session,
    campaign: Campaign,
    period: Period,
    taken: Mapping[int, date | None],
    by_post: str,
    moment: Moment,
) -> Rejudged | None:
    """Let ``period`` be what facts are held against, and judge the pieces that are there by it.

    ``taken`` are the days of photographs by revision, for pieces that name no day. None where it is the
    period already: nothing is written. Raises ProgressError with every fault.
    """
    faults = evaluation_faults(period)
    if fault := post_fault(by_post, "设置评估期"):
        faults.append(fault)
    if faults:
        raise ProgressError("；".join(faults))
    old = period_of_campaign(campaign)
    if old == period:
        return None
    campaign.evaluated_from, campaign.evaluated_until = period
    session.flush()
    by, id_ = by_post.strip(), key_of(campaign)
    why = f"评估期改为 {period_words(period)}"
    done = judge_again(
        session, id_, dated_revisions(session, id_), taken, (period, by, why, moment)
    )
    facts = {
        "old": period_words(old),
        "new": period_words(period),
        "added": done.added,
        "lapsed": done.lapsed,
    }
    record(session, id_, moment, NewEntry(by, "period-set", campaign.label, facts))
    return done


def judge_described(
    session: Session, campaign_id: int, pieces: Collection[int], handed: Handed
) -> None:
    """Hold pieces whose fact was given another day against the period again."""
    if pieces:
        dated = [one for one in dated_revisions(session, campaign_id) if one.evidence_id in pieces]
        why = handed.period, handed.by_post, "事实发生日期已更正", handed.moment
        judge_again(session, campaign_id, dated, {}, why)


def judge_again(
    session: Session,
    campaign_id: int,
    revisions: Sequence[DatedRevision],
    taken: Mapping[int, date | None],
    why: tuple[Period, str, str, Moment],
) -> Rejudged:
    """Bring the marks of ``revisions`` in line with a period: three statements, whatever their number.

    ``why`` is the period, who changed what it is judged by, in what words and when. What a person judged
    is kept and not asked again on the same side of the period; a mark that nobody judged and that no
    longer holds says so; a picture that was not looked at keeps what it has.
    """
    period, by, words, moment = why
    there: dict[int, list[PeriodMark]] = {}
    for mark in found_as(session, PeriodMark, _MARKS, {"campaign": campaign_id}):
        there.setdefault(mark.revision_id, []).append(mark)
    fresh: list[dict[str, Any]] = []
    lapsed: list[dict[str, Any]] = []
    for one in revisions:
        if one.fact_on is None and one.id not in taken:
            continue
        details = [
            found.detail for found in period_findings(one.fact_on, taken.get(one.id), period)
        ]
        marks = there.get(one.id, [])
        lapsed += [
            {"row": mark.id, "verdict": Verdict.LAPSED, "why": words}
            | {"judged_by": by, "judged_at": moment.now}
            for mark in marks
            if not mark.verdict and mark.detail not in details
        ]
        fresh += [
            {**_OPEN, "revision_id": one.id, "detail": detail}
            for detail in details
            if not any(_speaks_of(mark, detail) for mark in marks)
        ]
    write_rows(session, EvidenceMark, lapsed)
    if fresh:
        session.connection().execute(insert(EvidenceMark), fresh)
    return Rejudged(len(fresh), len(lapsed))


def _speaks_of(mark: PeriodMark, detail: str) -> bool:
    """Say whether a mark says the same, or was judged for lying on the same side of a period."""
    return mark.detail == detail or bool(
        mark.verdict and any(side in mark.detail and side in detail for side in ("早于", "晚于"))
    )


_OPEN: Mapping[str, Any] = {
    "check_id": OUTSIDE,
    "other_id": None,
    "measure": None,
    "verdict": "",
    "judged_by": "",
    "judged_at": None,
    "why": "",
}
