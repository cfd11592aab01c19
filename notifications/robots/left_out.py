"""Find in a reply whom its yes was not for: the lists and counts of those who got nothing.

As the providers' own pages name them: WeCom applications invaliduser, invalidparty, invalidtag,
unlicenseduser (document 90236); DingTalk invalid_user_id_list, forbidden_user_id_list,
failed_user_id_list, invalid_dept_id_list, forbidden_list, forbiddenUserId (getsendresult, send) and
invalidStaffIdList, flowControlledStaffIdList, filteredStaffIdList (oToMessages/batchSend); Feishu
invalid_open_ids, invalid_user_ids, invalid_union_ids, invalid_department_ids (message/v4/batch_send),
invalid_user_id_list (urgent); text messages failNum, successNum, failList, invalidMobiles and their like.
DingTalk's read and unread lists are people who did get it.
"""

import re
from collections.abc import Iterator
from typing import Any

from notifications.robots.denial import name_of, objects, text_of
from notifications.saying.answer import Answer

_WHO = (
    r"(?:user|party|parties|tag|dept|department|staff|open|union|chat|mobile|phone|tel|number|recipient"
    r"|receiver|target|member|parent|student|customer|external|account|addressee|person|people)"
)
_HOW = r"(?:s|list|num|number|count|cnt|total|array)"
_NO = (
    (r"unlicensed?|nolicense", "没有企业微信的接口许可（未购买或已过期）", True),
    (r"flowcontrol(?:led)?|forbidden|forbid|limited|ratelimited", "被对方限流或禁止推送", False),
    (r"filter(?:ed)?|blocked|black|blacklisted|intercept(?:ed)?", "被对方过滤", False),
    (r"invalid|illegal|wrong|unknown|notfound|notexists?|nopermission", "没有这个接收人，或对其不可见", True),
    (r"fail(?:ed|ure)?|error|err|reject(?:ed)?|refused|undelivered|unsent|unreachable", "没有送到", False),
)  # fmt: skip
_LISTS = tuple(
    (re.compile(rf"(?:{words})(?:{_WHO}(?:{_WHO}|id|{_HOW})*|{_HOW}+)"), why, for_good)
    for words, why, for_good in _NO
)
_SUCCEEDED = re.compile(rf"(?:success|succeed|succeeded)(?:{_WHO})?{_HOW}+")
_NOBODY = {"", "0", "null", "none", "[]", "{}", "false"}


def left_out(said: Any, *, alone: bool = False) -> Answer | None:
    """Return the answer for a yes (parsed JSON) that leaves somebody out; None when it leaves out nobody.

    Its code is the first field that says "not to this one"; it is permanent where another try reaches
    them no more. ``alone``: it was for one person only. Where there were several, the others have it:
    a repeat is a second copy to them.
    """
    for field, why, for_good in _found(said):
        words = why if alone else f"{why}；其余的人可能已经收到"
        return Answer(False, field, words, permanent=for_good, uncertain=not alone)
    return None


def _found(said: Any) -> Iterator[tuple[str, str, bool]]:
    for _, one in objects(said):
        for key, value in one.items():
            name, words = name_of(key), text_of(value)
            if _SUCCEEDED.fullmatch(name) and words == "0":
                yield key[:40], "对方说一个人也没有收到", False
            if words.lower() in _NOBODY or isinstance(value, bool):
                continue
            for lists, why, for_good in _LISTS:
                if lists.fullmatch(name):
                    yield key[:40], f"对方说消息没有给到其中的接收人：{why}", for_good
