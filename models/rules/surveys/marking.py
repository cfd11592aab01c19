"""Mark what a candidate answered: each question, and whether the whole is enough."""

from models.rules.surveys.bank import judge_answer, letters_in
from models.rules.surveys.words import QuestionKind

HALF_OF_IT = 0.5  # of the points, for some of the right letters and no wrong one


def read_answer(kind: QuestionKind, written: str) -> str:
    """Return an answer as it is compared, empty for none given. ValueError for what is no answer."""
    return judge_answer(written) if kind is QuestionKind.JUDGE else letters_in(written)


def points_for(
    kind: QuestionKind, right: str, given: str, points: float, *, partial: bool = False
) -> float:
    """Return the points of one answer; two letters where one is right are none.

    Of a 多选 all letters and no other give the points. With ``partial`` some of them, and no wrong
    one, give half.
    """
    if given == right:
        return points
    some = kind is QuestionKind.MULTIPLE and bool(given) and set(given) < set(right)
    return points * HALF_OF_IT if partial and some else 0.0


def is_pass(mark: float, total: float, pass_mark: float) -> bool:
    """Say whether ``mark`` of ``total`` points is at least ``pass_mark`` of a hundred."""
    return total > 0 and round(mark * 100 / total, 6) >= pass_mark
