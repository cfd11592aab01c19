"""Personal numbers in a text: identity numbers, mobile numbers, bank cards; found, and masked.

Identity numbers by GB 11643-1999 (18 digits with the check of ISO 7064 MOD 11-2) and its predecessor of
15 digits; mobile numbers by the prefixes that the ministry has given out; cards by the check of Luhn
(ISO/IEC 7812-1) and the issuers' prefixes that are used here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from models.rules.words import Worded


class PersonalKind(Worded):
    """What a number tells of a person."""

    IDENTITY = "identity", "身份证号"
    MOBILE = "mobile", "手机号"
    CARD = "card", "银行卡号"


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """A number found in a text, from ``start`` to before ``end``; ``masked`` is how it may be shown."""

    kind: PersonalKind
    start: int
    end: int
    masked: str


# How many digits stay at the beginning and at the end.
_SHOWN = {PersonalKind.IDENTITY: (2, 3), PersonalKind.MOBILE: (3, 4), PersonalKind.CARD: (4, 4)}
_HALF = dict(zip("０１２３４５６７８９Ｘｘ－　＋", "0123456789Xx- +", strict=True))
# One sign may part the groups of a number; a tab or a line's end parts cells and never does.
_APART = " \\u00a0\\u2002\\u2003\\u2009\\-\\u2010\\u2011\\u2013\\u2014·"
_RUN = re.compile(f"[0-9](?:[{_APART}]?[0-9]){{10,}}[Xx]?")
_MOBILE_BEGINS = re.compile(f"(?:^|[{_APART}]|86)1[3-9]")
# Cut by the end of a line, as in a narrow cell: only what has a check digit is believed then.
_CUT = re.compile("(?<![0-9A-Za-z])[0-9]{3,17}[ \t]?\r?\n[ \t]?[0-9]{0,14}[0-9Xx](?![0-9A-Za-z])")
# Written in its usual groups, with points or wide gaps between them: 138.1234.5678, 138 - 1234 - 5678.
_GAP = f"[{_APART}.]{{1,3}}"
_SPREAD = re.compile(
    f"(?<![0-9A-Za-z.])(?:1[3-9][0-9]{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}}"
    f"|[0-9]{{6}}{_GAP}[0-9]{{8}}{_GAP}[0-9]{{3}}[0-9Xx])(?![0-9A-Za-z]|[.][0-9])"
)
_GROUP = re.compile("[0-9]+[Xx]?|[Xx]")
# What may stand right before a number although it is a letter: tel13812345678.
_CALLED = re.compile("(?:tel|phone|mobile|mob|sj|dh)[.:]?$", re.IGNORECASE)
_TIED = re.compile("[A-Za-z][/=.]$|[0-9]\\.$")  # of an address, an amount
_ABROAD = ("86", "0086")
LONGEST_NUMBER = 19  # digits
SHORTEST_OTHER = 15  # digits of a number that is no mobile number
_LENGTHS = frozenset((11, 13, 15, 16, 17, 18, 19))  # of any of them, 86 or 0086 before it
_MOBILE = re.compile("1(?:3[0-9]|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8[0-9]|9[0-35-9])[0-9]{8}")
# GB/T 2260: 11 to 15, 21 to 23 ... of the first two digits.
_RANGES = ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
_PROVINCES = frozenset(str(place) for one, last in _RANGES for place in range(one, last + 1))
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
# UnionPay, and the older cards of single banks and of the companies abroad, with their lengths.
_CARDS = (
    ("62", (16, 17, 19)),
    ("9558", (19,)),
    ("955", (16, 19)),
    ("103", (19,)),
    ("601428", (17,)),
    ("4", (16,)),
    ("5", (16,)),
    ("35", (16,)),
)
_SAME = re.compile("([0-9])\\1+")  # one digit over and over: a form's example


def personal_numbers(text: str) -> list[PersonalNumber]:
    """Return the personal numbers in ``text``, in order; full-width digits and split numbers too."""
    plain = _half(text)
    found: list[PersonalNumber] = []
    for run in _RUN.finditer(plain):
        # Most runs are the office's own telephones and days: too short for more than a mobile number.
        if run.end() - run.start() < SHORTEST_OTHER and not _MOBILE_BEGINS.search(run[0]):
            continue
        if not _stands_alone(plain, run.start(), run.end()):
            continue
        groups = [(m.start() + run.start(), m[0]) for m in _GROUP.finditer(run[0])]
        found += _in_groups(text, groups)
    if spread := [one for run in _SPREAD.finditer(plain) if (one := _spread(text, run))]:
        found = _merged(found, spread)
    if cut := [one for run in _CUT.finditer(plain) if (one := _cut_identity(text, run))]:
        found = _merged(cut, found)
    return found


def _merged(first: list[PersonalNumber], others: list[PersonalNumber]) -> list[PersonalNumber]:
    """Return both in order, of ``others`` those that share no digit with one of ``first``."""
    rest = (o for o in others if not any(o.start < one.end and one.start < o.end for one in first))
    return sorted([*first, *rest], key=lambda one: one.start)


def _spread(text: str, run: re.Match[str]) -> PersonalNumber | None:
    groups = [(m.start() + run.start(), m[0]) for m in _GROUP.finditer(run[0])]
    kind = kind_of_number("".join(group for _, group in groups))
    return _number(text, groups, kind) if kind else None


def _cut_identity(text: str, run: re.Match[str]) -> PersonalNumber | None:
    if len(digits := "".join(run[0].split())) != 18 or not is_identity(digits):
        return None
    masked = _masked(text[run.start() : run.end()], PersonalKind.IDENTITY)
    return PersonalNumber(PersonalKind.IDENTITY, run.start(), run.end(), masked)


def _half(text: str) -> str:
    """Return ``text`` with full-width digits as plain ones; a replace each is ten times a translation's speed."""
    for wide, plain in _HALF.items():
        text = text.replace(wide, plain)
    return text


def mask_text(text: str) -> str:
    """Return ``text`` with every personal number masked; its length stays."""
    pieces, at = [], 0
    for number in personal_numbers(text):
        pieces += [text[at : number.start], number.masked]
        at = number.end
    return "".join([*pieces, text[at:]])


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Say whether no letter, digit or point ties a run to a longer word: a hash, an amount, an address."""
    before, behind = text[max(0, start - 8) : start], text[end : end + 2]
    if before and _is_word(before[-1]) and not _CALLED.search(before):
        return False
    if _TIED.search(before):
        return False
    if behind and _is_word(behind[0]) and behind[0] != "@":  # 13812345678@ is a person's address
        return False
    return not (behind[:1] == "." and behind[1:2].isdecimal())


def _is_word(letter: str) -> bool:
    return letter.isascii() and (letter.isalnum() or letter in "_%&#@")


def _in_groups(text: str, groups: list[tuple[int, str]]) -> Iterator[PersonalNumber]:
    """Yield the numbers that whole groups of digits make up, the longest first at each place.

    Digits written singly are one number or none.
    """
    sizes = [len(group) for _, group in groups]
    if len(groups) > 1 and max(sizes) == 1:
        if len(groups) <= LONGEST_NUMBER and (kind := _kind(groups)):
            yield _number(text, groups, kind)
        return
    at = 0
    while at < len(groups):
        for size in range(_reach(sizes, at), 0, -1):
            if kind := _kind(groups[at : at + size]):
                yield _number(text, groups[at : at + size], kind)
                at += size - 1
                break
        at += 1


def _reach(sizes: list[int], at: int) -> int:
    """Return how many groups from ``at`` on can be one number by their digits."""
    digits = count = 0
    for size in sizes[at : at + LONGEST_NUMBER]:
        digits += size
        if digits > LONGEST_NUMBER:
            break
        count += 1
    return count


def _number(text: str, groups: list[tuple[int, str]], kind: PersonalKind) -> PersonalNumber:
    start, end = groups[0][0], groups[-1][0] + len(groups[-1][1])
    return PersonalNumber(kind, start, end, _masked(text[start:end], kind))


def _kind(groups: list[tuple[int, str]]) -> PersonalKind | None:
    sizes = [len(group) for _, group in groups]
    if sum(sizes) not in _LENGTHS:
        return None
    digits = "".join(group for _, group in groups)
    # A group of one or two digits among longer ones is a count, a day, a page; 86 is not.
    if min(sizes) < 3 and max(sizes) > 1 and not _of_abroad(sizes, digits):
        return None
    return kind_of_number(digits)


def _of_abroad(sizes: list[int], digits: str) -> bool:
    return digits.startswith(_ABROAD) and sizes[0] in (2, 4) and min(sizes[1:], default=0) > 2


def kind_of_number(digits: str) -> PersonalKind | None:
    """Return what ``digits`` (a last X too) are, None when they are no personal number."""
    if _SAME.fullmatch(digits):
        return None
    if is_identity(digits):
        return PersonalKind.IDENTITY
    for abroad in ("", *_ABROAD):
        if digits.startswith(abroad) and _MOBILE.fullmatch(digits[len(abroad) :]):
            return PersonalKind.MOBILE
    return PersonalKind.CARD if _is_card(digits) else None


def is_identity(digits: str) -> bool:
    """Say whether ``digits`` are an identity number: place, day of birth, and of 18 the check digit."""
    if digits[:2] not in _PROVINCES:
        return False
    if len(digits) == 15:
        return digits.isdecimal() and _is_day("19" + digits[6:12])
    if len(digits) != 18 or not digits[:17].isdecimal() or not _is_day(digits[6:14]):
        return False
    total = sum(int(d) * w for d, w in zip(digits[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == digits[17].upper()


def _is_day(text: str) -> bool:
    try:
        return 1900 <= date(int(text[:4]), int(text[4:6]), int(text[6:])).year <= 2099
    except ValueError:
        return False


def _is_card(digits: str) -> bool:
    if not digits.isdecimal() or not any(
        digits.startswith(prefix) and len(digits) in lengths for prefix, lengths in _CARDS
    ):
        return False
    doubled = (int(d) * (1 + place % 2) for place, d in enumerate(reversed(digits)))
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def _masked(text: str, kind: PersonalKind) -> str:
    """Return a number with all but its ends as stars; what parts its groups stays."""
    places = [at for at, letter in enumerate(_half(text)) if letter in "0123456789Xx"]
    first, last = _SHOWN[kind]
    abroad = max(0, len(places) - 11) if kind is PersonalKind.MOBILE else 0  # 86, 0086
    hidden = set(places[first + abroad : len(places) - last])
    return "".join("*" if at in hidden else letter for at, letter in enumerate(text))
