"""What an entry of the audit says, in an office's words; the keys stay for programs."""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from models.rules.audit.facts import BY_NAME
from models.rules.audit.fields import FIELDS
from models.rules.audit.publicity_fields import PUBLICITY_DEEDS
from models.rules.audit.work_words import TAKEN_BACK_DEEDS, WORK_DEEDS
from models.rules.calendar.clock import Jump
from models.rules.decisions.answers import Answer
from models.rules.decisions.decisions import Why
from models.rules.gates.table import GATES
from models.rules.said import day_said
from models.rules.window.sight import VisitorRole
from models.rules.words import Progress, Role, StageStatus, words_of

# What was done, by the key an entry is kept under.
DEEDS: Mapping[str, str] = {
    **WORK_DEEDS,
    **TAKEN_BACK_DEEDS,
    "plan-loaded": "装入方案",
    "units-loaded": "装入单位名册",
    "posts-loaded": "装入联系岗位",
    "groups-loaded": "装入领导小组和工作组名单",
    "group-seat-taken": "组成人员增补或更换",
    "group-seat-left": "组成人员退出",
    "group-document": "明确职责里的方案文件",
    "indicators-loaded": "装入指标表",
    "holidays-loaded": "装入放假安排",
    "holiday-set": "更正一天的放假安排",
    "progress": "登记进展",
    "proof-lost": "材料退回或到期，已完成改回进行中",
    "proof-stands": "材料补上，恢复已完成",
    "succession": "移交接手单位",
    "acknowledged": "签收",
    "acknowledgement-withdrawn": "撤回签收",
    "asks-allowed": "同意超过每周次数",
    "deliveries-retried": "重新发送没有送达的消息",
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
    "window-entered": "登录窗口",
    "window-left": "退出窗口",
    "window-refused": "没有登录成",
    "window-code": "索要登录验证码",
    "account-added": "添加窗口账号",
    "account-locked": "停用窗口账号",
    "account-unlocked": "恢复窗口账号",
    "account-password": "设窗口账号的口令",
    "links-withdrawn": "收回窗口链接",
    "protection-restored": "恢复记录保护",
    "facts-kept": "留存改动后的数据",
    "baseline": "留存升级时的全部数据",
    "database-restored": "恢复数据库备份",
    "database-moved": "数据库搬家",
    "campaign-renamed": "更名",
    "campaign-placed": "归入上级",
    "campaign-kind": "明确是创建活动还是工作计划",
    "campaign-approved": "登记批准文号",
    "item-handed-down": "向下级交办",
    "item-taken-back": "收回交办",
    "handed-item-given": "交办的事项定下责任单位",
    "campaign-closed": "整体结束",
    "campaign-reopened": "整体恢复",
    "campaign-archived": "整体归档",
    "campaign-removed": "整体移除",
    "ledger-issued": "发出台账",
    "ledger-taken": "收回台账",
    "conflict-settled": "处理台账分歧",
    "file-received": "收到文件",
    "file-placed": "归入方案",
    "file-secret": "拦下涉密文件",
    "period-set": "设置评估期",
    "demands-loaded": "装入要求清单",
    "demand-changed": "改要求",
    "demands-made": "拆分要求",
    "evidence-added": "登记证明材料",
    "evidence-revised": "证明材料换新版",
    "evidence-used": "引用证明材料",
    "evidence-described": "更正证明材料的说明",
    "evidence-submitted": "报出证明材料",
    "evidence-returned": "退回证明材料",
    "evidence-accepted": "证明材料通过",
    "evidence-reconsidered": "收回对证明材料的审核",
    "evidence-withdrawn": "撤回证明材料",
    "mark-judged": "认定核查标记",
    "evidence-masked": "制作遮盖副本",
    "links-checked": "复核网址",
    "figures-loaded": "装入指标数据",
    "figures-carried": "按方案填报的数据转到指标下",
    "measured": "登记指标数据",
    "scoring-loaded": "装入评分表",
    "scored": "登记得分",
    "paper-written": "形成文书",
    "briefing-set": "设置简报",
    "briefing-item": "收下简报投稿",
    "briefing-item-changed": "改简报投稿",
    "briefing-drafted": "形成简报稿",
    "briefing-issued": "印发简报",
    "briefing-withdrawn": "撤回简报",
    "report-days-laid": "安排年度报告的时限",
    "report-days-withdrawn": "撤销年度报告的节点",
    "template-set": "设置文书模板",
    "template-withdrawn": "取消文书模板",
    "exported": "导出",
    "limits-set": "设置申报系统限制",
    "package-made": "生成申报材料包",
    "upload-registered": "登记上传",
    "handed-over": "联络员交接",
    "law-bank-loaded": "装入法律知识题库",
    "law-rules-loaded": "装入组卷方案",
    "law-settings-set": "设置法律知识测试",
    "law-test-made": "安排法律知识测试",
    "law-test-moved": "改法律知识测试的日期",
    "law-test-called-off": "取消法律知识测试",
    "law-candidates-loaded": "装入考生人数",
    "law-papers-drawn": "组卷",
    "law-answers-taken": "登记答卷",
    "survey-made": "安排电话测评",
    "survey-moved": "定电话测评的截止日期",
    "survey-called-off": "取消电话测评",
    "survey-loaded": "装入测评分层和问题",
    "survey-numbers-taken": "装入电话号码",
    "survey-drawn": "抽取电话清单",
    "survey-answers-taken": "登记测评答案",
    "survey-numbers-deleted": "删除电话号码",
    "talks-loaded": "登记访谈",
    **PUBLICITY_DEEDS,
}

VALUES: Mapping[str, str] = {
    **words_of(Progress),
    **words_of(StageStatus),
    **words_of(Role),
    **words_of(VisitorRole),
    **words_of(Answer),
    **{f"decision-{key}": word for key, word in words_of(Answer).items()},
    **words_of(Why),
    **words_of(Jump),
    **{rule.id: rule.demand for rules in GATES.values() for rule in rules},
}
# Fields whose value is one of our own short keys; what a person wrote stays as it was written.
UNSHOWN = frozenset({"undo"})  # what only a program needs, to take back what was done
KEYED = frozenset(
    {"state", "status", "role", "answer", "why", "from", "to", "what_was", "jump", "rule"}
)
MACHINES = ("facts-kept", "baseline")  # entries that only keep what others say
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
LONGEST = 2_000  # characters of an entry in words; the keys beside it are whole


def deed_in_words(what: str) -> str:
    """Return what was done, as an office says it; a key this version does not know stands as it is."""
    return DEEDS.get(what, what)


def subject_in_words(subject: str) -> str:
    """Return what an entry is about as a person reads it; codes and names stay as they are."""
    kind, _, number = subject.strip().partition(" ")
    return f"第 {number} 号静默" if kind == "silence" and number.isdecimal() else subject.strip()


def facts_in_words(facts: str) -> str:
    """Return an entry's facts (JSON) as one line of Chinese, cut when it is very long."""
    try:
        read = json.loads(facts)
        pieces = read.get("kept") if isinstance(read, dict) and len(read) == 1 else None
        said = _kept(pieces) if isinstance(pieces, list) else _value("", read)
    except ValueError:
        return ""
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"


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
        known = {
            name: one
            for name, one in value.items()
            if one not in (None, "", [], {}) and name not in UNSHOWN
        }
        return "；".join(
            f"{FIELDS.get(name, name)}：{_inner(name, one)}" for name, one in known.items()
        )
    if isinstance(value, list):
        return "、".join(_inner(field, one) for one in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    said = VALUES.get(str(value), str(value)) if field in KEYED else str(value)
    return _day(said) if DAY.fullmatch(said) else said


def _day(said: str) -> str:
    try:
        return day_said(date.fromisoformat(said))
    except ValueError:  # looks like a day and is none: 2026-02-30
        return said


def _inner(field: str, value: Any) -> str:
    said = _value(field, value)
    return f"（{said}）" if isinstance(value, Mapping) else said
