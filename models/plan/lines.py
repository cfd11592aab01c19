"""Clean lines: one form for look-alike characters, and the lines that carry no content marked."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from models.plan.cell_lines import names_apart
from models.plan.contents_lists import contents_of
from models.plan.document import Line
from models.plan.patterns import pattern, squeeze


def _look_alikes() -> dict[int, str]:
    """Map full width letters and digits, radicals, enclosed numbers and invisible marks."""
    table: dict[int, str] = {}
    ranges = (
        (0xFF10, 0xFF19),  # ０-９
        (0xFF21, 0xFF3A),  # Ａ-Ｚ
        (0xFF41, 0xFF5A),  # ａ-ｚ
        (0x2E80, 0x2FDF),  # radicals that a PDF prints in place of characters
        (0xF900, 0xFAFF),  # compatibility characters
        (0x3220, 0x3229),  # ㈠
        (0x2474, 0x249B),  # ⑴ ⒈
        (0x2160, 0x216B),  # Ⅰ
    )
    for first, last in ranges:
        for code in range(first, last + 1):
            table[code] = unicodedata.normalize("NFKC", chr(code))
    for code in (0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD, *range(9), *range(14, 32), 127):
        table[code] = ""
    table.update({0x3000: " ", 0xA0: " ", ord("％"): "%", ord("．"): ".", ord("﹪"): "%"})
    table.update({0xFE5D: "〔", 0xFE5E: "〕"})  # ﹝2024﹞
    table.update({ord("﹒"): ".", ord("㎡"): "平方米", ord("℅"): "%"})
    return table


LOOK_ALIKES = _look_alikes()

# White space that alone parts a label from what stands before it: 提升行动　牵头：市城管局　责任：市住建局.
BEFORE_A_LABEL = r"(?<=[\u4e00-\u9fff）])[ \t]+(?=(?:牵头|责任|配合|主办|协办|承办|参与)(?:单位|部门|领导|处室|科室)?[：])"

# A number of an item with nothing but white space behind it: 1 加强培训。  任务一 加强培训
SPACED_NUMBER = (
    r"^\s*(?:(?P<digits>0[1-9]|[1-9]\d?)[ \t](?=[\u4e00-\u9fff“][^，；：\s]{3,24}(?:。|$))(?![年月日个家名人次项件条时天周期场处])"
    r"|(?P<named>(?:任务|行动|举措|措施|项目|工程|专项)[一二三四五六七八九十\d]{1,2})[ \t]+(?=[\u4e00-\u9fff“]))"
)

# A label that stands in brackets before its list: 【牵头单位】市司法局【责任单位】市财政局.
LABEL_IN_BRACKETS = (
    r"【((?:牵头|责任|配合|主办|协办|承办|参与)(?:单位|部门|领导|处室|科室)|完成时[限间])】[：]?"
)

# White space alone between the names of a list: 牵头单位：市司法局 市财政局 各县（市、区）.
LISTED = r"(?:牵头|责任|配合|主办|协办|承办|参与|落实|协同)(?:单位|部门|处室|科室)?[：][^。；：\n]{4,600}"
BETWEEN_NAMES = r"(?<=[局委办部院厅会联处科室心府镇乡司队所行团）])\s+(?=[省市县区州镇乡各团有相][\u4e00-\u9fff]{2})"

# The marks of Markdown that a page leaves in a text: ## 一、总体要求, **1.加强领导。**
MARKDOWN = r"^\s{0,3}(?:#{1,6}\s*(?=\S)|>\s+)|\*\*|__"

# A point at the end of a Chinese sentence stands for 。: 自查率100%.使用单位… But not in 一.总体要求.
POINT = (
    r"(?P<head>^\s*(?:第?[一二三四五六七八九十]{1,3}|（[一二三四五六七八九十\d]{1,3}）)[.])"
    r"|(?<=[\u4e00-\u9fff）%”])[.](?=[\u4e00-\u9fff“（①-⑳]|\d{1,2}[.、]|\s*$)"
)

# Lines without content, each with an example. They are matched against the line without white space.
NOISE = (
    r"[—·•_*|/\s]*第?\d{1,4}(?:页)?[—·•_*|/\s]*",  # — 2 —   ·3·   第 2 页   12
    r"[—·•\s]*第?[一二三四五六七八九十]{1,3}页[—·•\s]*",  # 第二页
    r".{0,24}第\d{1,4}页(?:[，/]?共\d{1,4}页)?[）】]?",  # 第 2 页 共 5 页; 某某融媒 第 1 页
    r"(?:Page|PAGE|page) ?\d{1,4}(?: ?of ?\d{1,4})?|P\.?\d{1,4}|\d{1,4}/\d{1,4}",  # Page 3 of 5
    r"[—]{1,3}[IVXivx]{1,6}[—]{1,3}",  # - iv -
    r"[—_=*·.…]{3,}",  # a printed rule
    r"(?:首页|当前位置|您的位置|您现在的位置|所在位置|主页)[：>＞»/].*|.{0,20}[>＞»].{0,30}[>＞»].{0,40}",
    r"[^。]{2,60}?(?:[.·•]{4,}|…{2,})\d{1,3}|目录",  # 一、总体要求……1
    r"索引号[：|].*|(?:信息来源|来源|发布时间|发布日期|浏览次数|浏览量|阅读次数|点击数|访问量)[：].*",
    r"【?(?:打印本页|打印|关闭窗口|关闭|收藏|字体).{0,30}",
    r"(?:上一篇|下一篇|上一条|下一条|相关文章|相关阅读|相关附件|附件下载|附件列表|推荐访问|推荐阅读|延伸阅读|相关链接|责任编辑|责编|编校|编辑)[：].*",
    r"[（【]?(?:编辑|责任编辑|责任校对|校对|审核|记者|通讯员)[：].{0,60}",
    r"(?:版权所有|技术支持|网站地图|联系我们|网站标识码|扫一扫|分享到|返回顶部|打印本页).{0,60}|Top|TOP|(?:Copyright|COPYRIGHT|©).*",
    r".{0,20}ICP备.*|.{0,10}公网安备.*|.{0,80}(?:网站标识码|备案号|位访问者|位访客).*",
    r"[（]?此件(?:公开|主动公开|依申请公开|不予公开|不公开|删减后公开).{0,12}",
    r"(?:抄送|主送|抄报|分送)[：].*",
    r".{0,40}(?:19|20)\d\d年\d{1,2}月\d{1,2}日印发?[。]?",
    r"[（]?(?:共印|印)\d{1,5}份[）]?",
    r"(?:下面是|以下是)小编.*",
)
_NOISE = "|".join(f"(?:{each})" for each in NOISE)
# A red head or the name of a gazette that a page break drops into the text.
RED_HEAD = r"{H}{2,30}(?:文件|公报|通报稿)(?:\d{4}年第?\d{1,3}[期号])?(?:—?\d{1,4}—?)?"
GAZETTE = r"{H}{2,20}公报\d{4}年第?\d{1,3}[期号]"
COPY_LIST = r"(?:抄送|抄报|分送)[：]"
# A line of these is content however often it is repeated.
NEVER_RUNNING = (
    r"[。；：、，！？）]$|[：|\t]|^[一二三四五六七八九十\d（①-⑳]|^附件|^第.{1,3}(?:阶段|部分|章)"
)


def clean(line: Line) -> Line:
    """Return the line with look-alike characters in one form; white space and marks stay."""
    cells = tuple(_names_apart(cell.translate(LOOK_ALIKES)) for cell in line.cells)
    text = pattern(MARKDOWN).sub("", line.text.translate(LOOK_ALIKES))
    if "." in text:
        text = pattern(POINT).sub(lambda found: found["head"] or "。", text)
    if not line.cells:
        text = pattern(SPACED_NUMBER).sub(_stopped, text)
        text = pattern(LABEL_IN_BRACKETS).sub(r"；\1：", text).removeprefix("；")
        text = pattern(BEFORE_A_LABEL).sub("；", text)
        text = pattern(LISTED).sub(lambda found: pattern(BETWEEN_NAMES).sub("、", found[0]), text)
    return Line(text, line.number, line.page, cells, line.table, line.apart)


def _stopped(found: re.Match[str]) -> str:
    return f"{found['digits']}." if found["digits"] else f"{found['named']}："


def _names_apart(cell: str) -> str:
    """Put 、 between the names of a cell that stand on lines of their own."""
    if "。" in cell:
        return cell
    if "\n" in cell:
        cell = names_apart(cell)
    return cell if len(cell) > 160 else pattern(BETWEEN_NAMES).sub("、", cell)


def is_noise(text: str) -> bool:
    """Say whether a line carries no content by itself: page numbers, web navigation, 抄送 and 印发 lines."""
    return pattern(_NOISE).fullmatch(text) is not None


def without_noise(lines: Iterable[Line]) -> list[Line]:
    """Return the cleaned lines of content: no blank lines, page numbers, running heads, navigation."""
    cleaned = [line for line in map(clean, lines) if line.cells or line.text.strip()]
    texts = [squeeze(line.text) for line in cleaned]
    noisy = [not line.cells and is_noise(text) for line, text in zip(cleaned, texts, strict=True)]
    for at in contents_of(cleaned):
        noisy[at] = True
    _mark_copy_lists(cleaned, texts, noisy)
    _mark_running_heads(cleaned, texts, noisy)
    return [line for line, drop in zip(cleaned, noisy, strict=True) if not drop]


def _mark_copy_lists(lines: Sequence[Line], texts: Sequence[str], noisy: list[bool]) -> None:
    """Mark the further lines of a 抄送 list, which ends with 。, the 印发 line or where a table begins."""
    open_for = table = 0
    for index, text in enumerate(texts):
        if pattern(COPY_LIST).match(text):
            open_for, table = 0 if text.endswith("。") else 4, lines[index].table
        elif open_for and text:
            if noisy[index] or lines[index].table != table:
                open_for = 0
                continue
            if len(text) > 60 or pattern(r"[一二三四五六七八九十]、|附件").match(text):
                open_for = 0
                continue
            noisy[index] = True
            open_for = 0 if text.endswith("。") else open_for - 1


def _mark_running_heads(lines: Sequence[Line], texts: Sequence[str], noisy: list[bool]) -> None:
    """Mark the short lines that come back page after page, and red heads within a sentence.

    A row of a table is never one of them: its head comes back on each page, and says what the cells mean.
    """
    counts = Counter(
        text
        for line, text, drop in zip(lines, texts, noisy, strict=True)
        if text and not drop and not line.cells
    )
    before = ""
    seen: set[str] = set()
    for index, text in enumerate(texts):
        if not text or noisy[index]:
            continue
        short = 4 <= len(text) <= 45 and not lines[index].cells
        if short and not pattern(NEVER_RUNNING).search(text):
            broken = len(before) > 12 and not pattern(r"[。；：！？”》）]$").search(before)
            head = pattern(RED_HEAD).fullmatch(text) is not None
            near = _next_to_noise(texts, noisy, index)
            again = counts[text] > 1 and (near or counts[text] > 2)
            if (
                pattern(GAZETTE).match(text)
                or (head and (broken or near) and index > 5)
                or (again and (near or text in seen))
            ):
                noisy[index] = True
                continue
            seen.add(text)
        before = text


def _next_to_noise(texts: Sequence[str], noisy: Sequence[bool], index: int) -> bool:
    """Say whether the nearest line with text before or after is a page number or the like."""
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(texts) and not texts[at]:
            at += step
        if 0 <= at < len(texts) and noisy[at]:
            return True
    return False
