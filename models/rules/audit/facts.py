"""The facts that the audit chain covers: which columns of which tables, and what an office calls them.

Every column of these tables stands here or is left out for a reason. Whoever adds a column to one of
them adds its word here and, in `LATER`, the value that the migration gives to rows of before; a test
fails until both are there.
"""

from collections.abc import Mapping

from models.rules.audit.assessment_facts import ASSESSMENT_TABLES
from models.rules.audit.briefing_facts import BRIEFING_TABLES
from models.rules.audit.evidence_facts import EVIDENCE_TABLES
from models.rules.audit.fact_table import Value, fact_table
from models.rules.audit.finding_facts import FINDING_TABLES
from models.rules.audit.group_facts import GROUP_TABLES
from models.rules.audit.inspection_facts import INSPECTION_TABLES
from models.rules.audit.publicity_facts import PUBLICITY_TABLES
from models.rules.audit.survey_facts import SURVEY_TABLES
from models.rules.decisions.answers import Answer
from models.rules.publicity.words import IncidentStep, TextVerdict, WordingKind
from models.rules.words import CampaignState, Progress, RunKind, StageStatus, words_of

TABLES = (
    fact_table(
        "campaign",
        "创建活动或工作计划",
        "slug title kind issuer document_number issued_on is_demo parent_id shifted_days "
        "duties_until plan_json state closed_on evaluated_from evaluated_until "
        "run_kind approval_number parent_unit_id",
        {
            "shifted_days": "平移天数",
            "run_kind": "性质",
            "approval_number": "批准文号",
            "parent_unit_id": "在上级的单位",
        },
        left_out=frozenset({"loaded_at"}),
        digested=frozenset({"plan_json"}),
    ),
    fact_table(
        "stage",
        "阶段",
        "campaign_id ordinal kind name raw planned_start planned_end open_ended "
        "original_start original_end status opened_on closed_on",
    ),
    fact_table(
        "milestone",
        "节点",
        "campaign_id stage_id work_item_id unit_id kind code position title begin begin_by "
        "due original_due state done_on by_post note withdrawn",
        {"title": "事项", "due": "截止日期"},
    ),
    fact_table(
        "assignment",
        "责任分解",
        "campaign_id work_item_id indicator_id unit_id group_id role begin_by due "
        "original_due state done_on by_post note self_score office_score mock_score withdrawn",
        {"unit_id": "单位", "due": "截止日期"},
    ),
    fact_table(
        "decision",
        "审批",
        "campaign_id stage_id status why asked_by asked_on asked_at due all_must_agree "
        "obstacles answer answered_by reason new_end closed_on closed_at closed_why audit_id",
        {
            "due": "答复期限",
            "obstacles": "当时的障碍",
            "answered_by": "决定人",
            "closed_on": "办结日",
        },
        left_out=frozenset({"flow_run", "reminded_on", "run_closed"}),
    ),
    fact_table(
        "asked_post",
        "审批对象",
        "decision_id post_id how gone answer said_by reason new_end at",
        {"gone": "是否已转出"},
    ),
    fact_table(
        "transition",
        "阶段流转",
        "campaign_id stage_id from_status to_status day at decided_by reason obstacles audit_id",
        {"obstacles": "当时的障碍"},
    ),
    fact_table(
        "delegation",
        "审批委托",
        "campaign_id post_id deputy_id first last made_by made_at agreed revoked",
        {"post_id": "委托岗位", "first": "开始日", "last": "结束日"},
    ),
    fact_table(
        "confirmation",
        "条件确认",
        "campaign_id stage_id rule by_post day amount note at audit_id withdrawn_on "
        "withdrawn_by withdrawn_why",
        {"rule": "条件", "by_post": "确认人", "day": "满足之日", "amount": "数量"},
    ),
    fact_table(
        "objection",
        "异议",
        "decision_id post_id reason registrar day at outcome asked_again audit_id",
    ),
    *EVIDENCE_TABLES,
    *ASSESSMENT_TABLES,
    *FINDING_TABLES,
    *GROUP_TABLES,
    *SURVEY_TABLES,
    *BRIEFING_TABLES,
    *INSPECTION_TABLES,
    *PUBLICITY_TABLES,
)
BY_NAME = {table.name: table for table in TABLES}

# Columns that came after version 0008: what a row has in them whose entries do not name them.
LATER: Mapping[tuple[str, str], Value] = {
    ("campaign", "state"): "open",
    ("campaign", "run_kind"): "campaign",
    ("campaign", "approval_number"): "",
    ("received_file", "returned_sha256"): "",
    ("evidence_revision", "digest"): "",
}

_STAGE, _DONE = words_of(StageStatus), words_of(Progress)
_ANSWERS = words_of(Answer)
FACT_CODES: Mapping[tuple[str, str], Mapping[str, str]] = {  # what the codes of a column mean
    ("campaign", "state"): words_of(CampaignState),
    ("campaign", "run_kind"): words_of(RunKind),
    ("stage", "status"): _STAGE,
    ("transition", "from_status"): _STAGE,
    ("transition", "to_status"): _STAGE,
    ("milestone", "state"): _DONE,
    ("assignment", "state"): _DONE,
    ("decision", "answer"): _ANSWERS,
    ("asked_post", "answer"): _ANSWERS,
    ("venue", "state"): _DONE,
    ("wording", "kind"): words_of(WordingKind),
    ("text_check", "verdict"): words_of(TextVerdict),
    ("incident", "step"): words_of(IncidentStep),
    ("incident_deed", "step"): words_of(IncidentStep),
}
_LONGEST = 60  # characters of a value that are shown


def fact_shown(table: str, column: str, value: Value) -> str:
    """Return a value as a person reads it."""
    if value is None or value == "":
        return "（空）"
    said = FACT_CODES.get((table, column), {}).get(str(value), str(value))
    return f"“{said if len(said) <= _LONGEST else said[:_LONGEST] + '…'}”"
