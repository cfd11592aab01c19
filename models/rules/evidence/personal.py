"""Personal numbers in a text: identity numbers, mobile numbers, bank cards; found, and masked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.rules.evidence.personal_kinds import ABROAD, PersonalKind, kind_of_number


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
# Cut by the end of a line or of a cell: only what has a check digit is believed then, or what is called a
# telephone or a card. In two pieces, in its usual groups, or each digit in a box of its own.
_END = "[ \\t]*[\\r\\n\\t][ \\t\\r\\n]{0,6}"
_CUT = re.compile(f"(?<![0-9A-Za-z.])(?=([0-9]{{3,17}}{_END}[0-9]{{0,14}}[0-9Xx])(?![0-9A-Za-z]))")
_BOXED = re.compile(
    f"(?<![0-9A-Za-z.])[0-9](?:{_END}[0-9]){{9,17}}(?:{_END}[0-9Xx])(?![0-9A-Za-z])"
)
_GROUPED = re.compile(
    f"(?<![0-9A-Za-z.])(?:[0-9]{{6}}{_END}[0-9]{{8}}{_END}[0-9]{{3}}[0-9Xx]"
    f"|1[3-9][0-9]{_END}[0-9]{{4}}{_END}[0-9]{{4}}|[0-9]{{4}}(?:{_END}[0-9]{{4}}){{3}}"
    f"(?:{_END}[0-9]{{3}})?)(?![0-9A-Za-z])"
)
_CALLED_SO = re.compile("(?:手机|电话|联系方式|联系人|卡号|银行卡|账号)[^0-9]{0,20}$")
# Written in its usual groups, with points, lines or wide gaps between them: 138.1234.5678, 138_1234_5678.
_GAP = f"[{_APART}._/|•‧∙・･()（）]{{1,3}}"
_SPREAD = re.compile(
    f"(?<![0-9A-Za-z.])(?:1[3-9][0-9]{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}}"
    f"|[0-9]{{6}}{_GAP}[0-9]{{8}}{_GAP}[0-9]{{3}}[0-9Xx])(?![0-9A-Za-z]|[.][0-9])"
)
_GROUP = re.compile("[0-9]+[Xx]?|[Xx]")
_DIGIT = re.compile("[0-9０-９]")
_SHORT, _LEAST = 300, 11  # characters of a text whose digits are counted first; digits of a number
# What may stand right before a number although it is a letter: tel13812345678.
_CALLED = re.compile("(?:tel|phone|mobile|mob|sj|dh)[.:]?$", re.IGNORECASE)
_TIED = re.compile("[A-Za-z][/=.]$|[0-9]\\.$")  # of an address, an amount
# A standard's number (GB/T 1.1-2020, 4.1: letters, perhaps /T, a number, its year), or a paper's own (第…号).
_STANDARD = re.compile(
    "(?:^|[^A-Za-z])(?:(?:GB[ZJ]?|GJB|JJ[FG]|ISO|IEC|IEEE|ASTM|EN|DIN|DB[0-9]{2,4})(?:/[TZ])?"
    "|[A-Z]{2,4}/[TZ]|[TQ]/[A-Z]{2,8}|第) ?$"
)
_OF_A_STANDARD = re.compile("[-\\u2010-\\u2014](?:19|20)[0-9]{2}(?![0-9])")
LONGEST_NUMBER = 19  # digits
SHORTEST_OTHER = 15  # digits of a number that is no mobile number
_LENGTHS = frozenset((11, 13, 15, 16, 17, 18, 19))  # of any of them, 86 or 0086 before it


def personal_numbers(text: str) -> list[PersonalNumber]:
    """Return the personal numbers in ``text``, in order; full-width digits and split numbers too."""
    if len(text) <= _SHORT and len(_DIGIT.findall(text)) < _LEAST:
        return []  # nearly every name
    plain = _half(text)
    found: list[PersonalNumber] = []
    for run in _RUN.finditer(plain):
        # Most runs are the office's own telephones and days: too short for more than a mobile number.
        if run.end() - run.start() < SHORTEST_OTHER and not _MOBILE_BEGINS.search(run[0]):
            continue
        if not _stands_alone(plain, run.start(), run.end()):
            continue
        groups = [(m.start() + run.start(), m[0]) for m in _GROUP.finditer(run[0])]
        numbers = _in_groups(text, groups)
        found += [one for one in numbers if not _is_of_a_paper(plain, one)]
    if spread := [one for run in _SPREAD.finditer(plain) if (one := _spread(text, run))]:
        found = _merged(found, spread)
    if cut := list(_cut_numbers(text, plain)):
        found = _merged(cut, found)
    return found


def _is_of_a_paper(text: str, number: PersonalNumber) -> bool:
    """Say whether a number without a check of its own is a standard's or a certificate's."""
    if number.kind is PersonalKind.IDENTITY:
        return False
    before = _STANDARD.search(text[max(0, number.start - 14) : number.start])
    if before is None:
        return False
    behind = text[number.end : number.end + 8]
    return (
        behind.startswith("号")
        if before[0].endswith(("第", "第 "))
        else bool(_OF_A_STANDARD.match(behind))
    )


def _merged(first: list[PersonalNumber], others: list[PersonalNumber]) -> list[PersonalNumber]:
    """Return both in order, of ``others`` those that share no digit with one of ``first``."""
    rest = (o for o in others if not any(o.start < one.end and one.start < o.end for one in first))
    return sorted([*first, *rest], key=lambda one: one.start)


def _spread(text: str, run: re.Match[str]) -> PersonalNumber | None:
    groups = [(m.start() + run.start(), m[0]) for m in _GROUP.finditer(run[0])]
    kind = kind_of_number("".join(group for _, group in groups))
    return _number(text, groups, kind) if kind else None


def _cut_numbers(text: str, plain: str) -> Iterator[PersonalNumber]:
    """Yield the numbers that the end of a line or a cell cuts, in order and none over another."""
    runs = [(m.start(1), m[1]) for m in _CUT.finditer(plain)]
    for pattern in (_BOXED, _GROUPED):
        runs += [(m.start(), m[0]) for m in pattern.finditer(plain)]
    last = 0
    for start, run in sorted(runs):
        digits = "".join(run.split())
        if start < last or len(digits) not in _LENGTHS:
            continue
        kind = kind_of_number(digits)
        sure = kind is PersonalKind.IDENTITY and len(digits) == 18
        if kind and (sure or _CALLED_SO.search(plain[max(0, start - 30) : start])):
            last = start + len(run)
            yield PersonalNumber(kind, start, last, _masked(text[start:last], kind))


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


def mask_name(name: str) -> str:
    """Return a file's name with every personal number masked by ×, for no name may hold a star on Windows.

    What stands between words of a name (_) parts numbers there; its length stays.
    """
    masked = mask_text(name.replace("_", " "))
    pairs = zip(name, masked, strict=True)
    return "".join("×" if shown == "*" != letter else letter for letter, shown in pairs)


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
    return digits.startswith(ABROAD) and sizes[0] in (2, 4) and min(sizes[1:], default=0) > 2


def _masked(text: str, kind: PersonalKind) -> str:
    """Return a number with all but its ends as stars; what parts its groups stays."""
    places = [at for at, letter in enumerate(_half(text)) if letter in "0123456789Xx"]
    first, last = _SHOWN[kind]
    abroad = max(0, len(places) - 11) if kind is PersonalKind.MOBILE else 0  # 86, 0086
    hidden = set(places[first + abroad : len(places) - last])
    return "".join("*" if at in hidden else letter for at, letter in enumerate(text))
