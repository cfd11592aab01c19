"""Numbers as they are written: 21, 1,200, 二十一, 两, 二〇二五, 九成, 三分之一, 百分之五."""

from functools import lru_cache

from models.plan.reading.text.patterns import pattern
from models.plan.vocabulary import default_vocabulary

# Numbers that the library does not take alone: 百分之百.
WHOLE_WORDS = {"半": 0.5, "百": 100.0, "千": 1000.0}
# Up to 九十九, which is all that most plans write: the library behind takes longer to load than they to read.
TEN = default_vocabulary().words("一")[:10]
_DIGITS = ("", *TEN[:9])
BELOW_A_HUNDRED = {
    (_DIGITS[tens] if tens > 1 else "") + TEN[9] * bool(tens) + _DIGITS[ones]: 10.0 * tens + ones
    for tens in range(10)
    for ones in range(10)
    if tens or ones
} | {"零": 0.0, "〇": 0.0, "两": 2.0}
# Words that fix a share, in per cent.
SHARES = {"半数": 50.0, "一半": 50.0, "过半": 50.0, "减半": 50.0, "对半": 50.0}


@lru_cache(maxsize=4096)
def read_number(text: str) -> float | None:
    """Return the value of a printed or written number, None for anything else.

    1,200 -> 1200; 二十一 -> 21; 两 -> 2; 3.5 -> 3.5; 半 -> 0.5; 〇 counts as 零.
    """
    text = text.replace(",", "").replace("，", "").replace("○", "〇")
    if not text:
        return None
    if text in WHOLE_WORDS:
        return WHOLE_WORDS[text]
    if text in BELOW_A_HUNDRED:
        return BELOW_A_HUNDRED[text]
    try:
        return float(text)
    except ValueError:
        pass
    import cn2an  # late, see above

    try:
        return float(cn2an.cn2an(text, "smart"))
    except (ValueError, KeyError, IndexError, OverflowError):
        return None


def written(number: int) -> str:
    """Return a number up to 99 as documents write it: 21 -> 二十一; others in figures."""
    ones = (word for word, value in BELOW_A_HUNDRED.items() if value == number)
    return next(ones, str(number))


@lru_cache(maxsize=4096)
def read_integer(text: str) -> int | None:
    """Return the whole number that ``text`` writes, None when it is none (or beyond a milliard)."""
    value = read_number(text)
    return int(value) if value is not None and value == value and abs(value) < 1e9 else None


def read_share(text: str) -> float | None:
    """Return a share written in words in per cent: 九成 -> 90, 三分之一 -> 33.33, 半数 -> 50."""
    if text in SHARES:
        return SHARES[text]
    if found := pattern(r"^(\d{1,3}|[{一}两])成([半{一}]?)$").match(text):
        tenths = read_number(found[1])
        return (
            None
            if tenths is None
            else tenths * 10 + ((read_number(found[2]) or 0) if found[2] != "半" else 5)
        )
    if found := pattern(r"^({N})分之({N})$").match(text):
        below, above = read_number(found[1]), read_number(found[2])
        if below and above is not None:
            return round(100 * above / below, 2)
    return None
