"""How fast a campaign finishes what it owes: rates by phase, and how much faster or slower each unit is.

A discrete-time hazard with grouped, piecewise constant rates (D. R. Cox, Regression Models and Life-Tables,
1972; J. D. Kalbfleisch and R. L. Prentice, 1973, for the complementary log-log form that grouped days give), and
over its units a Gamma frailty (J. W. Vaupel et al., 1979) whose size is taken from the data: empirical Bayes on
rates as D. Clayton and J. Kaldor (1987) map rare events, so that a unit with few items is pulled to the whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from models.rules.foresight.timeline import PHASES, Numbers

Places = NDArray[np.int64]
ROUNDS = 12
SIZES = np.geomspace(0.15, 60.0, 40)  # of the frailty; the smaller the more units differ
WEIGHT = 10.0  # working days at risk: what the campaign's whole is worth in each phase
KIND_SIZE = 4.0  # items: the same of a kind
SLOW, FAST, FASTEST = (
    0.002,
    0.6,
    5.0,
)  # a working day: what no rate of a phase, and none of all, goes beyond


@dataclass(frozen=True, slots=True)
class Recent:
    """What was seen within some weeks, and what it is worth today (0 to 1): days at risk as in `Exposure`, who was done then."""

    worth: float
    days: Numbers
    done: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Exposure:
    """What was seen: of each item its unit and kind by number, days at risk in each phase, and where it was done.

    ``done`` is the phase in which it was finished, -1 for one that is open.
    """

    unit: Places
    kind: Places
    days: Numbers
    done: Places
    recent: Sequence["Recent"] = ()


@dataclass(frozen=True, slots=True)
class CampaignPace:
    """The pace of a campaign: ``rates`` a working day by phase, ``kinds`` times these, units times both.

    A unit's factor is Gamma with ``shape`` and ``rate``; the last of each stands for a unit never seen.
    """

    rates: Numbers
    kinds: Numbers
    shape: Numbers
    rate: Numbers


def exposure(bounds: Numbers, until: Numbers, done: NDArray[np.bool_]) -> tuple[Numbers, Places]:
    """Return the whole working days at risk of each item in each phase up to ``until``, and the phase it was done in.

    The day on which an item was done is not among them: somewhere within it the risk ended.
    """
    last = np.where(done, np.maximum(until, bounds[:, 0] + 1), until)
    before = np.where(done, last - 1, last)
    days = np.clip(np.minimum(bounds[:, 1:], before[:, None]) - bounds[:, :-1], 0, None)
    where = (bounds[:, 1:] >= last[:, None]).argmax(axis=1)
    return days, np.where(done, where, -1)


def fitted(seen: Exposure, units: int, kinds: int) -> CampaignPace:
    """Return the pace that most probably made what was ``seen``, of so many ``units`` and ``kinds``.

    By expectation and maximization: where within its last day an item was done is what is not known.
    """
    events = seen.done >= 0
    phase, unit, kind = seen.done[events], seen.unit[events], seen.kind[events]
    whole = float(np.clip(events.sum() / max(seen.days.sum() + events.sum(), 1.0), SLOW, FAST))
    in_phase = np.bincount(phase, minlength=PHASES)[:PHASES]
    of_unit = np.bincount(unit, minlength=units)[:units].astype(float)
    of_kind = np.bincount(kind, minlength=kinds)[:kinds].astype(float)
    rates: Numbers = np.full(PHASES, whole)
    by_kind: Numbers = np.ones(kinds)
    by_unit: Numbers = np.ones(units)
    size, expected = 1.0, np.asarray(np.zeros(units))
    for _ in range(ROUNDS):
        factor = by_unit[seen.unit] * by_kind[seen.kind]
        own = by_unit[unit] * by_kind[kind]
        last = _within_a_day(rates[phase] * own)  # of the day on which each was done
        at_risk = (seen.days * factor[:, None]).sum(axis=0)
        at_risk = at_risk + np.bincount(phase, weights=last * own, minlength=PHASES)[:PHASES]
        rates = np.clip((in_phase + WEIGHT * whole) / (at_risk + WEIGHT), SLOW, FASTEST)
        hazard = seen.days @ rates
        hazard[events] += last * rates[phase]
        weight = hazard * by_unit[seen.unit]
        of = np.bincount(seen.kind, weights=weight, minlength=kinds)[:kinds]
        by_kind = np.asarray((of_kind + KIND_SIZE) / (of + KIND_SIZE))
        weight = hazard * by_kind[seen.kind]
        expected = np.bincount(seen.unit, weights=weight, minlength=units)[:units].astype(float)
        size = _size(of_unit, expected)
        by_unit = np.asarray((of_unit + size) / (expected + size))
    of_unit, expected = _today(seen, (rates, by_kind, by_unit), of_unit, expected)
    never = np.array([size])
    return CampaignPace(
        rates,
        by_kind,
        np.concatenate([of_unit + size, never]),
        np.concatenate([expected + size, never]),
    )


def _today(
    seen: Exposure, pace: tuple[Numbers, Numbers, Numbers], events: Numbers, expected: Numbers
) -> tuple[Numbers, Numbers]:
    """Return what each unit's events and expected events are worth today: what lies back counts for less.

    A unit may stop, or begin: so the factor of a unit is not one number for half a year. Discounting of what was
    seen is J. Q. Smith's (1979) for steady models, as M. West and J. Harrison use it.
    """
    if not seen.recent:
        return events, expected
    rates, by_kind, by_unit = pace
    now, due = np.zeros_like(events), np.zeros_like(events)
    phase = np.maximum(seen.done, 0)
    for one in seen.recent:
        hazard = one.days @ rates
        last = _within_a_day(rates[phase] * by_unit[seen.unit] * by_kind[seen.kind])
        hazard = (hazard + one.done * last * rates[phase]) * by_kind[seen.kind]
        due += one.worth * np.bincount(seen.unit, weights=hazard, minlength=len(due))[: len(due)]
        now += one.worth * np.bincount(seen.unit[one.done], minlength=len(now))[: len(now)]
    return now, due


def _within_a_day(rate: Numbers) -> Numbers:
    """Return how much of the day passed, on average, before what happened on it at a rate a day did."""
    rate = np.clip(rate, 1e-6, 50.0)
    return np.asarray(1 / rate - 1 / np.expm1(rate))


def _size(events: Numbers, expected: Numbers) -> float:
    """Return the size of the Gamma that makes the units' counts most probable: negative binomial ones."""
    seen = expected > 0
    if seen.sum() < 2:
        return float(KIND_SIZE)
    n, m = events[seen][:, None], expected[seen][:, None]
    likely = (
        gammaln(n + SIZES)
        - gammaln(SIZES)
        + SIZES * np.log(SIZES / (SIZES + m))
        + n * np.log(m / (SIZES + m))
    ).sum(axis=0)
    return float(SIZES[likely.argmax()])


def numbered(names: Sequence[object]) -> dict[object, int]:
    """Return a number for each of ``names``, in their order."""
    return {name: n for n, name in enumerate(sorted(set(names), key=repr))}
