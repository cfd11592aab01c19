"""The fixed vocabularies of publicity, with the words an office uses for them."""

from models.rules.words import Worded


class Arrival(Worded):
    """Whether what a unit owes came, by the day it came; nothing else of it is judged.

    整治形式主义为基层减负若干规定（2024）: no ranking, no score by articles, reach or photographs.
    """

    ON_TIME = "on_time", "按时"
    LATE = "late", "迟报"
    MISSING = "missing", "未报"
    NOT_YET = "not_yet", "未到期"


class WordingKind(Worded):
    """What a wording of the office's list is."""

    FORBIDDEN = "forbidden", "禁用"
    OUTDATED = "outdated", "过时"
    REQUIRED = "required", "必备"


class Remark(Worded):
    """Why a place of a text is shown to a person before it is published."""

    FORBIDDEN = "forbidden", "禁用词"
    OUTDATED = "outdated", "过时的表述"
    GONE_BODY = "gone_body", "机构已改名或撤并"
    SHORT_NAME = "short_name", "机构简称"
    REQUIRED = "required", "缺少必备表述"
    PERSONAL = "personal", "个人信息"
    SECRET = "secret", "标着密级"  # noqa: S105 - no password


class TextVerdict(Worded):
    """What a person said of a text that was looked at."""

    OPEN = "", "待定"
    PUBLISH = "publish", "可以发布"
    MEND = "mend", "修改后发布"
    REFUSE = "refuse", "不发布"

    @property
    def is_decision(self) -> bool:
        """Say whether a person may say it."""
        return self is not TextVerdict.OPEN


class IncidentStep(Worded):
    """How far a public-opinion incident is, in this order."""

    FOUND = "found", "发现"
    REPORTED = "reported", "报告"
    HANDLED = "handled", "处置"
    ANSWERED = "answered", "回应"
    ENDED = "ended", "结束"

    @property
    def place(self) -> int:
        """Return where it stands in the order of steps, from 0."""
        return list(IncidentStep).index(self)
