"""Take the answers of a survey in as counts, and say what they come to by strata."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, delete, func, select

from models.keys import key_of
from models.rules.surveys.intervals import (
    Interval,
    StratumShare,
    Weighted,
    stratum_interval,
    weighted_share,
)
from models.rules.surveys.outlines import Asked
from models.rules.surveys.words import CallResult
from models.surveys.survey import (
    CALLS,
    Survey,
    SurveyCount,
    SurveyRemark,
    SurveyStratum,
    questions_of,
    strata_of,
)

Place = tuple[int, str, int, str]  # stratum, caller, question, answer


@dataclass(frozen=True, slots=True)
class SpokenRemark:
    """What somebody of a stratum said besides, masked; whose list it stood on."""

    stratum_id: int
    caller: str
    text: str


@dataclass(frozen=True, slots=True)
class QuestionOutcome:
    """What a question came to: weighted over all, and each stratum's own share (None: too few answers)."""

    asked: Asked
    counts: Mapping[str, int]
    weighted: Weighted
    strata: tuple[tuple[str, StratumShare, Interval | None], ...]


@dataclass(frozen=True, slots=True)
class SurveyOutcome:
    """What a survey came to: how the calls went, and each question. ``score`` of 100 is None where too few answered."""

    calls: Mapping[CallResult, int]
    sampled: int
    questions: tuple[QuestionOutcome, ...]
    remarks: int

    @property
    def made(self) -> int:
        """Return how many calls were made."""
        return sum(self.calls.values())

    @property
    def answered(self) -> int:
        """Return how many of them were answered to the end."""
        return self.calls.get(CallResult.ANSWERED, 0)

    @property
    def score(self) -> float | None:
        """Return the mean of the questions' weighted shares by their weights, of 100."""
        shares = [(one.asked.weight, one.weighted.interval) for one in self.questions]
        if not shares or any(interval is None for _, interval in shares):
            return None
        total = sum(weight for weight, _ in shares)
        return 100 * sum(weight * interval.share for weight, interval in shares if interval) / total


def standing_calls(session: Session, survey: Survey) -> dict[str, int]:
    """Return how many calls each caller's list has brought so far."""
    query = select(SurveyCount.caller, func.sum(SurveyCount.count)).where(
        SurveyCount.survey_id == key_of(survey), SurveyCount.question == CALLS
    )
    return {caller: int(n) for caller, n in session.exec(query.group_by(SurveyCount.caller))}


def store_counts(
    session: Session, survey: Survey, counts: Mapping[Place, int], remarks: Sequence[SpokenRemark]
) -> int:
    """Make ``counts`` what the lists of the callers named in them say, whole; return how many rows changed.

    Lists of other callers stay. Repeatable. The caller writes the entry.
    """
    callers = {caller for _, caller, _, _ in counts}
    query = select(SurveyCount).where(
        SurveyCount.survey_id == key_of(survey), col(SurveyCount.caller).in_(callers)
    )
    rows = {
        (one.stratum_id, one.caller, one.question, one.answer): one for one in session.exec(query)
    }
    changed = 0
    for place in rows.keys() | counts.keys():
        row, count = rows.get(place), counts.get(place, 0)
        if row is None:
            stratum, caller, question, answer = place
            row = SurveyCount(
                survey_id=key_of(survey), stratum_id=stratum, caller=caller, question=question,
                answer=answer, count=count,
            )  # fmt: skip
        elif row.count == count:
            continue
        row.count = count
        session.add(row)
        changed += 1
    session.flush()
    return changed + _store_remarks(session, survey, callers, remarks)


def _store_remarks(
    session: Session, survey: Survey, callers: Collection[str], remarks: Sequence[SpokenRemark]
) -> int:
    where = (col(SurveyRemark.survey_id) == key_of(survey), col(SurveyRemark.caller).in_(callers))
    query = select(SurveyRemark).where(*where).order_by(col(SurveyRemark.position))
    standing = [SpokenRemark(one.stratum_id, one.caller, one.text) for one in session.exec(query)]
    if standing == list(remarks):
        return 0
    session.connection().execute(delete(SurveyRemark).where(*where))
    session.expire_all()
    session.add_all(
        SurveyRemark(
            survey_id=key_of(survey), stratum_id=one.stratum_id, caller=one.caller,
            position=n, text=one.text,
        )
        for n, one in enumerate(remarks, 1)
    )  # fmt: skip
    session.flush()
    return len(Counter(remarks) - Counter(standing)) + len(Counter(standing) - Counter(remarks))


def remarks_of(session: Session, survey: Survey) -> list[tuple[str, str]]:
    """Return what was said besides, each with its stratum, in the order of strata; masked."""
    names = {key_of(one): one.name for one in strata_of(session, survey)}
    query = select(SurveyRemark).where(SurveyRemark.survey_id == key_of(survey))
    order = (col(SurveyRemark.stratum_id), col(SurveyRemark.caller), col(SurveyRemark.position))
    return [
        (names.get(one.stratum_id, ""), one.text) for one in session.exec(query.order_by(*order))
    ]


def survey_outcome(session: Session, survey: Survey) -> SurveyOutcome:
    """Return what a survey came to so far, weighted by the population of its strata. Four statements."""
    strata = strata_of(session, survey)
    answer = (col(SurveyCount.question), col(SurveyCount.stratum_id), col(SurveyCount.answer))
    query = select(*answer, func.sum(SurveyCount.count)).where(
        SurveyCount.survey_id == key_of(survey)
    )
    found: dict[int, dict[tuple[int, str], int]] = {}
    for number, stratum, said, count in session.exec(query.group_by(*answer)):
        if count:
            found.setdefault(number, {})[stratum, said] = int(count)
    calls: Counter[CallResult] = Counter()
    for (_, said), count in found.get(CALLS, {}).items():
        calls[CallResult(said)] += count
    questions = tuple(
        _outcome(survey, one.asked, strata, found.get(one.number, {}))
        for one in questions_of(session, survey)
    )
    remarks = session.exec(
        select(func.count()).where(SurveyRemark.survey_id == key_of(survey))
    ).one()
    return SurveyOutcome(calls, sum(one.sampled for one in strata), questions, remarks)


def _outcome(
    survey: Survey,
    asked: Asked,
    strata: Sequence[SurveyStratum],
    counts: Mapping[tuple[int, str], int],
) -> QuestionOutcome:
    counted = [one for one in asked.answers if one not in asked.aside]
    shares = [
        StratumShare(
            one.population,
            sum(counts.get((key_of(one), said), 0) for said in asked.good),
            sum(counts.get((key_of(one), said), 0) for said in counted),
        )
        for one in strata
    ]
    totals: Counter[str] = Counter()
    for (_, said), count in counts.items():
        totals[said] += count
    lines = tuple(
        (one.name, share, stratum_interval(share, survey.confidence))
        for one, share in zip(strata, shares, strict=True)
    )
    return QuestionOutcome(
        asked,
        {one: totals[one] for one in asked.answers},
        weighted_share(shares, survey.confidence),
        lines,
    )
