"""The fixed vocabularies of law tests, surveys and talks, with the words an office uses for them."""

from models.rules.words import Worded


class QuestionKind(Worded):
    """What kind of question: one letter is right, several are, or it is true or not."""

    SINGLE = "single", "单选"
    MULTIPLE = "multiple", "多选"
    JUDGE = "judge", "判断"


class Audience(Worded):
    """For whom a question is."""

    ENFORCEMENT = "enforcement", "执法人员"
    OTHER = "other", "其他人员"
    BOTH = "both", "都用"


STAFF = (Audience.ENFORCEMENT, Audience.OTHER)  # who sits a test; each has papers of its own


class SurveyKind(Worded):
    """What a survey by telephone asks about."""

    CALL_BACK = "call_back", "电话回访"
    SATISFACTION = "satisfaction", "满意度测评"


class CallResult(Worded):
    """What became of a call."""

    ANSWERED = "answered", "完成"
    REFUSED = "refused", "拒访"
    BROKEN_OFF = "broken_off", "中途挂断"
    SILENT = "silent", "无人接听"
    DEAD = "dead", "空号停机"
    NOT_MEANT = "not_meant", "不符合条件"  # too young, or not of the place


class TalkRole(Worded):
    """Whom the assessors talk with."""

    LEADER = "leader", "领导"
    DEPARTMENT = "department", "科室"
    OFFICER = "officer", "执法人员"
    PEOPLE = "people", "群众"
