"""The target of a demand: its sign, number, unit and period, and how an office says it."""

from dataclasses import dataclass
from decimal import Decimal

from models.rules.figures.decimals import digits_of, exact, in_figures
from models.rules.figures.periods import Per, per_of
from models.rules.figures.scope import asks_each_unit, divided_by
from models.rules.targets import RELATIONS, relation

SHARES = {"%": Decimal(100), "％": Decimal(100), "‰": Decimal(1000)}


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure must come to: ``sign`` (one of `RELATIONS`), ``value`` in ``unit``, ``per`` period.

    ``counted`` and ``out_of`` name what stands above and below the line. With ``each`` it binds every
    unit by itself, else the whole campaign.
    """

    sign: str
    value: Decimal
    unit: str = ""
    per: Per = Per.ONCE
    counted: str = ""
    out_of: str = ""
    each: bool = False

    @property
    def scale(self) -> Decimal | None:
        """Return what a whole is in a share's unit (100 for %), None where it is no share."""
        return SHARES.get(self.unit)

    @property
    def digits(self) -> int:
        """Return how many digits behind the point are shown: two, or as many as the target has."""
        return max(2, digits_of(self.value))

    @property
    def wants_more(self) -> bool:
        """Say whether a higher figure is nearer to the target than one below it."""
        return self.sign in (">=", ">") or (self.sign == "==" and self.value > 0)

    @property
    def number(self) -> str:
        """Return the number with its unit: 90%, 40学时."""
        return in_figures(self.value) + self.unit

    @property
    def words(self) -> str:
        """Return the target as an office says it: 不低于 90%，每年."""
        when = f"，{self.per.chinese}" if self.per is not Per.ONCE else ""
        return f"{self.bare}{when}{'，各单位分别达到' if self.each else ''}"

    @property
    def bare(self) -> str:
        """Return the sign and the number alone: 不低于 90%."""
        return f"{RELATIONS[self.sign][0]} {self.number}"


def goal_of(
    target: tuple[str, float | None, str],
    per: str = "",
    text: str = "",
    names: tuple[str, str] = ("", ""),
) -> Goal | None:
    """Return the target that a demand's columns (op, value, unit) make, None where nothing is counted.

    ``names`` are those above and below the line; its ``text`` says whom it binds and whether it is of
    each person. An unknown sign is a demand without a target.
    """
    op, value, unit = target
    sign = relation(op) if op else None
    if sign is None or value is None:
        return None
    share = "%" if unit == "％" else unit
    counted, out_of = names
    below = divided_by(text, out_of)
    return Goal(sign, exact(value), share, per_of(per), counted, below, asks_each_unit(text))
