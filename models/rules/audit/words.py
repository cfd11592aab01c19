"""What an entry of the audit says, in an office's words; the keys stay for programs."""

import json
from collections.abc import Mapping
from typing import Any

from models.rules.audit.facts import BY_NAME
from models.rules.decisions.decisions import ANSWER_WORDS, Why
from models.rules.words import PROGRESS_WORDS, ROLE_WORDS, STAGE_STATUS_WORDS

# What was done, by the key an entry is kept under.
DEEDS: Mapping[str, str] = {
    "plan-loaded": "装入方案",
    "units-loaded": "装入单位名册",
    "posts-loaded": "装入联系岗位",
    "indicators-loaded": "装入指标表",
    "holidays-loaded": "装入放假安排",
    "holiday-set": "更正一天的放假安排",
    "progress": "登记进展",
    "succession": "移交接手单位",
    "acknowledged": "签收",
    "asks-allowed": "同意超过每周次数",
    "silence-added": "设置静默",
    "silence-ended": "结束静默",
    "condition-confirmed": "登记确认",
    "evidence-reviewed": "登记确认：佐证已核",
    "findings-closed": "登记确认：问题已销号",
    "confirmation-withdrawn": "撤回确认",
    "stage-opened": "启动阶段",
    "stage-closed": "结束阶段",
    "stage-moved": "阶段流转",
    "stage-deciding": "阶段待审批",
    "stage-returned": "阶段退回",
    "stage-withdrawn": "撤销阶段",
    "stage-waiting": "阶段退回未启动",
    "decision-asked": "提请审批",
    "decision-asked-again": "重新请求审批",
    "decision-approve": "批准",
    "decision-return": "退回",
    "decision-postpone": "延期",
    "decision-force": "强制推进",
    "decision-transfer": "转办",
    "decision-voice": "表态",
    "decision-escalated": "转请上一级",
    "decision-overtaken": "审批失效：情况已变",
    "decision-expired": "审批失效：到期未答复",
    "schedule-off": "停用定时任务",
    "schedule-on": "启用定时任务",
    "decision-objected": "提出异议",
    "decision-taken-back": "表态作废",
    "decision-code-printed": "打印验证码单",
    "decision-code-worn": "验证码试错太多，停用",
    "delegation": "登记委托",
    "delegation-ended": "结束委托",
    "decision-reopened": "恢复审批",
    "clock-doubted": "时钟可疑",
    "clock-confirmed": "确认时钟",
    "clock-taken-back": "收回时钟走快时写下的",
    "door-refused": "拒绝访问",
    "protection-restored": "恢复记录保护",
    "facts-kept": "留存改动后的数据",
    "baseline": "留存升级时的全部数据",
    "database-restored": "恢复数据库备份",
    "campaign-renamed": "更名",
    "campaign-closed": "结束创建活动",
    "campaign-reopened": "恢复创建活动",
    "campaign-archived": "归档创建活动",
    "campaign-removed": "删除创建活动",
}

# The fields of an entry's facts.
FIELDS: Mapping[str, str] = {
    "after": "之后",
    "entries": "记录条数",
    "file": "文件",
    "first_at": "最早",
    "gone": "不再在库里的",
    "hashes": "指纹",
    "heads": "链头",
    "kept": "留存",
    "kinds": "各类条数",
    "last_at": "最晚",
    "sha256": "文件指纹",
    "signature": "签名",
    "amount": "个数",
    "answer": "答复",
    "answered_by": "答复人",
    "assigned": "责任分解条数",
    "assignments": "责任分解",
    "before": "原来",
    "by_post": "登记人",
    "changed": "变化",
    "changes": "变更处数",
    "client": "来自",
    "confirmed_by": "确认人",
    "days": "日子",
    "decision": "审批编号",
    "demand": "条件",
    "done_on": "完成日期",
    "due": "时限",
    "first": "起",
    "found": "发现",
    "from": "从",
    "holder": "交给",
    "how": "方式",
    "items": "事项",
    "last": "止",
    "lost": "失去",
    "merged": "并入",
    "milestone": "节点",
    "milestones": "节点",
    "name": "名称",
    "new": "现在",
    "now": "时钟显示",
    "seen": "上次可信的时间",
    "doubted": "起疑的时间",
    "jump": "怎样跳动",
    "questions": "审批次数",
    "stages": "阶段数",
    "new_end": "新的结束日",
    "note": "说明",
    "notices": "提醒条数",
    "number": "文号",
    "obstacles": "障碍",
    "old": "原来",
    "original_end": "原定结束日",
    "original_start": "原定开始日",
    "parts": "各单位部分",
    "planned_end": "计划结束日",
    "planned_start": "计划开始日",
    "post": "岗位",
    "posts": "岗位",
    "reason": "理由",
    "registrar": "登记人",
    "replaced": "替换",
    "role": "角色",
    "rule": "条件名称",
    "run": "运行编号",
    "runs_out": "有效到",
    "scope": "范围",
    "shifted_days": "整体平移天数",
    "since": "自",
    "source": "来源",
    "stage": "阶段",
    "state": "状态",
    "status": "状态",
    "still_open": "仍未办完",
    "times": "次数",
    "title": "名称",
    "to": "到",
    "triggers": "保护",
    "undoes": "撤销的记录",
    "units_added": "新增单位",
    "until": "到",
    "voices": "各岗位表态",
    "week": "周",
    "what_was": "原先",
    "why": "事由",
    "working": "上班",
}
VALUES: Mapping[str, str] = {
    **{str(key): word for key, word in PROGRESS_WORDS.items()},
    **{str(key): word for key, word in STAGE_STATUS_WORDS.items()},
    **{str(key): word for key, word in ROLE_WORDS.items()},
    **{f"decision-{key}": word for key, word in ANSWER_WORDS.items()},
    **{str(key): word for key, word in ANSWER_WORDS.items()},
    **{str(why): why.chinese for why in Why},
    "ahead": "走快，或停了很久",
    "back": "走慢",
}
# Fields whose value is one of our own short keys; what a person wrote stays as it was written.
KEYED = frozenset({"state", "status", "role", "answer", "why", "from", "to", "what_was", "jump"})
LONGEST = 2_000  # characters of an entry in words; the keys beside it are whole


def deed_in_words(what: str) -> str:
    """Return what was done, as an office says it; a key this version does not know stands as it is."""
    return DEEDS.get(what, what)


def facts_in_words(facts: str) -> str:
    """Return an entry's facts (JSON) as one line of Chinese, cut when it is very long."""
    try:
        read = json.loads(facts)
        said = _value("", read) if not _is_kept(read) else _kept(read["kept"])
    except ValueError:
        return ""
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"


def _is_kept(read: Any) -> bool:
    return isinstance(read, dict) and list(read) == ["kept"] and isinstance(read["kept"], list)


def _kept(pieces: list[Mapping[str, Any]]) -> str:
    """Return how many rows of which tables were kept; the rows themselves are for programs."""
    counts: dict[str, int] = {}
    for piece in pieces:
        word = BY_NAME[piece["table"]].word if piece["table"] in BY_NAME else piece["table"]
        rows = len(piece.get("rows", ())) + len(piece.get("gone", ()))
        counts[word] = counts.get(word, 0) + rows
    return "、".join(f"{word} {count} 行" for word, count in counts.items())


def _value(field: str, value: Any) -> str:
    if isinstance(value, Mapping):
        known = {name: one for name, one in value.items() if one not in (None, "", [], {})}
        return "；".join(
            f"{FIELDS.get(name, name)}：{_inner(name, one)}" for name, one in known.items()
        )
    if isinstance(value, list):
        return "、".join(_inner(field, one) for one in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return VALUES.get(str(value), str(value)) if field in KEYED else str(value)


def _inner(field: str, value: Any) -> str:
    said = _value(field, value)
    return f"（{said}）" if isinstance(value, Mapping) else said
