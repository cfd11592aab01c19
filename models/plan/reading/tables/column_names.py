"""The names of columns of a table of tasks, and lines that are made of nothing else."""

import re
from collections.abc import Mapping

from models.plan.reading.text.patterns import pattern
from models.plan.reading.text.remembered import remembered

WHAT, WHO, WHEN, BESIDE = "what", "who", "when", "beside"

# Names of columns, whole; the first that fits decides. A line of a text is never made of them alone.
WORDS = (
    (WHAT, r"(?:项目|任务|指标)?(?:序\s?号|编\s?号)"),
    (
        WHO,
        r"(?:市级|县级|省级|第一|主要|直接)?"
        r"(?:{角色}|监管|督导|成员)"
        r"(?:责任)?(?:{单位}|{领导}|人员?)(?:（.{1,8}）|[及和、]{领导})?",
    ),
    (
        WHEN,
        r"(?:(?:完成|工作|办[理结]|整改|实施|推进|起止|预计|计划)?(?:{时限}|日期|进度)"
        r"(?:要求|安排|节点)?)",
    ),
    (
        WHAT,
        r"(?:{栏头}){0,2}"
        r"(?:{任务词})(?:名称|{其他栏}|分解|清单)?",
    ),
    (WHO, r"{单位}|{领导}|{牵头}|{配合}"),
    (
        BESIDE,
        r"备\s?注|类[别型]|领域|板块|分类|阶段|步骤|(?:工作|年度|预期)?(?:目标|成果|成效|要求)(?:形式)?|指标值?|分值"
        r"|(?:评价|验收|测评)?标准|完成情况|名称|说明|姓名|职务|联系?电话|责任|完成|方式",
    ),
)
MOST_LETTERS = 80  # of a line of heads
LEAST = 3  # names of columns that are a head


def columns_named(text: str) -> dict[str, str]:
    """Return the names of columns that a line is made of, and what each is; none where it says anything else."""
    if len(text) > MOST_LETTERS:
        return {}
    tokens = re.split(r"[\s|]+", text.strip(" |\t\u3000"))
    found = [_words(token) for token in tokens]
    named = {word: kind for each in found for word, kind in each.items()}
    others = sum(not each for each in found)
    return named if others * LEAST <= len(named) else _words("".join(tokens))


def is_name(text: str) -> bool:
    """Say whether ``text`` is the name of one column."""
    return any(pattern(names).fullmatch(text) for _, names in WORDS)


@remembered
def _words(token: str) -> dict[str, str]:
    found: dict[str, str] = {}
    at = 0
    while at < len(token):
        fits = ((kind, pattern(names).match(token, at)) for kind, names in WORDS)
        best = max(((m.end(), kind) for kind, m in fits if m and m.end() > at), default=None)
        if best is None:
            return {}
        found[token[at : best[0]]] = best[1]
        at = best[0]
    return found


def is_head(text: str) -> bool:
    """Say whether a line is the head of a table that says what is done, and who does it or when."""
    words = columns_named(text)
    kinds = set(words.values())
    pair = kinds == {WHAT, WHO} and len(text.split()) > 1
    return WHAT in kinds and bool(kinds & {WHO, WHEN}) and (len(words) >= LEAST or pair)


def are_heads_apart(words: Mapping[str, str]) -> bool:
    """Say the same of names of columns on lines of their own, where 时间安排 may be a heading."""
    return {WHAT, WHO} <= set(words.values()) and len(words) >= LEAST
