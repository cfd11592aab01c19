"""Names of persons are kept nowhere in a plan: what quotes them says 某某 in their place."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from models.plan.reading.persons.nameless import QUOTED, wherever_named, without_spoken_of
from models.plan.reading.persons.nameless import WITHOUT as WITHOUT
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
    known = {squeeze(name) for name in names if len(name) > 1}
    for name in sorted(known, key=len, reverse=True):
        text = text.replace(name, WITHOUT)
    return without_spoken_of(text, QUOTED)


def forget(plan: BaseModel, names: Iterable[str]) -> None:
    """Take names that can be nothing else out of everything that ``plan`` quotes, in place.

    A name of two letters may be a word as well (文化); it is taken out only where it was read.
    """
    sure = {n for n in map(squeeze, names) if len(n) > 2 or pattern("[某×]").search(n)}
    if sure:
        _forget(plan, wherever_named(sure), 0)


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
