"""What a visit may not ask of a unit, and what is no problem: by the rules that relieve the grass roots.

整治形式主义为基层减负若干规定 (2024): who leads a unit need not attend, photographs and other traces are no
yardstick of work, units are not ranked.
"""

import re

_HEAD = r"(?:党政)?主要(?:负责人|负责同志|领导)|一把手|党政正职|[党政]主官"
_ATTENDS = "陪同|陪检|到场|在场|参加|出席|汇报|接待|迎接|必须|必谈|亲自"
_PHOTOGRAPHS = "照片|拍照|合影|合照|截图|图片"
_LACKING = "没有|未|缺|无|不全|不足|不够|太少|偏少|少于"
_RANKED = "排名|排序通报|名次|末位|倒数第|评比"
_NOT = re.compile("不得|不给|不以|不必|不要|不需|无需|不用|不再|禁止|严禁|避免")
_CLAUSE = re.compile("[，。；！？：、\n]")
_FORBIDDEN = (
    (
        re.compile(
            f"(?:{_HEAD})[^，。；\n]{{0,10}}(?:{_ATTENDS})|(?:{_ATTENDS})[^，。；\n]{{0,6}}(?:{_HEAD})"
        ),
        "督导不要求单位主要负责人陪同、到场或汇报，请改写",
    ),
    (
        re.compile(
            f"(?:{_PHOTOGRAPHS})[^，。；\n]{{0,6}}(?:{_LACKING})|(?:{_LACKING})[^，。；\n]{{0,6}}(?:{_PHOTOGRAPHS})"
        ),
        "有没有照片、截图不算问题，请改写成工作本身的问题，或删去",
    ),
    (re.compile(_RANKED), "督导不给单位排名，请改写"),
)


def burden_fault(text: str) -> str:
    """Return why ``text`` may not stand on a checklist or in a list of problems; empty where it may."""
    for said, why in _FORBIDDEN:
        hit = said.search(text)
        if hit and not _NOT.search(_CLAUSE.split(text[: hit.start()])[-1] + hit[0]):
            return why
    return ""
