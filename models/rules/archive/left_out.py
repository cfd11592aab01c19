"""What never goes into the archive of a campaign, each with the reason that stands in the archive itself.

Whatever is not named here goes in: a new table of a campaign cannot be forgotten, and one that belongs
to no campaign has to be named.
"""

import re
from collections.abc import Mapping

OF_ALL = "整个办公室共用，不属于哪一个创建活动或工作计划"
SECRETS = "审批码的校验值，只在审批当时有用"
FORESEEN = "预计，照当天的登记算出来的，不是登记本身"
PERSONAL = "个人联系方式，不随归档"
CHANNEL = "发送渠道的标识和对方的答复，可能含地址"

TABLES: Mapping[str, str] = {
    "audit_head": f"{OF_ALL}；归档时的链头另存在“记录链/链头.json”",
    "channel_health": f"发送渠道的状况，{OF_ALL}",
    "clock_watch": f"本机时钟的核对，{OF_ALL}",
    "database_state": f"数据库自己的标识，{OF_ALL}",
    "forecast": FORESEEN,
    "forecast_line": FORESEEN,
    "forecast_said": FORESEEN,
    "holiday_year": f"放假安排的来源，{OF_ALL}",
    "machine_sign": f"各台电脑最近一次体检和发送的记号，{OF_ALL}",
    "rate_limit": f"发送频率的计数，{OF_ALL}",
    "received_mail": f"收件邮箱的来信，含发件人邮箱，{OF_ALL}；信里交来的文件见“收到的文件”",
    "special_day": f"放假和调休的日子，{OF_ALL}",
    "window_account": f"窗口的账号，{OF_ALL}",
    "window_generation": f"窗口的链接收回过几次，{OF_ALL}",
    "window_spent": f"窗口里只能用一次、已经用过的，{OF_ALL}",
    "wrong_codes": f"输错审批码的计数，{OF_ALL}",
    "decision_code": SECRETS,
}

COLUMNS: Mapping[tuple[str, str], str] = {
    ("delivery", "target"): CHANNEL,
    ("delivery", "answer"): CHANNEL,
    ("message", "body"): "一条消息可能同时说到几个创建活动、工作计划；逐条说的话见“提醒”",
    ("message", "subject"): "一条消息可能同时说到几个创建活动、工作计划；逐条说的话见“提醒”",
    ("message", "link"): "收件人自己的链接，打开就能签收",
    ("message", "secret"): SECRETS,
    ("received_file", "key"): "辨认重复收件用的标识，可能含邮件编号",
    ("received_file", "sender"): f"发件人：{PERSONAL}",
}

# Whatever else is called so is a secret or a way to a person, in a table that is still to come too.
_SECRET = re.compile(
    "(?:^|_)(?:salt|password|token|secret|phone|telephone|mobile|mail|email|sender)(?:_|$)"
)


def why_left_out(table: str, column: str) -> str:
    """Return why a column stays out of the archive, in words; empty where it goes in."""
    named = COLUMNS.get((table, column), "")
    return named or (PERSONAL if _SECRET.search(column) else "")
