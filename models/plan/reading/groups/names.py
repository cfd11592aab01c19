"""Working groups that a sentence only names: 下设综合协调组、督导检查组和宣传报道组3个工作组."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.plan.reading.groups.draft import OFFICE, TOPS, Draft
from models.plan.reading.text.document import Line
from models.plan.reading.text.numerals import read_integer
from models.plan.reading.text.patterns import pattern

# A sentence about groups begins or ends like this, and no group's name.
NO_START = r"{一}是|[{一}两几]个|聘|邀|{设立}|各|该|本|此|每|由|对|向|以|按|将|要|从|在|与|和|及|并|派|抽|联合|其[他余]|相关|有关|上述|全体|加强|强化|{实行}|明确|发挥|依托|通过|根据|同时|适时|随机|不|充实|调整"
_NO_END = r"(?:(?<=领导)小|党小|村民小|互助小|居民小|党|班|教研|项目|机)组$|^(?:专项)?(?:工作)?小?组$|{设立}|组成|聘请|抽调"
NAME = rf"(?!{NO_START})(?P<name>{{H}}[一-龥“”、]{{0,14}}?(?:组|专班))"


def names_a_group(name: str) -> bool:
    """Say whether ``name`` can be a working group's, and no sentence about groups: 综合协调组."""
    return bool(pattern(NAME).fullmatch(name)) and not pattern(_NO_END).search(name)


# 下设综合协调组、督导检查组和宣传报道组3个工作组; 下设2个组，分别为综合组、宣传组
_ONE_OF = r"[一-龥“”]{2,14}?(?:组|专班)"
_ENUMERATED = rf"(?:{{下设}})[^。；]{{0,40}}?(?P<names>{_ONE_OF}(?:(?:、|和|及|以及|与){_ONE_OF})+)"
_BEFORE_NAMES = r"^.*(?:分别为|分别是|包括|办公室[和及与]|个[专项门工作]*组为|即)"


# 下设综合协调、督导检查、宣传报道3个工作组: as many names as groups
_COUNTED = r"(?:{下设})(?P<names>{H}{2,10}(?:(?:、|和|及|以及|与){H}{2,10})+)(?:等)?(?P<count>{N})个(?:专项|专门|专业|具体)*(?:工作)?小?组"


def _counted(sentence: str) -> re.Match[str] | None:
    found = pattern(_COUNTED).search(sentence)
    return found if found and read_integer(found["count"]) == len(_split(found["names"])) else None


def _split(names: str) -> list[str]:
    parts = pattern(r"、|以及|和|及|与").split(names)
    return [pattern(_BEFORE_NAMES).sub("", name) for name in parts if name != OFFICE]


def named_groups(sentence: str, drafts: Sequence[Draft], line: Line) -> Iterator[Draft]:
    """Yield the working groups that a sentence only names, so that none is lost."""
    counted = _counted(sentence)
    found = pattern(_ENUMERATED).search(sentence) or counted
    if not found or pattern(r"各$|各[{县}单部]").search(sentence[: found.start()]):
        return
    top = next((d.name for d in drafts if d.parent is None and d.name.endswith(TOPS)), None)
    of_office = OFFICE in sentence[: found.start()][-12:]
    parent = next((d.name for d in drafts if of_office and d.name.endswith(OFFICE)), top)
    for name in _split(found["names"]):
        name = f"{name}组" if found is counted and not name.endswith(("组", "专班")) else name
        if names_a_group(name):
            yield Draft(name, parent, replace(line, text=f"{sentence}。"), announced=True)
