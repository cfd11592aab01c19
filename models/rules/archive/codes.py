"""What the codes in the columns of an archive mean: every column whose values are words of the program's."""

from collections.abc import Mapping

from models.rules.assessment.words import CaseKind, DrillState, Method, ReviewOutcome, ScorePart
from models.rules.audit.facts import FACT_CODES
from models.rules.audit.words import DEEDS
from models.rules.decisions.decisions import Why
from models.rules.evidence.findings import CHECKS
from models.rules.evidence.ledgers import Side
from models.rules.evidence.words import (
    CopyPurpose,
    EvidenceKind,
    EvidenceState,
    Reception,
    Verdict,
    Via,
)
from models.rules.figures.periods import Per
from models.rules.figures.words import IssueState, PaperKind, ScoreKind
from models.rules.findings.numbers import DispatchState
from models.rules.findings.words import FindingKind, FindingSource, FindingState, FindingStep
from models.rules.gates.table import GATES
from models.rules.groups.words import DocumentStanding, SeatRole
from models.rules.notices.ladder import LADDER
from models.rules.notices.rule_words import NO_WAY, RULE_WORDS
from models.rules.notices.states import DELIVERY_STATES, NOTICE_STATES
from models.rules.surveys.words import Audience, QuestionKind, SurveyKind, TalkRole
from models.rules.visits.words import CheckKind, CheckResult, TeamRole, VisitState
from models.rules.words import (
    DocumentKind,
    Level,
    MilestoneKind,
    Role,
    StageKind,
    words_of,
)

_SUBJECTS = {
    "assignment": "责任分解",
    "campaign": "创建活动",
    "database": "数据库",
    "decision": "审批",
    "delegation": "审批委托",
    "message": "消息",
    "milestone": "节点",
    "silence": "暂停提醒",
    "stage": "阶段",
    "unit": "单位",
}
_QUESTIONS = {
    "asked": "待答复",
    "answered": "已答复",
    "overtaken": "已失效",
    "expired": "逾期没有答复",
}
_ASKED_HOW = {"asked": "按方案请求", "escalated": "逾期转请", "transferred": "转交"}
_LINKS = {"same": "没有变化", "changed": "内容已变", "dead": "打不开", "refused": "没有访问"}
_LEVELS = {str(int(one)): one.chinese for one in Level}
_RULES = {**RULE_WORDS, **{rung.rule: rung.chinese for rung in LADDER}}
_UNSAID = {
    **NO_WAY,
    "already-done": "发出以前已经办完",
    "campaign-closed": "创建活动已结束",
    "dates-changed": "日期已改",
}

CODES: Mapping[tuple[str, str], Mapping[str, str]] = {
    **FACT_CODES,
    ("acknowledgement", "subject_kind"): _SUBJECTS,
    ("asked_post", "how"): _ASKED_HOW,
    ("assignment", "role"): words_of(Role),
    ("audit_entry", "what"): DEEDS,
    ("briefing", "state"): words_of(IssueState),
    ("campaign", "kind"): words_of(DocumentKind),
    ("case_criterion", "kind"): words_of(CaseKind),
    ("confirmation", "rule"): {rule.id: rule.demand for own in GATES.values() for rule in own},
    ("decision", "status"): _QUESTIONS,
    ("decision", "why"): words_of(Why),
    ("delivery", "state"): DELIVERY_STATES,
    ("demand", "per"): words_of(Per),
    ("dispatch", "state"): words_of(DispatchState),
    ("drill", "state"): words_of(DrillState),
    ("drill_draw", "method"): words_of(Method),
    ("evidence", "kind"): words_of(EvidenceKind),
    ("evidence_copy", "purpose"): words_of(CopyPurpose),
    ("evidence_mark", "check_id"): {check.id: check.name for check in CHECKS.values()},
    ("evidence_mark", "verdict"): words_of(Verdict),
    ("evidence_revision", "state"): words_of(EvidenceState),
    ("evidence_revision", "via"): words_of(Via),
    ("finding", "kind"): words_of(FindingKind),
    ("finding", "source"): words_of(FindingSource),
    ("finding", "state"): words_of(FindingState),
    ("finding_step", "step"): words_of(FindingStep),
    ("group_document", "standing"): words_of(DocumentStanding),
    ("group_reference", "role"): words_of(Role),
    ("group_seat", "role"): words_of(SeatRole),
    ("inspection_line", "kind"): words_of(CheckKind),
    ("inspection_team_unit", "role"): words_of(TeamRole),
    ("item_mark", "outcome"): words_of(ReviewOutcome),
    ("law_candidate", "audience"): words_of(Audience),
    ("law_paper", "audience"): words_of(Audience),
    ("law_question", "audience"): words_of(Audience),
    ("law_question", "kind"): words_of(QuestionKind),
    ("law_rule", "audience"): words_of(Audience),
    ("law_rule", "kind"): words_of(QuestionKind),
    ("ledger_conflict", "taken"): words_of(Side),
    ("link_check", "outcome"): _LINKS,
    ("method_weight", "method"): words_of(Method),
    ("method_weight", "part"): words_of(ScorePart),
    ("milestone", "kind"): words_of(MilestoneKind),
    ("notice", "level"): _LEVELS,
    ("notice", "reason"): _UNSAID,
    ("notice", "rule"): _RULES,
    ("notice", "state"): NOTICE_STATES,
    ("notice", "subject_kind"): _SUBJECTS,
    ("package_limit", "kind"): words_of(EvidenceKind),
    ("paper", "kind"): words_of(PaperKind),
    ("paper_template", "kind"): words_of(PaperKind),
    ("post", "level"): _LEVELS,
    ("received_file", "kind"): {"ledger": "台账", "evidence": "证明材料"},
    ("received_file", "outcome"): words_of(Reception),
    ("received_file", "via"): words_of(Via),
    ("score", "kind"): words_of(ScoreKind),
    ("stage", "kind"): words_of(StageKind),
    ("survey", "kind"): words_of(SurveyKind),
    ("talk", "role"): words_of(TalkRole),
    ("talk_question", "role"): words_of(TalkRole),
    ("visit", "state"): words_of(VisitState),
    ("visit_check", "kind"): words_of(CheckKind),
    ("visit_check", "result"): words_of(CheckResult),
    ("workpaper", "method"): words_of(Method),
}
