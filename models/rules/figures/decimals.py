"""Numbers as an office writes them: exact decimals, rounded half up, without needless zeros."""

from decimal import ROUND_HALF_UP, ROUND_UP, Context, Decimal

DIGITS = 2  # behind the point, of whatever is shown; a target with more of them has its own
_WIDE = Context(prec=60)  # a product of two amounts of the tables is exact


def exact(number: float | Decimal) -> Decimal:
    """Return a number of the tables as it was typed: 0.1 is 0.1."""
    return number if isinstance(number, Decimal) else Decimal(repr(float(number)))


def digits_of(number: Decimal) -> int:
    """Return how many digits ``number`` has behind the point."""
    exponent = number.normalize(_WIDE).as_tuple().exponent
    return max(0, -int(exponent))


def rounded(number: Decimal, digits: int = DIGITS, rounding: str = ROUND_HALF_UP) -> Decimal:
    """Return ``number`` with so many digits behind the point, a half going up (四舍五入)."""
    return number.quantize(Decimal((0, (1,), -digits)), rounding, _WIDE)


def rounded_away(number: Decimal, digits: int = DIGITS) -> Decimal:
    """Return ``number`` rounded away from zero: what is lacking is never said to be less than it is."""
    return rounded(number, digits, ROUND_UP)


def divided(numerator: Decimal, denominator: Decimal) -> Decimal:
    """Return the quotient to sixty digits, far more than is ever shown."""
    return _WIDE.divide(numerator, denominator)


def multiplied(one: Decimal, other: Decimal) -> Decimal:
    """Return the product, exactly."""
    return _WIDE.multiply(one, other)


def in_figures(number: Decimal) -> str:
    """Return ``number`` in figures without a power of ten and without zeros at its end: 92.5, 40, 0."""
    text = format(number.normalize(_WIDE), "f")
    return "0" if text in ("-0", "") else text
