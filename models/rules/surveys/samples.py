"""How many must be asked: the sample of a finite population, and how it is shared among strata."""

from collections.abc import Sequence
from math import ceil, floor
from statistics import NormalDist

HALF = 0.5  # the share at which a sample must be largest; nobody knows the true one beforehand


def z_of(confidence: float) -> float:
    """Return the two-sided quantile of the normal distribution: 1.95996 at 95 (%)."""
    return NormalDist().inv_cdf(0.5 + confidence / 200)


def sample_size(population: int, margin: float, confidence: float = 95) -> int:
    """Return how many answers give ± ``margin`` (percentage points) at ``confidence`` (%).

    n = n0 / (1 + (n0 - 1) / N) with n0 = z² / 4e² (Cochran, Sampling Techniques, 1977, 4.2 and 4.3; the
    table of Krejcie and Morgan 1970 is the same), rounded up: never fewer than asked for, never more
    than there are. 0 for nobody.
    """
    if population <= 0:
        return 0
    wanted = (z_of(confidence) / (margin / 100)) ** 2 * HALF * (1 - HALF)
    return min(population, ceil(wanted / (1 + (wanted - 1) / population) - 1e-9))


def shared_out(populations: Sequence[int], total: int, least: int = 0) -> list[int]:
    """Return how many of ``total`` each stratum answers for, by its population and the largest remainders.

    Each has at least ``least``, or everybody where it holds fewer; where that alone is more than
    ``total``, the sum is more. Ties go to the earlier stratum. Never more than a stratum holds.
    """
    lower = [min(least, held) for held in populations]
    given = dict(enumerate(lower))
    left, among = min(total, sum(populations)), set(range(len(populations)))
    while among:
        held = sum(populations[n] for n in among)
        quotas = {n: left * populations[n] / held if held else 0.0 for n in among}
        small = {n for n in among if quotas[n] < lower[n]}
        if not small:
            given |= _rounded(quotas, left)
            break
        left = max(0, left - sum(lower[n] for n in small))
        among -= small
    return [given[n] for n in range(len(populations))]


def _rounded(quotas: dict[int, float], total: int) -> dict[int, int]:
    """Return ``quotas`` as whole numbers whose sum is ``total``: the largest remainders go up."""
    whole = {n: floor(quota + 1e-9) for n, quota in quotas.items()}
    rest = sorted(quotas, key=lambda n: (whole[n] - quotas[n], n))
    for n in rest[: max(0, total - sum(whole.values()))]:
        whole[n] += 1
    return whole


def to_be_listed(sampled: int, population: int, ratio: int) -> int:
    """Return how many numbers a call list needs for ``sampled`` answers: so many times, or everybody.

    About half of those who are called answer (安康 2019: 6,247 calls for 3,002 answers), so the ratio
    is 2 at least.
    """
    return min(ratio * sampled, population)
