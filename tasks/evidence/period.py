"""The evaluation period as the office sets it; pieces that are in already are judged again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from models.campaign.campaign import looking_at, writing_to
from models.evidence.period import (
    DatedRevision,
    dated_revisions,
    period_of_campaign,
    periods_in_plan,
    set_period,
)
from models.evidence.vault.keeping import is_kept, read_kept
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.evidence.period import Period, StatedPeriod, period_words
from models.rules.evidence.suffixes import PICTURES
from tasks.evidence.examining.examine import LARGEST, examine

UNSET = "没有设评估期，材料的日期不作限制；设置：shifan campaign period --from 日期 --until 日期"


@dataclass(frozen=True, slots=True)
class PeriodNow:
    """The period that was set, and those that the plan's words state."""

    label: str
    period: Period
    stated: Sequence[StatedPeriod]


def evaluation_period(slug: str | None) -> PeriodNow:
    """Return the evaluation period of a campaign and what its plan says of one."""
    with looking_at(slug) as (_, campaign):
        return PeriodNow(campaign.label, period_of_campaign(campaign), periods_in_plan(campaign))


def period_in_words(now: PeriodNow) -> list[str]:
    """Return what stands, and what the plan states and a person has not confirmed, a line each."""
    said = [f"{now.label}：评估期 {period_words(now.period)}" if any(now.period) else UNSET]
    for one in now.stated:
        if one.period != now.period:
            first, last = one.period
            days = " ".join(
                f"--{word} {day}" for word, day in (("from", first), ("until", last)) if day
            )
            said.append(
                f"方案里写着“{one.sentence}”，读作 {period_words(one.period)}；"
                f"核对无误后运行 shifan campaign period {days} --by 创建办"
            )
    return said


def change_period(slug: str | None, period: Period, by_post: str, moment: Moment) -> str:
    """Set the evaluation period; return what came of it in one line.

    Photographs of which nobody said a day are looked at again before anything is written; the period, the
    marks that are new and those that no longer hold are written in one transaction. The same again changes
    nothing. Raises ProgressError with every fault.
    """
    with looking_at(slug) as (session, campaign):
        same = period_of_campaign(campaign) == period
        undated = [] if same else _undated(dated_revisions(session, key_of(campaign)))
    taken = dict(_taken_on(undated))
    with writing_to(slug) as (session, campaign):
        done = set_period(session, campaign, period, taken, by_post, moment)
        label = campaign.label
    words = period_words(period)
    if done is None:
        return f"{label}：评估期已经是 {words}，没有变化"
    changed = []
    if done.added:
        changed.append(f"新标记 {done.added} 份材料不在评估期内，见 shifan evidence list --marked")
    if done.lapsed:
        changed.append(f"{done.lapsed} 个没有认定的标记不再适用")
    return f"{label}：评估期设为 {words}；{'；'.join(changed) or '已报的材料没有新的标记'}"


def _undated(revisions: Sequence[DatedRevision]) -> list[DatedRevision]:
    return [
        one
        for one in revisions
        if one.fact_on is None and one.media in PICTURES and is_kept(one.sha256)
    ]


def _taken_on(undated: Sequence[DatedRevision]) -> Iterator[tuple[int, date | None]]:
    """Yield the day each photograph was taken, by revision; one at a time is in memory."""
    seen = examine((one.file_name, read_kept(one.sha256, LARGEST)) for one in undated)
    yield from ((one.id, found.taken_on) for one, found in zip(undated, seen, strict=True))
