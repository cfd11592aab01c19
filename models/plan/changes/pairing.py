"""Which item of the later plan is which of the earlier: by number, words and units, every alternative scored."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from models.plan.changes.likeness import bare, likeness, shared_names

# What speaks for two items being one, and how much; what neither of them has is left out of the sum.
BY_WORDS, BY_NUMBER, BY_UNITS = 0.55, 0.25, 0.2
ENOUGH = 0.4  # below it they are two
SURE = 0.6  # below it a person looks
MOST = 250_000  # pairs of items that are all looked at; of more only those of one number
MARGIN = 0.1  # an alternative so near is no clear loser


@dataclass(frozen=True, slots=True)
class Thing:
    """An item as it is matched: its number, the words it is called by, the names in it.

    ``was`` is the number of the earlier that a person says it is: "0" none of them, None nothing said.
    """

    number: str
    words: str
    names: frozenset[str] = frozenset()
    was: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two items that are one; ``asked`` says why a person should look, "" where it is clear."""

    old: int
    new: int
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Pairing:
    """What became of the items, each by its place: paired, gone from the earlier, fresh in the later."""

    pairs: Sequence[Pair]
    gone: Sequence[int]
    fresh: Sequence[int]

    def old_of(self) -> dict[int, int]:
        """Return the place in the earlier plan for each place of the later that has one."""
        return {pair.new: pair.old for pair in self.pairs}


def pair_up(old: Sequence[Thing], new: Sequence[Thing]) -> Pairing:
    """Pair items of two plans, the likest first; the same items in another order give the same pairs.

    What a person says comes first, then items of the same words are one. Else words, number and units
    together decide, and a pair that is not clear, or that had a near rival, says so.
    """
    return _Scores(old, new).paired()


# The score of a pair, below zero so that the best sorts first; its numbers; its places.
_Scored = tuple[float, tuple[int, str], tuple[int, str], int, int]


@dataclass
class _Scores:
    old: Sequence[Thing]
    new: Sequence[Thing]
    found: dict[int, tuple[int, float]] = field(default_factory=dict)  # by the place in the later

    def paired(self) -> Pairing:
        self._as_told()
        self._same_words()
        scores = self._scored()
        taken = {place for place, _ in self.found.values()}
        for score, _, _, was, now in sorted(scores):
            if -score >= ENOUGH and was not in taken and now not in self.found:
                taken.add(was)
                self.found[now] = was, -score
        pairs = [
            Pair(was, now, self._asked(was, now, score, scores))
            for now, (was, score) in sorted(self.found.items())
        ]
        return Pairing(
            pairs,
            [place for place in range(len(self.old)) if place not in taken],
            [place for place in range(len(self.new)) if place not in self.found],
        )

    def _as_told(self) -> None:
        """Pair what a person says is one."""
        places = {one.number: place for place, one in enumerate(self.old)}
        for place, one in enumerate(self.new):
            if one.was is not None and one.was in places:
                self.found[place] = places.pop(one.was), 1.0

    def _same_words(self) -> None:
        """Pair what has the same words; of several such the ones of one number, then in their order."""
        named: dict[str, list[int]] = defaultdict(list)
        told = {was for was, _ in self.found.values()}
        for place, one in sorted(enumerate(self.old), key=lambda each: _order(each[1].number)):
            if place not in told:
                named[bare(one.words)].append(place)
        ours = sorted(
            ((place, one) for place, one in enumerate(self.new) if one.was is None),
            key=lambda each: _order(each[1].number),
        )
        for same_number in (True, False):
            for place, one in ours:
                left = named.get(bare(one.words), [])
                fits = [
                    was for was in left if self.old[was].number == one.number or not same_number
                ]
                if fits and place not in self.found:
                    left.remove(fits[0])
                    self.found[place] = fits[0], 1.0

    def _scored(self) -> list[_Scored]:
        """Return every pair that might be one, and those nearly so; no order of places is in it."""
        taken = {place for place, _ in self.found.values()}
        left = [
            now for now, one in enumerate(self.new) if now not in self.found and one.was is None
        ]
        there = [was for was in range(len(self.old)) if was not in taken]
        many = len(there) * len(left) > MOST
        scores = []
        for was in there:
            a = self.old[was]
            for now in left:
                b = self.new[now]
                alone = a.number != b.number
                if alone and (many or _nothing_shared(a, b)):
                    continue
                score = score_of(a, b)
                if score >= ENOUGH - MARGIN:
                    scores.append((-score, _order(a.number), _order(b.number), was, now))
        return scores

    def _asked(self, was: int, now: int, score: float, scores: Sequence[_Scored]) -> str:
        if score >= 1.0:
            return ""
        rivals = [
            (other, this)
            for near, _, _, other, this in scores
            if (other == was) != (this == now) and -near >= score - MARGIN
        ]
        if rivals:
            other, this = rivals[0]
            rival = self.new[this] if other == was else self.old[other]
            return f"也像“{rival.words[:24]}”"
        return "" if score >= SURE else "改动较大"


def _nothing_shared(one: Thing, other: Thing) -> bool:
    """Say quickly that two items of different numbers cannot reach a score that counts."""
    if not one.names.isdisjoint(other.names):
        return False
    return likeness(one.words, other.words) < ENOUGH - MARGIN


def score_of(one: Thing, other: Thing) -> float:
    """Return from 0 to 1 how much speaks for two items being one."""
    if bare(one.words) == bare(other.words):
        return 1.0
    said = [(BY_WORDS, likeness(one.words, other.words))]
    if one.number or other.number:
        said.append((BY_NUMBER, float(one.number == other.number)))
    if (names := shared_names(one.names, other.names)) is not None:
        said.append((BY_UNITS, names))
    return sum(weight * like for weight, like in said) / sum(weight for weight, _ in said)


def _order(number: str) -> tuple[int, str]:
    return (int(number), "") if number.isdecimal() and len(number) < 9 else (10**9, number)
