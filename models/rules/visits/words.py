"""The fixed vocabularies of inspection, with the words an office uses for them."""

import re

from models.rules.words import Worded

FEWEST_ROUNDS = 2  # 曾都 (2023): 轮次安排原则上不少于2次
MOST_ROUNDS, MOST_A_DAY = 12, 10
USUAL_A_DAY = 2  # a morning and an afternoon
NOTHING_FOUND = "未发现问题"
_CODE = re.compile(r"V([1-9]\d?)\.([1-9]\d{0,3})", re.IGNORECASE)


class VisitState(Worded):
    """How far a visit is; ``withdrawn`` is one of a unit that is visited no more."""

    PLANNED = "planned", "待走访"
    HELD = "held", "已走访"
    WITHDRAWN = "withdrawn", "已取消"


class CheckKind(Worded):
    """What a line of a checklist is about; the first three are 鲁山's (2024), their words the office's."""

    TALK = "talk", "专班人员必谈"
    PAPERS = "papers", "关键资料必查"
    PLACES = "places", "固定场所必看"
    POINT = "point", "本单位事项"
    BEFORE = "before", "上次发现的问题"


OF_THE_OFFICE = (CheckKind.TALK, CheckKind.PAPERS, CheckKind.PLACES)

# What is asked of every unit until the office writes lines of its own.
USUAL_LINES = {
    CheckKind.TALK: ("与负责创建工作的专班人员或联络员谈：分工、进展、困难，需要帮助解决的事",),
    CheckKind.PAPERS: ("看所负责指标和任务的资料：有没有、是不是本单位形成的、日期对不对",),
    CheckKind.PLACES: ("看办事窗口、执法场所、公开栏等固定场所的实际情况",),
}


class CheckResult(Worded):
    """What came of a line."""

    GOOD = "good", "符合"
    PARTLY = "partly", "部分符合"
    BAD = "bad", "不符合"
    NOT_HERE = "not_here", "不涉及"


class TeamRole(Worded):
    """What a unit is to a team."""

    BODY = "body", "组成单位"
    AVOIDS = "avoids", "回避单位"


def visit_code(round_number: int, number: int) -> str:
    """Return the code of a visit: V1.12 is the twelfth of round 1."""
    return f"V{round_number}.{number}"


def numbers_of(code: str) -> tuple[int, int] | None:
    """Return round and number of a visit's code, None for what is none."""
    found = _CODE.fullmatch(code.strip())
    return (int(found[1]), int(found[2])) if found else None
