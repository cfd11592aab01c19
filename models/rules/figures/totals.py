"""Totals of scores: what was got, of how many indicators, and how many are not scored yet."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from models.rules.figures.decimals import in_figures
from models.rules.figures.points import VERDICTS

Scored = tuple[Decimal | None, Decimal | None]  # what an indicator is worth, what it got


@dataclass(frozen=True, slots=True)
class ScoreTotal:
    """A total that never hides what is not in it.

    ``points`` of those with points that were scored, ``full`` what all of them are worth (None where
    the table has no points), ``scored`` and ``open`` how many indicators; ``verdicts`` how many of
    those without points are reached, nearly reached, not reached.
    """

    points: Decimal = Decimal(0)
    full: Decimal | None = None
    scored: int = 0
    open: int = 0
    verdicts: dict[str, int] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """Return it in one line: 得 62.5 分，已评 71 项，33 项还没有评，满分 100."""
        if not self.scored + self.open:
            return "还没有指标"
        counted = "、".join(f"{word} {count} 项" for word, count in self.verdicts.items())
        said = f"已评 {self.scored} 项" + (f"（其中{counted}）" if counted else "")
        rest = f"{self.open} 项还没有评" if self.open else "全部评完"
        if self.full is None:
            return f"{said}，{rest}；没有分值，不计总分"
        return f"得 {in_figures(self.points)} 分，{said}，{rest}，满分 {in_figures(self.full)}"


def total_of(items: Sequence[Scored]) -> ScoreTotal:
    """Return the total of ``items``, each what an indicator is worth and what it got (None: not scored)."""
    worth = [possible for possible, _ in items if possible is not None]
    got = [points for possible, points in items if possible is not None and points is not None]
    judged = [points for possible, points in items if possible is None and points is not None]
    named = {words[0]: judged.count(points) for points, words in VERDICTS.items()}
    scored = len(got) + len(judged)
    return ScoreTotal(
        sum(got, Decimal(0)),
        sum(worth, Decimal(0)) if worth else None,
        scored,
        len(items) - scored,
        named if judged else {},
    )
