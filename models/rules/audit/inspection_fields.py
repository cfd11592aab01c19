"""What an office calls the columns of inspection and the fields of its entries."""

from collections.abc import Mapping

INSPECTION_FIELDS: Mapping[str, str] = {
    "areas": "优先片区",
    "dropped": "取消",
    "finding_id": "登记为问题",
    "lines": "检查内容",
    "moved": "改期",
    "nothing_found": "是否未发现问题",
    "problems": "问题数",
    "round": "第几轮",
    "round_id": "督导轮次",
    "rounds": "轮数",
    "settled": "日期是否已定",
    "team": "督导组",
    "team_id": "督导组",
    "teams": "督导组",
    "units": "单位",
    "visit_id": "走访",
    "visited_on": "走访日期",
    "visits": "走访",
}
