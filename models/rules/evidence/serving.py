"""Which demands a piece that is there could serve, too, by the words they share; pure. A person decides.

一项证明材料多处使用: what was asked for once is not asked for again.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

LEAST_SHARE = 0.45  # of the rarer words of the shorter text that stand in the other, too
LEAST_PAIRS = 3  # of letters that both have; fewer are one word
MOST_DEMANDS = 5  # that are told of one piece
STRANGE = (
    0.3  # of the weight of the rarest pair has one that no demand has: a year, a place, 通知, 照片
)
MOST_WORDS = 3  # that are told of what is the same
_RUNS = re.compile("[A-Za-z\u4e00-\u9fff]+")
_EMPTY_WORDS = re.compile(
    "不(?:少于|低于|超过|高于|得)|达到|每年|[的了和与及或等在对为以并]"
)  # join words, and say nothing themselves


@dataclass(frozen=True, slots=True)
class Described:
    """A piece by what was said of it: texts of any length, and the demands that it is used for already."""

    number: int
    texts: Sequence[str]
    used_for: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Served:
    """A demand that a piece may serve: ``share`` (0 to 1) of the words is the same, the longest are ``words``."""

    number: int
    demand: str
    share: float
    words: Sequence[str]


def could_serve(
    pieces: Sequence[Described], demands: Mapping[str, str], lacking: Collection[str]
) -> list[Served]:
    """Return for each piece the demands among ``lacking`` that it could serve, too, the nearest first.

    ``demands`` are the texts of all by their names: a word that many have weighs little.
    """
    pairs = {name: _pairs(text) for name, text in demands.items()}
    having = Counter(pair for found in pairs.values() for pair in found)
    weights = _Weights(
        {pair: log(1 + len(pairs) / count) for pair, count in having.items()}, len(pairs)
    )
    by_pair: dict[str, list[str]] = defaultdict(list)
    for name in lacking:
        for pair in pairs.get(name, ()):
            by_pair[pair].append(name)
    whole = {name: weights.of(pairs[name]) for name in lacking if name in pairs}
    found: list[Served] = []
    for piece in pieces:
        best: dict[str, Served] = {}
        for text in piece.texts:
            mine = _pairs(text)
            size = weights.of(mine)
            shared: dict[str, list[str]] = defaultdict(list)
            for pair in mine:
                for name in by_pair.get(pair, ()):
                    shared[name].append(pair)
            for name, both in shared.items():
                share = weights.of(both) / min(size, whole[name])
                near = len(both) >= LEAST_PAIRS and share >= LEAST_SHARE
                if near and name not in piece.used_for and share > _share(best.get(name)):
                    words = _same_words(demands[name], mine, weights)
                    best[name] = Served(piece.number, name, share, words)
        nearest = sorted(best.values(), key=lambda one: (-one.share, one.demand))
        found += nearest[:MOST_DEMANDS]
    return found


@dataclass(frozen=True, slots=True)
class _Weights:
    """How much a pair of letters says: the rarer among all demands, the more."""

    known: Mapping[str, float]
    demands: int

    def of(self, pairs: Collection[str]) -> float:
        strange = STRANGE * log(1 + self.demands)
        return sum(self.known.get(pair, strange) for pair in pairs)


def _share(one: Served | None) -> float:
    return one.share if one else 0.0


def _runs(text: str) -> Iterator[str]:
    for run in _RUNS.findall(text):
        yield from (part for part in _EMPTY_WORDS.split(run) if len(part) > 1)


def _pairs(text: str) -> set[str]:
    return {run[at : at + 2] for run in _runs(text) for at in range(len(run) - 1)}


def _same_words(text: str, mine: Collection[str], weights: _Weights) -> list[str]:
    """Return the longest runs of ``text`` that are made of ``mine``, the weightiest first."""
    found: list[str] = []
    for run in _runs(text):
        start = None
        for at in range(len(run)):
            inside = at + 1 < len(run) and run[at : at + 2] in mine
            if inside and start is None:
                start = at
            elif not inside and start is not None:
                found.append(run[start : at + 1])
                start = None
    once = list(dict.fromkeys(found))
    once.sort(key=lambda word: -weights.of(_pairs(word)))
    return once[:MOST_WORDS]
