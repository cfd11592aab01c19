"""What an office calls the tables and the columns of an archive."""

from collections.abc import Mapping

from models.rules.audit.facts import BY_NAME
from models.rules.audit.fields import FIELDS

# Of tables that are no facts of the chain; those that are have their words there.
TABLE_WORDS: Mapping[str, str] = {
    "audit_head": "链头",
    "channel_health": "渠道状况",
    "clock_watch": "时钟核对",
    "database_state": "数据库标识",
    "decision_code": "审批码",
    "holiday_year": "放假安排",
    "machine_sign": "各台电脑的记号",
    "rate_limit": "发送频率",
    "received_mail": "收件邮箱的来信",
    "special_day": "放假和调休",
    "window_account": "窗口账号",
    "window_generation": "收回的窗口链接",
    "window_spent": "用过的窗口链接",
    "wrong_codes": "输错的审批码",
    "acknowledgement": "签收",
    "ask_allowance": "准许的催办",
    "audit_entry": "记录链",
    "decision_try": "审批答复的提交",
    "delivery": "消息的送达",
    "fingerprint": "材料的相似特征",
    "forecast": "预计",
    "forecast_line": "预计的各项",
    "forecast_said": "预计过可能逾期的",
    "group_reference": "单位类别的任务",
    "indicator": "指标",
    "link_check": "网址核查",
    "message": "消息",
    "notice": "提醒",
    "patrol_round": "巡查",
    "post": "岗位",
    "silence": "暂停提醒",
    "unit": "单位",
    "unit_alias": "单位别名",
    "unit_group": "单位类别",
    "unit_group_member": "单位类别的成员",
    "work_item": "工作任务",
}

COLUMN_WORDS: Mapping[str, str] = {
    "accepted": "是否采纳",
    "attempts": "发送次数",
    "body": "正文",
    "author": "设置人",
    "author_tag": "设置人的称呼",
    "begins": "开始时间",
    "checked_at": "核查时间",
    "created_at": "产生时间",
    "deadline_raw": "时限原文",
    "delivered_at": "送达时间",
    "ended_at": "结束时间",
    "ended_by": "结束人",
    "ended_on": "结束日",
    "flow_run": "运行编号",
    "hash": "本条指纹",
    "hold_until": "最早发送时间",
    "id": "行号",
    "lease_until": "发送中至",
    "level": "层级",
    "link": "链接",
    "loaded_at": "装入时间",
    "meant_for": "原应告知的层级",
    "message_id": "消息",
    "milestone_id": "节点",
    "next_try_at": "下次发送时间",
    "occurrence": "第几次",
    "previous": "前一条的指纹",
    "print": "特征值",
    "reminded_on": "提醒日",
    "run_closed": "运行是否结束",
    "scheme": "特征的算法",
    "secret": "是否带审批码",
    "section": "所属部分",
    "settled": "是否了结",
    "stood": "签收时的情况",
    "subject_id": "对象的行号",
    "subject_kind": "对象的类别",
    "successor_id": "接替的单位",
    "tag": "称呼",
    "target": "渠道",
    "target_kind": "渠道的类别",
    "told_on": "告知日",
    "unanswered": "是否没有回音",
    "unreachable": "是否联系不上",
    "urgent": "是否紧急",
    "vacant": "是否空缺",
    "what": "事项",
    "who": "谁",
    "window": "所属工作日",
    "words": "原话",
}


def table_word(table: str) -> str:
    """Return what an office calls a table; its own name where nobody gave it a word."""
    return BY_NAME[table].word if table in BY_NAME else TABLE_WORDS.get(table, table)


def column_word(table: str, column: str) -> str:
    """Return what an office calls a column of a table; its own name where nobody gave it a word."""
    own = BY_NAME[table].columns.get(column, "") if table in BY_NAME else ""
    return own or COLUMN_WORDS.get(column) or FIELDS.get(column, column)
