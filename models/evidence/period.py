"""The evaluation period of a campaign: set, read from the plan, and pieces judged by it again."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from models.audit.chain import NewEntry, record
from models.campaign.campaign import Campaign
from models.database import found_as
from models.errors import ProgressError
from models.evidence.aligning import Cause, Rejudged, StandingMark, align_marks
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.evidence.findings import Finding
from models.rules.evidence.period import (
    OUTSIDE,
    Period,
    StatedPeriod,
    evaluation_faults,
    period_findings,
    period_words,
    stated_periods,
)
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


_NEWEST = """
    SELECT r.id, e.id AS evidence_id, r.sha256, r.file_name, r.media, e.fact_on
    FROM evidence e JOIN evidence_revision r ON r.evidence_id = e.id AND r.number = e.latest
    WHERE e.campaign_id = :campaign AND NOT e.withdrawn
    ORDER BY e.number"""


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
    cause = Cause(f"评估期改为 {period_words(period)}", by, moment)
    done = judge_again(session, id_, dated_revisions(session, id_), taken, (period, cause))
    facts = {
        "old": period_words(old),
        "new": period_words(period),
        "added": done.added,
        "lapsed": done.lapsed,
    }
    record(session, id_, moment, NewEntry(by, "period-set", campaign.label, facts))
    return done


def judge_again(
    session: Session,
    campaign_id: int,
    revisions: Sequence[DatedRevision],
    taken: Mapping[int, date | None],
    why: tuple[Period, Cause],
) -> Rejudged:
    """Bring the marks of ``revisions`` in line with a period: three statements, whatever their number.

    What a person judged is kept and not asked again on the same side of the period; a picture that was
    not looked at, and whose fact has no day, keeps what it has.
    """
    period, cause = why
    wanted = {
        one.id: period_findings(one.fact_on, taken.get(one.id), period)
        for one in revisions
        if one.fact_on is not None or one.id in taken
    }
    return align_marks(session, campaign_id, {OUTSIDE}, wanted, cause, _speaks_of)


def _speaks_of(mark: StandingMark, finding: Finding) -> bool:
    """Say whether a mark says the same, or was judged for lying on the same side of a period."""
    return mark.detail == finding.detail or bool(
        mark.verdict
        and any(side in mark.detail and side in finding.detail for side in ("早于", "晚于"))
    )
