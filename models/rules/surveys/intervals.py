"""How sure a share is: the Wilson interval, and the share of strata weighted by their population."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from models.rules.surveys.samples import sample_size, z_of

LEAST_OF_A_STRATUM = 30  # answers; of fewer the interval is wider than ±17 points and says nothing
LEAST_IN_ALL = (
    100  # valid forms a city, as the yearly assessment of China University of Political Science has
)
OF_FEW_PEOPLE = 5.0  # percentage points
MOST_UNHEARD = (
    0.05  # of the population in strata without an answer; above that nothing is said of all
)


@dataclass(frozen=True, slots=True)
class Interval:
    """A share between 0 and 1, and from where to where it may lie."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class StratumShare:
    """What a stratum answered: so many of so many who have an opinion; how many people it holds."""

    population: int
    good: int
    answers: int


@dataclass(frozen=True, slots=True)
class Weighted:
    """A weighted share, None where there are too few answers; ``why`` says so in words.

    ``unheard`` is the part of the population whose strata have no answer.
    """

    interval: Interval | None
    answers: int
    unheard: float
    why: str = ""


def wilson(good: float, answers: float, confidence: float = 95) -> Interval:
    """Return the score interval of Wilson (1927) for ``good`` of ``answers``, without correction.

    Newcombe 1998 (Statistics in Medicine 17, table I, method 3) prints it: 81 of 263 is 0.2553 to
    0.3662. Raises ValueError for no answer.
    """
    if answers <= 0:
        raise ValueError("no answers")
    z, share = z_of(confidence), good / answers
    wide = 1 + z * z / answers
    middle = (share + z * z / (2 * answers)) / wide
    reach = z / wide * sqrt(share * (1 - share) / answers + z * z / (4 * answers * answers))
    low = 0.0 if good <= 0 else max(0.0, middle - reach)
    high = 1.0 if good >= answers else min(1.0, middle + reach)
    return Interval(share, low, high)


def stratum_interval(one: StratumShare, confidence: float = 95) -> Interval | None:
    """Return the interval of a stratum, None where it has too few answers to say anything."""
    if one.answers < LEAST_OF_A_STRATUM:
        return None
    return wilson(one.good, one.answers, confidence)


def weighted_share(strata: Sequence[StratumShare], confidence: float = 95) -> Weighted:
    """Return the share of all strata, each weighing as much as its population.

    The interval is Wilson's for the effective number of answers 1 / Σ(W² / n) (Kish 1965, 8.2): where
    few were asked in a large stratum it is wide, and never narrower than of so many answers drawn from
    all. No correction for a finite population, which would only make it narrower. A stratum without
    an answer weighs nothing; where such strata hold more than a twentieth of the people, or there are
    too few answers in all, there is no number but the reason. Of so few people that a sample of ±5 points
    is smaller than `LEAST_IN_ALL` (of 90 it is 74) as many as that are enough.
    """
    people = sum(one.population for one in strata)
    heard = [one for one in strata if one.answers and one.population]
    answers, held = sum(one.answers for one in heard), sum(one.population for one in heard)
    unheard = 1 - held / people if people else 1.0
    least = min(LEAST_IN_ALL, sample_size(people, OF_FEW_PEOPLE, confidence)) or LEAST_IN_ALL
    if answers < least:
        why = f"有效答卷 {answers} 份，不到 {least} 份"
        return Weighted(None, answers, unheard, why)
    if unheard > MOST_UNHEARD:
        why = f"没有答卷的层占人口的 {unheard:.0%}"
        return Weighted(None, answers, unheard, why)
    weights = [one.population / held for one in heard]
    pairs = list(zip(weights, heard, strict=True))
    share = sum(weight * one.good / one.answers for weight, one in pairs)
    effective = 1 / sum(weight * weight / one.answers for weight, one in pairs)
    if effective < LEAST_OF_A_STRATUM:
        why = f"各层答卷与人口相差太大，只相当于 {effective:.0f} 份"
        return Weighted(None, answers, unheard, why)
    return Weighted(wilson(share * effective, effective, confidence), answers, unheard)
