"""The fixed vocabularies of scores and papers, with the words an office uses for them."""

from models.rules.words import Worded


class ScoreKind(Worded):
    """Who scored an indicator."""

    SELF = "self", "自评分"
    OFFICE = "office", "初审分"
    MOCK = "mock", "模拟分"


class PaperKind(Worded):
    """What is written out as a paper."""

    REPORT = "report", "自评报告"
    PROBLEMS = "problems", "问题清单"
    RECTIFICATION = "rectification", "整改台账"
    DISPATCH = "dispatch", "督办单"
    BULLETIN = "bulletin", "通报"
    BRIEFING = "briefing", "简报"
    ANNUAL = "annual", "年度报告"
    HANDOVER = "handover", "交接单"
    CHECKLIST = "checklist", "清单"
    DRILL = "drill", "模拟评估报告"
    VISIT = "visit", "督导检查清单"
    SCHEDULE = "schedule", "督导安排"


class IssueState(Worded):
    """What has become of a briefing."""

    DRAFT = "draft", "待确认"
    ISSUED = "issued", "已出"
    WITHDRAWN = "withdrawn", "已撤回"
