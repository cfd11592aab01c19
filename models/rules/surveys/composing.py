"""Compose papers from the bank: by kind and subject, from a seed, in versions for one sitting."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from models.rules.surveys.bank import LETTERS, LawItem, may_be_shuffled
from models.rules.surveys.seeds import drawn_order
from models.rules.surveys.words import Audience, QuestionKind

VERSIONS = "ABCD"


@dataclass(frozen=True, slots=True)
class PaperPart:
    """So many questions of a kind, of a subject (empty: of any), each worth so many points."""

    audience: Audience
    kind: QuestionKind
    subject: str
    count: int
    points: float


# Where an office has set nothing: a hundred points in an hour.
USUAL = tuple(
    PaperPart(staff, kind, "", count, points)
    for staff in (Audience.ENFORCEMENT, Audience.OTHER)
    for kind, count, points in (
        (QuestionKind.SINGLE, 20, 2.0),
        (QuestionKind.MULTIPLE, 10, 3.0),
        (QuestionKind.JUDGE, 15, 2.0),
    )
)


def total_points(parts: Collection[PaperPart], audience: Audience) -> float:
    """Return what a paper is worth in all."""
    return sum(one.count * one.points for one in parts if one.audience is audience)


def chosen(
    bank: Sequence[LawItem],
    parts: Sequence[PaperPart],
    audience: Audience,
    seed: str,
    avoided: Collection[int] = (),
) -> tuple[list[LawItem], list[str]]:
    """Return the questions of a paper for ``audience`` in the order of kinds, and what the bank lacks.

    Parts that name a subject choose first. Questions ``avoided`` (their numbers: those of the paper
    before, or of the other staff) come only where no others are left.
    """
    taken: dict[int, LawItem] = {}
    lacking = []
    own = [one for one in parts if one.audience is audience and one.count]
    for part in sorted(own, key=lambda one: not one.subject):
        fit = [one for one in bank if one.number not in taken and _fits(one, part)]
        order = drawn_order(seed, f"{audience.value}|questions", fit, lambda one: one.number)
        order.sort(key=lambda one: one.number in avoided)
        if len(order) < part.count:
            lacking.append(
                f"{audience.chinese}的{part.kind.chinese}题{f'（{part.subject}）' if part.subject else ''}"
                f"要 {part.count} 道，题库里只有 {len(order)} 道"
            )
        taken |= {one.number: replace(one, points=part.points) for one in order[: part.count]}
    kinds = list(QuestionKind)
    return sorted(taken.values(), key=lambda one: (kinds.index(one.kind), one.number)), lacking


def _fits(item: LawItem, part: PaperPart) -> bool:
    for_them = item.audience in (part.audience, Audience.BOTH)
    return item.kind is part.kind and for_them and part.subject in ("", item.subject)


def laid_out(
    items: Sequence[LawItem], audience: Audience, version: str, seed: str
) -> list[LawItem]:
    """Return the questions as one version has them: within each kind, and the options, in an order of its own.

    Options that speak of one another stay; the answer goes with its option.
    """
    purpose = f"{audience.value}|{version}"
    order = {
        one.number: n
        for n, one in enumerate(drawn_order(seed, purpose, items, lambda one: one.number))
    }
    kinds = list(QuestionKind)
    ordered = sorted(items, key=lambda one: (kinds.index(one.kind), order[one.number]))
    return [_shuffled(one, seed, f"{purpose}|{one.number}") for one in ordered]


def _shuffled(item: LawItem, seed: str, purpose: str) -> LawItem:
    if not item.options or not may_be_shuffled(item.options):
        return item
    places = drawn_order(seed, purpose, range(len(item.options)))
    answer = sorted(LETTERS[new] for new, old in enumerate(places) if LETTERS[old] in item.answer)
    return replace(item, options=tuple(item.options[n] for n in places), answer="".join(answer))
