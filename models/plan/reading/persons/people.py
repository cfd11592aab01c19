"""Names of persons are kept nowhere in a plan: what quotes them says 某某 in their place."""

import re
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from models.plan.reading.persons.nameless import WITHOUT as WITHOUT
from models.plan.reading.persons.names import POST, is_name_of_a_person
from models.plan.reading.persons.posts import holders_of
from models.plan.reading.persons.telephones import HIDDEN, LABEL
from models.plan.reading.text.patterns import HAN, pattern, squeeze

# Fields that hold names of bodies or words of the form, and never a person's.
_NO_PERSONS = (
    "_units",
    "_groups",
    "canonical",
    "variants",
    "kind",
    "title_alternatives",
    "issuers",
)
# Somebody behind a post, or spoken of with respect: 县司法局局长钱甲乙同志; 由钱甲乙同志兼任.
_SPOKEN_OF = (
    rf"(?P<before>{POST})(?P<name>{{H}}{{2,3}})(?=同志|（|兼任|担任|[，；、。）]|$)",
    r"(?P<before>[，；、：。由请])(?P<name>{H}{2,3})(?=同志)",
    r"(?P<before>(?:联络员|联系人|{组长}|主任)[为是：])(?P<name>{H}{2,3})(?=[，；、。（]|同志|$)",
)


def posts_only(texts: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the posts that ``texts`` say, one for each person, and the names that are left out."""
    posts: list[str] = []
    names: list[str] = []
    for text in texts:
        holders = holders_of(text)
        names += holders.names
        posts += holders.posts or _rest(text, holders.names)
    return list(dict.fromkeys(posts)), names


def _rest(text: str, names: Iterable[str]) -> list[str]:
    """Return what else is said of who does it where no post is: 市司法局 of 市司法局某某，电话略."""
    for name in names:
        text = text.replace(name, WITHOUT)
    text = pattern(rf"{WITHOUT}(?:同志|先生|女士)?|{LABEL}[：]?(?:{HIDDEN})?|（[^{HAN}]*）").sub(
        "", text
    )
    text = text.strip("，、；：:,;（）() \n")
    return [text] if len(pattern("{H}").findall(text)) > 1 else []


def cleaned(text: str, names: Iterable[str]) -> str:
    """Return ``text`` with 某某 in place of ``names`` and of whoever stands behind a post."""
    known = tuple(sorted({squeeze(name) for name in names if len(name) > 1}, key=len, reverse=True))
    for name in known:
        text = text.replace(name, WITHOUT)
    for expression in _SPOKEN_OF:
        text = pattern(expression).sub(_unnamed, text)
    return text


def _unnamed(found: re.Match[str]) -> str:
    person = is_name_of_a_person(found["name"]) and not found["name"].startswith(("任", "兼"))
    return found["before"] + WITHOUT if person else found[0]


def forget(plan: BaseModel, names: Iterable[str]) -> None:
    """Take names that can be nothing else out of everything that ``plan`` quotes, in place.

    A name of two letters may be a word as well (文化); it is taken out only where it was read.
    """
    whole = {n for n in map(squeeze, names) if len(n) > 2 or pattern("[某×]").search(n)}
    sure = sorted(whole, key=len, reverse=True)
    if sure:
        # A place that is called like somebody goes on: 高明区.
        _forget(plan, rf"(?:{'|'.join(map(re.escape, sure))})(?![{{县}}村街路局])", 0)


def _forget(value: Any, expression: str, depth: int) -> Any:
    """Return ``value`` without the names; parts of a plan are changed where they stand."""
    if isinstance(value, str):
        return pattern(expression).sub(WITHOUT, value)
    if isinstance(value, list):
        return [_forget(each, expression, depth + 1) for each in value]
    if isinstance(value, BaseModel) and depth < 12:
        for name in type(value).model_fields:
            before = getattr(value, name)
            if isinstance(before, str | list | BaseModel) and not name.endswith(_NO_PERSONS):
                after = _forget(before, expression, depth + 1)
                if after != before:
                    setattr(value, name, after)
    return value
