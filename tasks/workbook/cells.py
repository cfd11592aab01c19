"""What a cell means, whoever typed it: text, a name, a list, a day, a number, yes or no."""

import datetime as dt
import re

from models.rules.characters import UNSEEN
from models.rules.days import is_possible

# Digits, letters and marks of a Chinese keyboard -> the same in half width.
HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
SPACES = dict.fromkeys((0xA0, 0x2007, 0x202F), " ") | dict.fromkeys((0x200B, 0x200D, 0xFEFF), "")
SEPARATORS = re.compile("[,;\n\u3001\uff0c\uff1b]")  # the last three are those of Chinese
DAY = re.compile(
    r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?:[ T]0?0:00(:00)?)?"
)
EPOCH = dt.date(1899, 12, 30)  # Excel's day 0, its 29 February 1900 allowed for
NUMBERS = 1e15  # a number beyond is none of ours, and not exact any more
SERIALS = range(20_000, 80_000)  # 1954 to 2119; a number outside is no day of a campaign
YES = {"是", "y", "yes", "true", "1", "√", "✓"}
NO = {"", "否", "n", "no", "false", "0", "×"}


def half_width(text: str) -> str:
    """Return ``text`` with full-width digits, letters and marks in half width."""
    return text.translate(HALF_WIDTH)


def as_text(cell: object) -> str:
    """Return a cell as the text a reader sees, without the blanks around it and unseen characters."""
    if cell == "" or cell is None:
        return ""
    if isinstance(cell, str):
        return UNSEEN.sub("", cell.replace("\r\n", "\n").translate(SPACES)).strip()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    return str(cell)


def as_name(cell: object) -> str:
    """Return the name of a unit, group or column: no white space in it at all."""
    return "".join(as_text(cell).split())


def as_code(cell: object) -> str:
    """Return a code as it is compared: half width, capitals, no white space."""
    return half_width(as_name(cell)).upper()


def as_names(cell: object) -> list[str]:
    """Return the names listed in a cell, each once; split at 、 , ; and line breaks."""
    names = (as_name(name) for name in SEPARATORS.split(as_text(cell)))
    return list(dict.fromkeys(name for name in names if name))


def as_day(cell: object) -> dt.date | None:
    """Return the day in a cell, None for an empty one.

    Takes Excel's own days and serial numbers, 2025-07-01, 2025/7/1, 2025.7.1, 2025年7月1日 and
    20250701, in full width too. Raises ValueError for anything else.
    """
    day = _day_in(cell)
    if day and not is_possible(day):
        raise ValueError(str(day))
    return day


def _day_in(cell: object) -> dt.date | None:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    text = "".join(half_width(as_text(cell)).split(" ")) if not isinstance(cell, bool) else "?"
    if not text:
        return None
    if re.fullmatch(r"\d{5}", text) and int(text) in SERIALS:
        return EPOCH + dt.timedelta(days=int(text))
    if isinstance(cell, float) and int(cell) in SERIALS:
        return EPOCH + dt.timedelta(days=int(cell))  # a day with an hour
    found = DAY.fullmatch(text) or DAY.fullmatch(half_width(as_text(cell)))
    if not found:
        raise ValueError(text)
    year, month, day = found[1], found[2] or found[4], found[3] or found[5]
    return dt.date(int(year), int(month), int(day))


def as_number(cell: object) -> float | None:
    """Return the number in a cell, None for an empty one; 95% is 95.

    Raises ValueError for anything else, and for a number of more than 15 digits.
    """
    number = _number_in(cell)
    if number is not None and not abs(number) < NUMBERS:  # NaN is less than nothing either
        raise ValueError(str(number))
    return number


def _number_in(cell: object) -> float | None:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    text = half_width(as_name(cell)).replace(",", "").removesuffix("%")
    if not text:
        return None
    if not re.fullmatch(r"[-+]?\d+(\.\d+)?", text):
        raise ValueError(text)
    return float(text)


def as_yes(cell: object) -> bool:
    """Return whether a cell says 是; an empty one says 否. Raises ValueError for anything else."""
    text = half_width(as_name(cell)).lower()
    if text not in YES | NO:
        raise ValueError(text)
    return text in YES
