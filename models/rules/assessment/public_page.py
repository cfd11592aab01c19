"""What a page that was reached says of a public item: it is there, it is gone, or a person must look."""

import re

from models.rules.assessment.words import ReviewOutcome
from models.rules.calendar.days import half_width

Said = tuple[ReviewOutcome, str]

# Pages that answer 200 and say that there is nothing: many sites have no other way to say so.
_GONE = re.compile(
    r"(?:页面|网页|内容|文章|信息|文件|栏目|链接|地址|资源)[^。，！\n]{0,12}?"
    r"(?:不存在|找不到|未找到|没有找到|已(?:被|经)?(?:删除|移除|下线|失效)|走丢了|飞走了)"
    r"|(?:找不到|没有找到|未找到)[^。，！\n]{0,12}?(?:页面|网页|内容|文章|资源)"
    r"|(?<![0-9])404(?![0-9])|not found",
    re.IGNORECASE,
)
LONGEST_NOTICE = 400  # characters without blanks of a page that says nothing but that
_TEXTUAL = ("text/", "application/xhtml", "application/xml")


def page_outcome(title: str, kind: str, text: str, *, size: int, at_home: bool) -> Said:
    """Return what is found of the item called ``title``, and in words why.

    ``kind`` is the page's MIME type, ``text`` what it shows, ``size`` its bytes; ``at_home``: the address
    leads to the front page of its site by now. What only a person can tell is `PARTLY`.
    """
    if not size:
        return ReviewOutcome.MISSED, "打得开，里面是空的"
    if not text.strip():
        if kind.startswith(_TEXTUAL):
            return ReviewOutcome.PARTLY, "打得开，读不到页面上的文字，请人核对"
        return ReviewOutcome.MET, "打得开，是文件，内容请人核对"
    wanted = _letters(title)
    is_there = bool(wanted) and wanted in _letters(text)
    if at_home:
        return ReviewOutcome.PARTLY, "打得开，转到了网站首页，请人核对"
    if is_there:
        return ReviewOutcome.MET, ""
    said = _GONE.search(text)
    if said and len("".join(text.split())) <= LONGEST_NOTICE:
        return ReviewOutcome.MISSED, f"打得开，页面上写着“{said[0].strip()}”，没有这项内容"
    return ReviewOutcome.PARTLY, f"打得开，页面上没有“{title}”这几个字，请人核对"


def _letters(text: str) -> str:
    """Return the letters and figures of a text: marks and blanks differ between a register and a page."""
    return "".join(mark for mark in half_width(text) if mark.isalnum()).casefold()
