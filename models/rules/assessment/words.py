"""The fixed vocabularies of the mock assessment, with the words an office uses for them."""

from models.rules.words import Worded


class Method(Worded):
    """How something is assessed, in the order of the plan of 金昌（2025，评估验收）。"""

    SEARCH = "search", "网络检索"
    CASE_FILES = "case-files", "案卷评查"
    SITE = "site", "实地核验"
    PAPERS = "papers", "资料核查"
    LAW_TEST = "law-test", "法律知识测试"
    INTERVIEWS = "interviews", "综合访谈"
    CALL_BACK = "call-back", "电话回访"
    SATISFACTION = "satisfaction", "满意度测评"


# Whose sample is drawn and whose record is kept here; the others hand in a result.
DRAWN = (Method.SEARCH, Method.CASE_FILES, Method.SITE, Method.PAPERS)


class ScorePart(Worded):
    """What the methods are put together to: 书面评审、实地评估、满意度测评（枣庄 2022 年）。"""

    PAPERS = "papers", "书面"
    SITE = "site", "实地"
    SATISFACTION = "satisfaction", "满意度"


class DrillState(Worded):
    """How far a mock assessment is."""

    OPEN = "open", "进行中"
    FINISHED = "finished", "已完成"
    DROPPED = "dropped", "已取消"


class ReviewOutcome(Worded):
    """What was found of one thing that was looked at."""

    MET = "met", "符合"
    PARTLY = "partly", "基本符合"
    MISSED = "missed", "不符合"
    NOT_APPLICABLE = "not-applicable", "不适用"
    UNSEEN = "unseen", "没有看成"


class CaseKind(Worded):
    """The kinds of files of administrative law enforcement, each with a sheet of its own."""

    LICENCE = "licence", "许可"
    PENALTY = "penalty", "处罚"
    COERCION = "coercion", "强制"


def method_named(word: str) -> Method | None:
    """Return the method of that key or Chinese word, None for another."""
    said = word.strip()
    return next((one for one in Method if said in (one.value, one.chinese)), None)
