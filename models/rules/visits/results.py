"""What may be registered of a visit: it ends with its problems, or with the words that there are none.

曾都 (2023): 每次检查都要开出问题清单并督办整改.
"""

import re
from collections.abc import Collection, Sequence
from datetime import date

from models.rules.visits.words import NOTHING_FOUND
from models.rules.words import post_fault


def problems_in(text: str) -> tuple[str, ...]:
    """Return the problems that somebody types in one go: a line each, or split by semicolons."""
    return tuple(filter(None, (one.strip() for one in re.split("[；;\n]", text))))


def conclusion_fault(problems: int, *, nothing_found: bool) -> str:
    """Return what is wrong with how a visit ends; empty where it lists problems or says that there are none."""
    if problems and nothing_found:
        return f"写了“{NOTHING_FOUND}”，又列了 {problems} 个问题：留下一样"
    if not problems and not nothing_found:
        return f"没有列出问题：请列出，或写明“{NOTHING_FOUND}”"
    return ""


def held_faults(visited_on: date | None, by_post: str, today: date) -> Sequence[tuple[str, str]]:
    """Return what is wrong with when and by whom a visit was made: the name of the column, and the words."""
    faults = []
    if visited_on is None:
        faults.append(("走访日期", "没有填写"))
    elif visited_on > today:
        faults.append(("走访日期", f"{visited_on} 还没有到，走访以后再报"))
    if not by_post.strip():
        faults.append(("走访人", "没有填写；写职务，如 第一督导组组长"))
    elif fault := post_fault(by_post, "走访"):
        faults.append(("走访人", fault))
    return faults


def due_fault(due: date | None, visited_on: date | None) -> str:
    """Return what is wrong with the day by which a problem is to be mended; empty where it may stand."""
    if due and visited_on and due < visited_on:
        return f"{due} 早于走访日期 {visited_on}"
    return ""


def own_word_fault(visited: str, senders: Collection[str]) -> str:
    """Return why the units that sent a result may not say it of ``visited``; empty where they may.

    Nobody inspects himself: an address of the visited unit alone is refused, one that it shares with
    another unit is not.
    """
    if visited in senders and len(senders) == 1:
        return f"这是从{visited}的邮箱发来的；走访结果由督导组报，被走访的单位不能报自己的"
    return ""
