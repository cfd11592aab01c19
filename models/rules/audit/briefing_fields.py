"""What an office calls the columns of papers and briefings and the fields of their entries."""

from collections.abc import Mapping

BRIEFING_FIELDS: Mapping[str, str] = {
    "body": "正文",
    "blanks": "空白处数",
    "briefing_id": "简报",
    "came_on": "收到日期",
    "characters": "字数",
    "codes": "编号",
    "content": "内容",
    "copies": "印数",
    "digest": "内容指纹",
    "draft": "第几稿",
    "fields": "改动的栏目",
    "file_sha256": "原件指纹",
    "held": "是否下期再用",
    "issue_to": "发",
    "made_on": "形成日期",
    "office": "编发单位",
    "place": "次序",
    "released": "是否放回",
    "report_to": "报",
    "send_to": "送",
    "series": "编号年度",
    "starts_at": "起始期号",
    "weekly": "是否每周出稿",
    "yearly": "是否按年编号",
}
