"""What a clerk calls the kinds of mentions: words of a document that are none of the plan's facts, and why."""

# A kind, as `models.plan.reading.accounting` gives it, and its word.
KINDS = {
    "title": "标题",
    "salutation": "主送",
    "preamble": "前言",
    "signature": "落款",
    "contact": "联系方式",
    "attachment": "附件名称",
    "slogan": "标语",
    "header": "页眉、目录、表头",
    "heading": "小标题",
    "no_plan": "不是方案，没有按方案读",
    "history": "背景、已有情况",
    "basis": "依据",
    "quotation": "引文",
    "goals": "总体目标里的话",
    "scope": "适用范围",
    "requirement": "一般要求",
    "group": "机构里的话",
    "step": "阶段里的话",
    "threshold": "划线的标准，不是要求",
    "description": "只是说明",
    "rate": "说的是频次",
    "term": "说的是期限的长短",
    "label": "只是分工的字样",
    "repeated": "前面已经收了",
    "text": "只是提到",
}
OTHER = KINDS["text"]


def kind_word(kind: str) -> str:
    """Return the word for a kind of mention; one that nobody named yet is only mentioned."""
    return KINDS.get(kind, OTHER)
