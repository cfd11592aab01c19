"""What a unit sent for a recurring duty: for which occurrence, and whether it came by its day.

Only the day of arrival counts. A due day on a day off stays the due day unless the plan says otherwise
(遇节假日顺延); who is to send hears of it on the last working day before.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from models.rules.publicity.words import Arrival

_CODE = re.compile(r"(?<![A-Za-z0-9])D([0-9]{1,3})(?:\.(\d{4}-\d{2}-\d{2}))?(?![0-9])", re.I)
_MONTH = re.compile(r"(?:(?P<year>20\d{2})年)?(?<!\d)(?P<month>1[0-2]|0?[1-9])月(?:份)?(?!\d)")
_DAY = re.compile(
    r"(?<!\d)(?:(?P<year>20\d{2})[-.](?P<m>\d{1,2})[-.]|(?:(?P<y>20\d{2})年)?(?P<month>\d{1,2})月)(?P<day>\d{1,2})(?!\d)"
)
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_WHERE_TO = re.compile(r"[至到给向](?:[市县区省本]|领导|创建|办公室).*$")
_VERB = re.compile(r"^[^，。]*?(?:报送|上报|提交)")
_PARTS = re.compile("[、，；,;和及与]")
SHORTEST = 4  # letters of a piece of the duty by which it is known in a file's name
# A file about publicity that is meant as what is owed, and no picture of a banner.
_PUBLICITY = re.compile(
    "宣传[^/]{0,12}(?:报送|信息|进展|月报|周报|季报|简讯|内容|汇总)|报送[^/]{0,6}宣传"
)


@dataclass(frozen=True, slots=True)
class Owed:
    """One occurrence of a duty that a unit owes; ``sent`` once anything came for it."""

    code: str  # D1.2026-07-28.3, with the unit's number
    begin: date
    due: date
    sent: bool = False
    title: str = ""  # ends in what it is about: …（2026年7月）


@dataclass(frozen=True, slots=True)
class Meant:
    """The occurrence that something was sent for; ``doubt`` names another that nothing came for."""

    code: str
    doubt: str = ""


def arrival(due: date, arrived: date | None, today: date) -> Arrival:
    """Return whether something came by its day; the due day itself is in time."""
    if arrived is not None:
        return Arrival.ON_TIME if arrived <= due else Arrival.LATE
    return Arrival.MISSING if due < today else Arrival.NOT_YET


def names_of_duty(what: str) -> list[str]:
    """Return the pieces of a duty's words by which a file's name may call it, longest first."""
    inside = [found[1:-1] for found in _BRACKETS.findall(what)]
    plain = _WHERE_TO.sub("", _VERB.sub("", _BRACKETS.sub("", what)))
    pieces = {piece.strip() for text in (plain, *inside) for piece in _PARTS.split(text)}
    return sorted((one for one in pieces if len(one) >= SHORTEST), key=lambda one: (-len(one), one))


def duty_in_name(name: str, duties: dict[int, str]) -> int | None:
    """Return the number of the duty that a file is named for, or lies in a folder for; None for none.

    ``duties`` gives the words of each. By its code (D1, D1.2026-07-28), by a piece of its words, or, of
    a duty about publicity, by 宣传 and what is sent (宣传信息, 宣传报送); where two could be meant, none is.
    """
    if found := _CODE.search(name):
        number = int(found[1])
        return number if number in duties else None
    meant = [number for number, what in duties.items() if _is_named(name, what)]
    return meant[0] if len(meant) == 1 else None


def _is_named(name: str, what: str) -> bool:
    return any(one in name for one in names_of_duty(what)) or (
        "宣传" in what and _PUBLICITY.search(name) is not None
    )


def occurrence_meant(name: str, owed: Sequence[Owed], arrived: date) -> Meant | None:
    """Return the occurrence that a file of this ``name`` is for; None where nothing is owed.

    By the day in its code, else the month (of several in a month, the day) it names, else the one whose
    period it came in, else the last one before, else the next. ``owed`` is of one duty and one unit, in the
    order of due days.
    """
    if not owed:
        return None
    if found := _by_code(name, owed):
        return Meant(found.code)
    current = [one for one in owed if one.begin <= arrived <= one.due]
    if found := _by_month(name, owed, arrived) or _by_day(name, owed, arrived):
        other = [one.code for one in current if found.sent and not one.sent]
        return Meant(found.code, other[0] if other else "")
    before = [one for one in owed if one.due < arrived]
    found = current[0] if current else before[-1] if before else owed[0]
    earlier = next((o for o in reversed(before) if not o.sent and o.code != found.code), None)
    return Meant(found.code, earlier.code if earlier else "")


def _by_code(name: str, owed: Sequence[Owed]) -> Owed | None:
    found = _CODE.search(name)
    if found is None or not found[2]:
        return None
    return next((o for o in owed if found[2] in (o.code.split(".")[1], o.due.isoformat())), None)


def _by_month(name: str, owed: Sequence[Owed], arrived: date) -> Owed | None:
    months = {(m["year"], int(m["month"])) for m in _MONTH.finditer(name)}
    if len(months) != 1:
        return None
    [(year, month)] = months
    of_month = [one for one in owed if _about(one)[1] == month]
    if year:
        of_month = [one for one in of_month if _about(one)[0] == int(year)]
    if not of_month or _spread(of_month):
        return None
    return min(of_month, key=lambda one: abs((one.due - arrived).days))


def _about(one: Owed) -> tuple[int, int]:
    """Return the year and the month that an occurrence is about: its title's, else those of its due day."""
    found = _MONTH.search(one.title.rpartition("（")[2])
    return (int(found["year"]), int(found["month"])) if found and found["year"] else _month(one)


def _month(one: Owed) -> tuple[int, int]:
    return one.due.year, one.due.month


def _by_day(name: str, owed: Sequence[Owed], arrived: date) -> Owed | None:
    """Return the occurrence of the day that a name says, where several fall in one month."""
    if not _spread(owed):
        return None
    days = {
        (int(m["year"] or m["y"] or arrived.year), int(m["m"] or m["month"]), int(m["day"]))
        for m in _DAY.finditer(name)
    }
    if len(days) != 1:
        return None
    try:
        said = date(*days.pop())
    except ValueError:
        return None
    return next((one for one in owed if one.begin <= said <= one.due), None)


def _spread(owed: Collection[Owed]) -> bool:
    """Say whether several fall in one month, which a month's name does not tell apart."""
    return len({_about(one) for one in owed}) < len(owed)
