"""What stands below a table and is none of it: who filled it in, when, the totals."""

import re

from tasks.workbook.cells import as_name

# What a clerk writes below a table: 填报人：…, 备注：…
FOOT = re.compile(
    r"(?:(?:填报|填表|制表|审核|审批|负责|经办|复核|报送|联系)(?:人|单位|日期|时间|电话|说明)?|备?注|说明)[:：]"
)
TOTALS, LONGEST_TOTAL = frozenset({"合计", "总计", "小计", "共计"}), 10  # blanks and all


def is_foot(text: str) -> bool:
    """Say whether a row that begins with ``text`` stands below a table and is none of it."""
    if "：" in text or ":" in text:
        return FOOT.match(as_name(text)) is not None
    return len(text) < LONGEST_TOTAL and as_name(text) in TOTALS
