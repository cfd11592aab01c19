"""What a run of digits is: an identity number, a mobile number, a bank card; told by its digits alone.

Identity numbers by GB 11643-1999 (18 digits with the check of ISO 7064 MOD 11-2) and its predecessor of
15 digits; mobile numbers by the prefixes that the ministry has given out; cards by the check of Luhn
(ISO/IEC 7812-1) and the issuers' prefixes that are used here.
"""

import re
from datetime import date

from models.rules.words import Worded


class PersonalKind(Worded):
    """What a number tells of a person."""

    IDENTITY = "identity", "身份证号"
    MOBILE = "mobile", "手机号"
    CARD = "card", "银行卡号"


ABROAD = ("86", "0086")
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


def kind_of_number(digits: str) -> PersonalKind | None:
    """Return what ``digits`` (a last X too) are, None when they are no personal number."""
    if _SAME.fullmatch(digits):
        return None
    if is_identity(digits):
        return PersonalKind.IDENTITY
    for abroad in ("", *ABROAD):
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
