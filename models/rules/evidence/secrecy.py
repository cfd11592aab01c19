"""Marks of secrecy: told where they stand, not wherever the word is used.

GB/T 9704-2012, 7.2.2: the mark stands in the second line of the first page's upper left corner, as 机密★1年;
国家秘密定密管理规定 wants the same on every carrier. Working secrets (工作秘密) are marked alike. A text that
talks of secrets (国家秘密, 商业秘密, 保守秘密, 秘密级以下) bears no mark.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath

HEAD = 15  # lines of the first page in which a mark with its star or its years stands
ALONE = 8  # lines in which the bare word, alone on its line, is a mark
LONGEST = 40  # letters of a line with a mark, blanks left out

_WORDS = "绝密|机密|工作秘密|秘密"
_MISREAD = "绝[密蜜宓窑]|机[密蜜宓窑]|(?:工作)?秘[密蜜宓窑]"
_STAR = "[★☆▲△◆◇✩✭✮⭐※*·•]"
_FOR = (
    "(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})(?:年|个月|月|天|日)|长期|永久|"
    "[^★，。；]{1,10}(?:前|止)|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日"
)
_NUMBERED = "(?:(?:份号|编号|No\\.?|№)[:：]?)?[0-9]{1,24}(?![0-9])号?"
_URGENT = "(?:(?:紧急程度|缓急)?[:：]?(?:特急|加急|平急|特提|急件))"
_BEFORE = f"(?:{_NUMBERED}|{_URGENT})*[（(【\\[《〔]?(?:密级|密级和保密期限|保密等级)?[:：]?"
_AFTER = f"[）)】\\]》〕]?(?:级|件)?(?:{_URGENT}|第?{_NUMBERED})*"


def _line(words: str, star: str) -> re.Pattern[str]:
    return re.compile(
        f"{_BEFORE}(?P<word>{words})级?(?P<star>{star})?[（(]?(?P<for>{_FOR})?{_AFTER}"
    )


_MARK = _line(_WORDS, _STAR)
# Of a scan: the second letter and the star may be anything that looks like them.
_SCANNED = _line(_MISREAD, "[^0-9A-Za-z的是和与及、，。；：]{1,2}")
_STARRED = re.compile(f"[^，。；：]{{0,8}}?(?P<word>{_WORDS}){_STAR}(?:{_FOR})?[^，。；]{{0,8}}")
_OTHERS = ("国家", "商业", "保守", "严守", "泄露", "军事", "涉及", "属于")
_TALK = (*_OTHERS, "为", "是", "如", "即", "成", "的", "“", "注")
# In a name: in brackets, with a star, or apart at an end.
_EDGE = "[-_—－＿.、，·~ ]"
_NAME = re.compile(
    f"[（(【\\[〔《](?P<a>{_WORDS})(?:级|件|{_STAR}?(?:{_FOR}))?{_STAR}?[）)】\\]〕》]"
    f"|(?P<b>{_WORDS})(?:{_STAR})"
    f"|^(?P<c>{_WORDS})(?:级|件|文件|材料|资料)?(?:{_EDGE}|$)"
    f"|{_EDGE}(?P<d>{_WORDS})(?:件)?$"
    f"|^(?P<e>{_WORDS})(?:[0-9]{{1,3}}年)"
)
_INTERNAL = re.compile(
    f"[（(【\\[]?内部(?:资料|文件|材料|传阅|使用|参阅)?(?:{_STAR}.*|[，,：:]?(?:注意保存|妥善保管|不得外传|严禁外传|请勿外传|不得公开|不得翻印).*)?[）)】\\]]?"
)

# What papers are about that show marks as examples: the law of secrets, the layout of official papers.
_ABOUT_MARKS = re.compile(
    "保密(?:法|课)|保密[^，。]{0,4}(?:教育|培训|知识|宣传|常识|须知|讲座|考试|测试)|保守国家秘密"
    "|国家秘密的?(?:密级|标志|标识|范围)|定密(?:管理|工作|培训|知识)|密级(?:的|标[志识注]|分为|和)"
    "|公文(?:格式|处理|写作|培训|种类)|(?:标[志识注]|格式|眉首|版头)(?:示例|样式|举例|要求)|[示举]例"
)
_MARKS_THEMSELVES = re.compile("密级和保密期限")

# A row of such a table is about papers: what stands in it marks another one.
_OF_A_LIST = re.compile("序号|编号|(?:文件|事项|材料|资料|载体)?(?:名称|标题|题名)|文件|文号|事项")


@dataclass(frozen=True, slots=True)
class Apart:
    """Words of a first page that stand apart from its lines: in a text box, a header, a footer, a watermark.

    ``at_head``: the bare word, alone in it, is a mark; elsewhere only one with its star, its years or 密级.
    """

    where: str
    text: str
    at_head: bool = True


@dataclass(frozen=True, slots=True)
class LaterPage:
    """A page, slide or sheet behind the first; ``called`` is how people call it (第 3 张幻灯片).

    In its first ``lines`` a mark with its star, its years or 密级 is one; the bare word only where it is
    ``by_itself``, as a sheet is printed, and alone in its first line.
    """

    called: str
    text: str = ""
    apart: tuple[Apart, ...] = ()
    lines: int = ALONE
    by_itself: bool = False


def secret_mark(name: str, text: str, *, scanned: bool = False) -> str:
    """Return the mark of secrecy a file bears and where; empty when it bears none.

    ``name`` is the file's, with the archive and folders it lay in; ``text`` its first page's, in lines,
    where a tab parts the cells of a table. ``scanned``: the text was read off a picture, whose letters may
    be taken for others like them. Two levels, each alone on its line, are talked about: no mark.
    """
    if mark := _in_name(name):
        return f"文件名里有“{mark}”"
    pattern = _SCANNED if scanned else _MARK
    bare: dict[str, str] = {}
    in_list = False
    for number, line in enumerate(_raw_lines(text, HEAD)):
        cells = _cells(line)
        for one in dict.fromkeys([_plain(line), *cells, *_beside(cells)]):
            if len(one) > LONGEST:
                continue
            found = pattern.fullmatch(one)
            if _is_sure(one, found):
                return f"首页有“{one}”"
            if found and number < ALONE and not (in_list and len(cells) > 1):
                bare.setdefault(found["word"], one)
        in_list = in_list or _begins_list(cells)
    return f"首页有“{next(iter(bare.values()))}”" if len(bare) == 1 else ""


def mark_later(pages: Iterable[LaterPage], first: str) -> tuple[str, str]:
    """Return the mark that a page behind the first bears and where, and one that is only shown there.

    A paper whose name or first page (``first``), or whose page around the mark, is about marking secrets
    or writing official papers shows marks as examples: it bears none of them, and a person looks.
    """
    shown = ""
    about = any(map(_ABOUT_MARKS.search, head_lines(first, ALONE)))
    for page in pages:
        if not (mark := _of_later(page)):
            continue
        around = _MARKS_THEMSELVES.sub("", _plain(page.text))
        if not about and not _ABOUT_MARKS.search(around):
            return f"{page.called}{mark}", ""
        shown = shown or f"{page.called}{mark}"
    return "", shown


def marks_alone(lines: Iterable[str]) -> list[LaterPage]:
    """Return the paragraphs of a running text that are a mark and nothing else, each with those around it.

    Sure is one with its star, or behind 密级; one with years alone where no other level stands so, for a list
    of terms is talk. A tab parts cells: what stands in a table marks another paper.
    """
    every = [line for line in lines if _plain(line)]
    found: list[tuple[int, re.Match[str]]] = []
    for at, line in enumerate(every):
        if "密" in line and "\t" not in line and len(line) <= 2 * LONGEST:
            mark = _MARK.fullmatch(_plain(line))
            found += [(at, mark)] if mark and _is_sure(mark[0], mark) else []
    alone = len({mark["word"] for _, mark in found}) == 1
    return [
        LaterPage(
            f"正文第 {at + 1} 段", "\n".join([mark[0], *every[max(0, at - 3) : at + 4]]), lines=1
        )
        for at, mark in found
        if alone or mark["star"] or "密级" in mark[0]
    ]


def _of_later(page: LaterPage) -> str:
    in_list = False
    for number, line in enumerate(_raw_lines(page.text, page.lines)):
        cells = _cells(line)
        for one in dict.fromkeys([_plain(line), *cells, *_beside(cells)]):
            if len(one) > LONGEST or in_list and len(cells) > 1:
                continue
            found = _MARK.fullmatch(one)
            alone = found and page.by_itself and not number and len(cells) == 1
            if alone or _is_sure(one, found):
                return f"有“{one}”"
        in_list = in_list or _begins_list(cells)
    return mark_apart(page.apart, "")


def _is_sure(line: str, found: re.Match[str] | None) -> bool:
    with_more = found is not None and (found["star"] or found["for"] or "密级" in line)
    return bool(with_more) or _is_starred(line)


def _cells(line: str) -> list[str]:
    return [_plain(cell) for cell in line.split("\t") if _plain(cell)]


def _begins_list(cells: list[str]) -> bool:
    return len(cells) > 2 and any(map(_OF_A_LIST.fullmatch, cells))


def mark_apart(places: Iterable[Apart], page: str = "首页") -> str:
    """Return the mark that stands apart from the lines of a page, and where; empty without any."""
    bare: dict[str, str] = {}
    for place in places:
        lines = head_lines(place.text, HEAD)
        for line in lines:
            if len(line) <= LONGEST and _is_sure(line, _MARK.fullmatch(line)):
                return f"{page}{place.where}里有“{line}”"
        whole = "".join(lines)
        found = _MARK.fullmatch(whole) if place.at_head and len(whole) <= LONGEST else None
        if found:
            bare.setdefault(found["word"], f"{page}{place.where}里有“{whole}”")
    return next(iter(bare.values())) if len(bare) == 1 else ""


def _beside(cells: list[str]) -> list[str]:
    """Return what says 密级 in one cell with what the next one says."""
    return [
        f"{one}{other}"
        for one, other in zip(cells, cells[1:], strict=False)
        if one.rstrip(":：") in ("密级", "保密等级", "密级和保密期限")
    ]


def internal_mark(text: str) -> str:
    """Return what a first page says of being for inside (内部资料 注意保存); empty when it says nothing."""
    return next((line for line in head_lines(text, ALONE) if _INTERNAL.fullmatch(line)), "")


def head_lines(text: str, most: int) -> list[str]:
    """Return the first lines of ``text`` that say anything, without their blanks."""
    return [_plain(line) for line in _raw_lines(text, most)]


def _raw_lines(text: str, most: int) -> list[str]:
    return list(islice(filter(_plain, text[:8000].splitlines()), most))


def _plain(line: str) -> str:
    return "".join(line.translate(_WIDE).split())


_WIDE = {0xFF10 + n: str(n) for n in range(10)} | {ord("＊"): "*", 0x200B: None, 0xFEFF: None}


def _is_starred(line: str) -> bool:
    found = _STARRED.fullmatch(line)
    return found is not None and not line[: found.start("word")].endswith(_TALK)


def _in_name(name: str) -> str:
    """Return the mark in a name or in one of the folders it lay in."""
    *folders, last = name.replace("\\", "/").split("/")
    stem = PurePosixPath(last).stem if "." in last[1:] else last
    for part in (*folders, stem):
        plain = "".join(part.translate(_WIDE).split())
        for found in _NAME.finditer(plain):
            word = next(one for one in found.groups() if one)
            start = found.start() + found[0].index(word)
            if not plain[:start].endswith(_OTHERS):
                return word
    return ""
