"""Which names are one body's, and which may be: by rules for the words of offices, not by a list.

市委办 and 市委办公室 are one. 市编办 and 市委编办, 市卫健委 and 市卫健局, 司法局 and 金昌市司法局 may be: a
person says which. 市委研究室 and 市政府研究室 say themselves whose they are.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

# The same word, long and short: anywhere in a name, and at its end.
_WORDS = (
    ("人民政府", "政府"),
    ("人民法院", "法院"),
    ("人民检察院", "检察院"),
    ("委员会", "委"),
    ("管理委", "管委"),
    ("管委会", "管委"),
)
_ENDS = (("街道办事处", "街道办"), ("办公室", "办"))
_MARKS = re.compile(r"[\s\uff08\uff09()\u3014\u3015\u3010\u3011]")  # blanks and brackets
_GOVERNMENT = re.compile(r"(?<=[省市县区州旗])府(?=办\b)")  # 市府办
_PLACE = re.compile(r"(?!市场)(?:[^省市县区州旗]{2,6}[省市县区州旗]|[省市县区州旗])(?=.)")
_OWNER = re.compile(r"委(?=..)|政府(?=.)")  # 市委编办, but 市委办 is the committee's own
_OFFICES = ("局", "委", "办")  # one body is called by either, before and after a reform


@dataclass(frozen=True, slots=True)
class _Parts:
    place: str
    owner: str
    work: str  # what it does: 编, 卫健, 研究室
    office: str


@lru_cache(maxsize=65_536)
def body_key(name: str) -> str:
    """Return what all ways to write one name agree in: 市委办 for 市委办公室."""
    name = _MARKS.sub("", name)
    for long, short in _WORDS:
        name = name.replace(long, short)
    for long, short in _ENDS:
        if name.endswith(long):
            name = name.removesuffix(long) + short
    return _GOVERNMENT.sub("政府", name)


def tag_key(tag: str) -> str:
    """Return the same for a channel tag, which may have a post or 备用 behind the body: 市委办-负责人."""
    body, dash, rest = tag.partition("-")
    return body_key(body) + dash + rest


def may_be_one(one: str, other: str) -> bool:
    """Say whether two names may be one body's; a person has to say it. Equal keys are one for sure."""
    a, b = _parts(body_key(one)), _parts(body_key(other))
    return (
        a.work == b.work
        and len(a.work) > 0
        and (a.owner == b.owner or not (a.owner and b.owner))
        and (a.office == b.office or bool(a.office and b.office))
        and (a.place == b.place or a.place.endswith(b.place) or b.place.endswith(a.place))
    )


@lru_cache(maxsize=65_536)
def _parts(name: str) -> _Parts:
    place = found[0] if (found := _PLACE.match(name)) else ""
    rest = name[len(place) :]
    owner = found[0] if place and (found := _OWNER.match(rest)) else ""
    rest = rest[len(owner) :]
    office = rest[-1] if rest.endswith(_OFFICES) else ""
    return _Parts(place, owner, rest[: len(rest) - len(office)], office)


class Bodies:
    """Names to hold others against; quick for thousands."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._by_key: dict[str, list[str]] = {}
        self._by_work: dict[str, list[str]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Hold later names against ``name`` too."""
        self._by_key.setdefault(body_key(name), []).append(name)
        self._by_work.setdefault(_parts(body_key(name)).work, []).append(name)

    def same(self, name: str) -> list[str]:
        """Return the other names that are the same body's for sure, in the order they were added."""
        return [one for one in self._by_key.get(body_key(name), ()) if one != name]

    def perhaps(self, name: str) -> list[str]:
        """Return the names that may be the same body's, in the order they were added."""
        rivals = self._by_work.get(_parts(body_key(name)).work, ())
        key = body_key(name)
        return [one for one in rivals if body_key(one) != key and may_be_one(one, name)]
