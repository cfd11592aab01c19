"""What a clerk calls the fields of a plan: a place in words, as the review workbook heads its columns."""

from collections.abc import Sequence

# A field and its name, as the review workbook and README call it.
_WORDS: dict[str, str] = {
    "schema_version": "格式版本",
    "source": "出处",
    "kind": "文种",
    "is_plan": "是否方案",
    "truncated": "原文断开",
    "title": "标题",
    "title_alternatives": "标题的别的写法",
    "notice_title": "通知标题",
    "issuer": "发文机关",
    "issuers": "发文机关",
    "document_number": "发文字号",
    "issued_on": "印发日期",
    "published_on": "公布日期",
    "year_context": "年份",
    "addressees": "主送机关",
    "stages": "阶段",
    "tasks": "任务",
    "other_targets": "指标",
    "recurring": "周期工作",
    "groups": "组织机构",
    "attachments": "附件",
    "slogans_count": "标语条数",
    "slogans": "标语",
    "unit_aliases": "单位别名",
    "distinct_units": "确是不同单位",
    "indicator_counts": "指标个数",
    "notes": "附注",
    "not_read": "没有读的文字",
    "why": "原因",
    "words": "开头的文字",
    "letters": "字数",
    "issue_number": "期号",
    "articles": "文章",
    "distribution": "报送范围",
    "next_steps": "下一步",
    "mentioned_posts": "提到的职务",
    "gates": "推进条件",
    "skip": "不要的条件",
    "required": "必须的条件",
    "thresholds": "数量",
    "deciders": "由谁决定",
    "escalate_to": "转请谁决定",
    "all_must_agree": "须全部同意",
    "may_transfer": "可以转办",
    "near_end_workdays": "临近结束的工作日数",
    "answer_workdays": "答复的工作日数",
    "ladder": "提醒阶梯",
    "asks_per_week": "每周提醒件数",
    "ordinal": "序号",
    "was": "原编号",
    "name": "名称",
    "start": "开始日",
    "end": "结束日",
    "open_ended": "不设结束",
    "raw": "原文词句",
    "steps": "步骤",
    "targets": "指标",
    "number": "编号",
    "section": "所属部分",
    "lead_units": "牵头单位",
    "lead_groups": "牵头（一类单位）",
    "responsible_units": "责任单位",
    "responsible_groups": "责任（一类单位）",
    "cooperating_units": "配合单位",
    "lead_posts": "牵头领导",
    "measures": "分项措施",
    "unit": "单位",
    "venues": "地点",
    "deadline": "时限",
    "date": "日期",
    "parts": "分段时限",
    "metric_hint": "指标名称",
    "op": "要求",
    "value": "数值",
    "implicit": "按文字推定",
    "change": "变化",
    "period": "周期",
    "where": "所在部分",
    "freq": "频率",
    "day_off": "遇休息日",
    "dropped": "已取消",
    "day": "日",
    "month": "月",
    "what": "工作内容",
    "parent": "上级机构",
    "located_in": "设在",
    "count": "个数",
    "aliases": "别名",
    "head_post": "负责人职务",
    "executive_deputy_posts": "常务副职",
    "deputy_posts": "副职",
    "member_posts": "成员职务",
    "member_units": "成员单位",
    "member_groups": "成员（一类单位）",
    "liaison_post": "联络员职务",
    "stated_member_count": "成员个数",
    "duties": "职责",
    "duties_count": "职责条数",
    "note": "附注",
    "canonical": "全称",
    "variants": "别的写法",
    "line": "行",
    "page": "页",
    "sentence": "原文",
    "level1": "一级",
    "level2": "二级",
    "level3": "三级",
    "report_to": "报",
    "send_to": "送",
    "issue_to": "发",
    "copies": "份数",
}
# What `models.plan.checks` speaks of.
TOP = (
    "kind",
    "title",
    "issued_on",
    "stages",
    "tasks",
    "other_targets",
    "recurring",
    "groups",
    "unit_aliases",
)
# …and what a field is called within another one.
_OWN = {("stages", "kind"): "类型", ("attachments", "kind"): "类型", ("tasks", "title"): "名称"}
_COUNTED = {"tasks": "项", "recurring": "项", "other_targets": "项", "targets": "项"}


def word_of(field: str) -> str:
    """Return what a field is called wherever it stands."""
    return _WORDS[field]


def with_key(fault: str) -> str:
    """Return a line about a plan with the field that it begins with as a file spells it: 阶段（stages）：…."""
    words, colon, told = fault.partition("：")
    key = next((each for each in TOP if _WORDS[each] == words), "")
    return f"{words}（{key}）{colon}{told}" if key else fault


def in_words(steps: Sequence[int | str]) -> str:
    """Return a place in a plan as a clerk reads it, counted from 1: 第 3 项任务的名称.

    A step that no field bears (a typing error, a name somebody gave) is repeated as it was written.
    """
    told: list[str] = []
    owner = ""
    for step in steps:
        if isinstance(step, int):
            told[-1:] = [f"第 {step + 1} {_COUNTED.get(owner, '个')}{''.join(told[-1:])}"]
        else:
            told.append(_OWN.get((owner, step)) or _WORDS.get(step, f"“{step}”"))
            owner = step
    return "的".join(told) or "开头"
