"""The numbers of a survey taken in, and the call list drawn from them by the seed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from models.audit.chain import NewEntry, record
from models.errors import CampaignError, PlanError
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.surveys.samples import sample_size, shared_out, to_be_listed
from models.rules.surveys.seeds import drawn_order
from models.surveys.numbers import keep_numbers, kept_numbers
from models.surveys.survey import Survey, SurveyNumbers, numbers_row, strata_of
from models.surveys.survey_making import bring_row, require_undrawn, survey_name

CALLERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # without I and O, which look like figures


@dataclass(frozen=True, slots=True)
class SampledStratum:
    """A stratum with how many are to answer, and how many numbers its list needs."""

    id: int
    name: str
    population: int
    sampled: int
    listed: int


@dataclass(frozen=True, slots=True)
class Call:
    """A line of the call list: its code, its stratum, the number to be called."""

    caller: str
    code: str
    stratum_id: int
    number: str


def sample_lines(session: Session, survey: Survey) -> list[SampledStratum]:
    """Return how many of each stratum are to answer, and how many numbers that takes."""
    strata = strata_of(session, survey)
    held = [one.population for one in strata]
    size = sample_size(sum(held), survey.margin, survey.confidence)
    shares = shared_out(held, size, survey.least)
    return [
        SampledStratum(
            key_of(one), one.name, one.population, n, to_be_listed(n, one.population, survey.ratio)
        )
        for one, n in zip(strata, shares, strict=True)
    ]


def take_numbers(
    session: Session, survey: Survey, numbers: Mapping[int, Sequence[str]], by: str, moment: Moment
) -> SurveyNumbers:
    """Keep telephone numbers apart until their day, and write down how many there are; the caller empties older ones.

    The entry of the chain and the row hold the digest of the file, never a number. Raises CampaignError
    once the call list is drawn.
    """
    require_undrawn(survey, "号码")
    until = moment.today + timedelta(days=survey.keep_days)
    digest = keep_numbers(numbers, until)
    count = sum(map(len, numbers.values()))
    row = SurveyNumbers(
        survey_id=key_of(survey),
        count=count,
        digest=digest,
        taken_by=by,
        taken_at=moment.now,
        keep_until=until,
    )
    session.add(row)
    session.flush()
    facts = {"rows": count, "sha256": digest, "until": until.isoformat()}
    entry = NewEntry(by, "survey-numbers-taken", survey_name(survey), facts)
    record(session, survey.campaign_id, moment, entry)
    return row


def draw_calls(session: Session, survey: Survey, by: str, moment: Moment) -> list[Call]:
    """Draw the call list from the seed; the second time it is the same list.

    Each stratum gives at least twice as many numbers as answers are wanted (or everybody). Raises
    PlanError with every stratum that has too few numbers, NotFoundError where there are none.
    """
    row = numbers_row(session, survey)
    if row is None:
        raise CampaignError(
            f"{survey_name(survey)}还没有电话号码，请先运行 shifan survey numbers load"
        )
    numbers = kept_numbers(row.digest, row.keep_until)
    lines = sample_lines(session, survey)
    lacking = [
        f"{one.name}：要 {one.listed} 个号码（样本 {one.sampled} 人的 {survey.ratio} 倍），只有 {len(numbers.get(one.id, ()))} 个"
        for one in lines
        if len(numbers.get(one.id, ())) < one.listed
    ]
    if lacking or not lines:
        raise PlanError("电话号码", lacking or ["还没有分层，请先运行 shifan survey strata load"])
    calls = _calls(survey, lines, numbers)
    if survey.drawn_at is None:
        _write_draw(session, survey, lines, by, moment)
    return calls


def _calls(
    survey: Survey, lines: Sequence[SampledStratum], numbers: Mapping[int, Sequence[str]]
) -> list[Call]:
    """Return the list: the numbers of each stratum in the order of the seed, dealt out to the callers in turn."""
    picked = [
        (one.id, number)
        for one in lines
        for number in drawn_order(survey.seed, f"calls|{one.name}", numbers.get(one.id, ()))[
            : one.listed
        ]
    ]
    counts: dict[str, int] = {}
    calls = []
    for n, (stratum, number) in enumerate(picked):
        caller = CALLERS[n % survey.callers]
        counts[caller] = counts.get(caller, 0) + 1
        calls.append(Call(caller, f"{caller}{counts[caller]:04d}", stratum, number))
    return sorted(calls, key=lambda one: one.code)


def _write_draw(
    session: Session, survey: Survey, lines: Sequence[SampledStratum], by: str, moment: Moment
) -> None:
    rows = {key_of(one): one for one in strata_of(session, survey)}
    for one in lines:
        bring_row(session, rows[one.id], {"sampled": one.sampled, "listed": one.listed})
    survey.drawn_at = moment.now
    session.add(survey)
    session.flush()
    facts = {"seed": survey.seed, "rows": sum(one.listed for one in lines)}
    entry = NewEntry(by, "survey-drawn", survey_name(survey), facts)
    record(session, survey.campaign_id, moment, entry)
