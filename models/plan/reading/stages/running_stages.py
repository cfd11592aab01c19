"""Several stages told in one running text: 4月为动员阶段，5月至9月为实施阶段，10月为总结阶段。"""

from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern

_DAY = r"(?:\d{4}年|[今明次]年)?(?:\d{1,2}(?:[—至到]\d{1,2})?月|[上下]半年|第?{四}季度)"
_WHEN = (
    rf"(?:即日起|自?本?(?:方案|通知)?印发之日起?|(?:自|从|到|至)?{_DAY})[^，。；：（）为是]{{0,24}}"
)
_NAME = r"[^，。；：（）]{2,14}"
# How each of the stages begins, behind a mark; all of one text begin alike. Examples beside.
FORMS = (
    rf"{_WHEN}[为是，：]{_NAME}(?:阶段|期)(?=[，。；：、]|$)",  # 4月上旬为动员部署阶段
    rf"第{{一}}(?:阶段|步)[为是：，（]?(?:时间[为：])?(?={_WHEN})",  # 第一阶段4月至5月，动员部署
    rf"第{{一}}(?:阶段|步)[为是：，]{_NAME}[，：]{_WHEN}",  # 第一阶段为动员部署阶段，自4月至5月，
    rf"第{{一}}(?:阶段|步)[，、：为是]{_NAME}（[^（）]{{2,24}}）(?=[：，。])",  # 第一阶段，动员（3月）：
    rf"{_NAME}阶段（[^（）]{{0,4}}?{_DAY}",  # 动员部署阶段（4月）
    rf"{_NAME}（{_DAY}[^（）]{{0,24}}）(?=、|和|及|(?:共)?[{{一}}两]个?阶段)",  # 动员（4月）、推进（5月）
)
_FRONT = r"(?:^|(?<=[，。；：、和及]))(?:其中：?|{一}是|分为?|分别[为是])?(?P<stage>"
# What may stand in front of the first of them: 创建工作分三个阶段进行：
_INTRODUCES = r"(?:阶段|步骤|步)(?:{H}{0,3}(?:进行|推进|实施|开展))?[：，。；]$|(?:分为?|其中|如下|结束|安排|时间)[：，。]?$|^$"


def stages_told(passage: Passage, *, is_first: bool = False) -> list[Passage]:
    """Return the stages that a passage tells one behind the other; empty where it tells none or one.

    ``is_first``: the passage begins behind 第一阶段, which has been taken off as its number.
    """
    if passage.cells:
        return []
    text = passage.text
    for form in FORMS[1:2] if is_first else FORMS:
        spans = [(m.start(), m.start("stage")) for m in pattern(f"{_FRONT}{form})").finditer(text)]
        spans = [(0, 0), *spans] if is_first else spans
        front = text[: spans[0][0]] if spans else ""
        sure = form is FORMS[0] or bool(spans) and text.startswith("第", spans[0][1])
        a_stage = pattern(rf"阶段|（[^（）]{{0,4}}?{_DAY}").search(front)  # whose parts these are
        counted = sure and front.endswith(("。", "：")) and not a_stage
        if len(spans) > 1 and (counted or pattern(_INTRODUCES).search(front)):
            ends = [start for start, _ in spans[1:]] + [len(text)]
            return [passage.cut(a, b) for (_, a), b in zip(spans, ends, strict=True)]
    return []


def other_days(passage: Passage, read: str) -> str:
    """Return the first clause that begins with a day of its own, beside the words ``read``; else nothing."""
    behind = passage.text.partition(read)[2] if read else passage.text
    found = pattern(rf"(?<=[，。；：])(?={_WHEN}[，：为前后])[^，。；]{{2,24}}").search(behind)
    return found[0] if found and not passage.cells else ""
