"""Whom a demand binds: the campaign as a whole, or every unit by itself; and what is divided by."""

import re

# 负责法制审核的人员不少于本单位执法人员总数的5%; 每人每年接受不少于40学时; 各单位每季度至少一次
_EVERY, _BODIES, _APART = "本|各|每|每个", "单位|部门|县|区|乡", "分别达到"
_EACH = re.compile(f"(?:{_EVERY})(?:{_BODIES})|{_APART}")
_PER_PERSON = re.compile("每人|每名|人均|每位")
PERSONS = "人数"


def asks_each_unit(text: str) -> bool:
    """Say whether a demand must be met by every unit: then a sum over all of them proves nothing."""
    return bool(_EACH.search(text) or _PER_PERSON.search(text))


def divided_by(text: str, out_of: str) -> str:
    """Return what a demand's figure is divided by; hours of each person are by the number of persons."""
    return out_of or (PERSONS if _PER_PERSON.search(text) else "")
