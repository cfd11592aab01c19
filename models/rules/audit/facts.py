"""The facts that the audit chain covers: which columns of which tables, and what an office calls them.

Every column of these tables stands here or is left out for a reason. Whoever adds a column to one of
them adds its word here and, in `LATER`, the value that the migration gives to rows of before; a test
fails until both are there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.rules.words import CAMPAIGN_STATE_WORDS, PROGRESS_WORDS, STAGE_STATUS_WORDS

Value = str | int | float | None
Facts = Mapping[str, Any]  # what an entry of the chain says, kept as JSON


@dataclass(frozen=True, slots=True)
class FactTable:
    """A table of facts: its columns in the order in which they are kept, each with its word.

    ``left_out`` are no facts: what a machine notes for itself. ``digested`` are kept by their SHA-256.
    """

    name: str
    word: str
    columns: Mapping[str, str]
    left_out: frozenset[str] = frozenset()
    digested: frozenset[str] = frozenset()


_CAMPAIGN = {"campaign_id": "创建活动"}
_PROGRESS = {"state": "状态", "done_on": "完成日期", "by_post": "登记人", "note": "说明"}
_DAYS = {"begin_by": "最迟开始日", "due": "截止日期", "original_due": "原定截止日期"}

TABLES = (
    FactTable(
        "campaign",
        "创建活动",
        {
            "slug": "简称",
            "title": "名称",
            "kind": "类别",
            "issuer": "发文机关",
            "document_number": "文号",
            "issued_on": "发文日期",
            "is_demo": "是否演示",
            "parent_id": "上级创建活动",
            "shifted_days": "平移天数",
            "duties_until": "定期报送排到",
            "plan_json": "方案内容",
            "state": "状态",
            "closed_on": "结束日",
        },
        left_out=frozenset({"loaded_at"}),
        digested=frozenset({"plan_json"}),
    ),
    FactTable(
        "stage",
        "阶段",
        _CAMPAIGN
        | {
            "ordinal": "序号",
            "kind": "类别",
            "name": "名称",
            "raw": "原文",
            "planned_start": "计划开始日",
            "planned_end": "计划结束日",
            "open_ended": "是否不定期",
            "original_start": "原定开始日",
            "original_end": "原定结束日",
            "status": "状态",
            "opened_on": "启动日",
            "closed_on": "结束日",
        },
    ),
    FactTable(
        "milestone",
        "节点",
        _CAMPAIGN
        | {
            "stage_id": "阶段",
            "work_item_id": "工作任务",
            "unit_id": "负责单位",
            "kind": "类别",
            "code": "编号",
            "position": "次序",
            "title": "事项",
            "begin": "开始日",
        }
        | _DAYS
        | _PROGRESS
        | {"withdrawn": "是否撤销"},
    ),
    FactTable(
        "assignment",
        "责任分解",
        _CAMPAIGN
        | {
            "work_item_id": "工作任务",
            "indicator_id": "指标",
            "unit_id": "单位",
            "group_id": "单位类别",
            "role": "角色",
        }
        | _DAYS
        | _PROGRESS
        | {
            "self_score": "自评分",
            "office_score": "初审分",
            "mock_score": "模拟分",
            "withdrawn": "是否撤销",
        },
    ),
    FactTable(
        "decision",
        "审批",
        _CAMPAIGN
        | {
            "stage_id": "阶段",
            "status": "状态",
            "why": "事由",
            "asked_by": "提请人",
            "asked_on": "提请日",
            "asked_at": "提请时间",
            "due": "答复期限",
            "all_must_agree": "是否会签",
            "obstacles": "当时的障碍",
            "answer": "答复",
            "answered_by": "决定人",
            "reason": "理由",
            "new_end": "新的结束日",
            "closed_on": "办结日",
            "closed_at": "办结时间",
            "closed_why": "办结事由",
            "audit_id": "记录号",
        },
        left_out=frozenset({"flow_run", "run_closed", "reminded_on"}),
    ),
    FactTable(
        "asked_post",
        "审批对象",
        {
            "decision_id": "审批",
            "post_id": "岗位",
            "how": "方式",
            "gone": "是否已转出",
            "answer": "答复",
            "said_by": "表态人",
            "reason": "理由",
            "new_end": "新的结束日",
            "at": "时间",
        },
    ),
    FactTable(
        "transition",
        "阶段流转",
        _CAMPAIGN
        | {
            "stage_id": "阶段",
            "from_status": "原状态",
            "to_status": "新状态",
            "day": "日期",
            "at": "时间",
            "decided_by": "决定人",
            "reason": "理由",
            "obstacles": "当时的障碍",
            "audit_id": "记录号",
        },
    ),
    FactTable(
        "delegation",
        "审批委托",
        _CAMPAIGN
        | {
            "post_id": "委托岗位",
            "deputy_id": "受托岗位",
            "first": "开始日",
            "last": "结束日",
            "made_by": "登记人",
            "made_at": "登记时间",
            "agreed": "是否同意",
            "revoked": "是否结束",
        },
    ),
    FactTable(
        "confirmation",
        "条件确认",
        _CAMPAIGN
        | {
            "stage_id": "阶段",
            "rule": "条件",
            "by_post": "确认人",
            "day": "满足之日",
            "amount": "数量",
            "note": "说明",
            "at": "时间",
            "audit_id": "记录号",
            "withdrawn_on": "撤回日",
            "withdrawn_by": "撤回人",
            "withdrawn_why": "撤回理由",
        },
    ),
    FactTable(
        "objection",
        "异议",
        {
            "decision_id": "审批",
            "post_id": "岗位",
            "reason": "理由",
            "registrar": "登记人",
            "day": "日期",
            "at": "时间",
            "outcome": "结果",
            "asked_again": "重新提请的审批",
            "audit_id": "记录号",
        },
    ),
)
BY_NAME = {table.name: table for table in TABLES}

# Columns that came after version 0008: what a row has in them whose entries do not name them.
LATER: Mapping[tuple[str, str], Value] = {("campaign", "state"): "open"}

_STAGE = {str(status): word for status, word in STAGE_STATUS_WORDS.items()}
_DONE = {str(progress): word for progress, word in PROGRESS_WORDS.items()}
_WORDS: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("campaign", "state"): {str(state): word for state, word in CAMPAIGN_STATE_WORDS.items()},
    ("stage", "status"): _STAGE,
    ("transition", "from_status"): _STAGE,
    ("transition", "to_status"): _STAGE,
    ("milestone", "state"): _DONE,
    ("assignment", "state"): _DONE,
}
_LONGEST = 60  # characters of a value that are shown


def shown(table: str, column: str, value: Value) -> str:
    """Return a value as a person reads it."""
    if value is None or value == "":
        return "（空）"
    said = _WORDS.get((table, column), {}).get(str(value), str(value))
    return f"“{said if len(said) <= _LONGEST else said[:_LONGEST] + '…'}”"
