"""The one way in which this package writes patterns: full width, both widths meant, words by name."""

import re
from collections.abc import Iterable
from itertools import groupby

from models.plan.reading.text.first_letters import led
from models.plan.vocabulary import PATTERNS, Vocabulary, in_force
from models.rules.text import squeeze as squeeze

# A mark of Chinese typesetting and what an OCR or a careless typist prints in its place.
TWINS = {
    "（": "（(",
    "）": "）)",
    "，": "，,",
    "：": "：:∶",
    "；": "；;",
    "！": "！!",
    "？": "？?",
    "【": "【〔［[〖",
    "】": "】〕］]〗",
    "—": "—–―─－~～-",
    "“": '“"＂‘「『',
    "”": '”"＂’」』',
}

HAN = "\u4e00-\u9fff"
# Marks by name, put together from the vocabulary's numerals: what a rule calls a date or an item's number is
# spelled here and in the finders (`dates`, `amounts`, `numerals`, `markers`) and nowhere else. A form comes before
# those it is made of.
FORMS = {
    "题号": r"{章号}、|{项号}",  # any number of an item: 一、 1. （一）
    "项号": r"\d{1,3}[.．、）](?!\d)|{括号}|{①}",
    "文号": r"{H}{1,16}[【（]?(?:19|20)\d{2}[】）]第?\d{1,5}号",
    "页码": r"\d{1,4}",
    "附件号": r"附件[{一}\d]{0,2}",
    "年月日": r"{某年}{某月}{某日}|(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2}",
    # All words of a time: 2026年6月底, 6月15日, 第三季度末, 上半年, 年底, 2026年.
    "某时": r"{某年}?(?:{某月}份?(?:{某日}|[上中下]旬|[初底末])?|{某季}[末底]?|[上下]半年)|(?:{某年}?年|{某年})[初中底末内]|{某年}",
    "某年": r"(?:(?:19|20)\d{2}|[一二]{〇}{3})年",
    "某季": r"第?[{四}1-4]季度",
    "某月": r"(?:\d{1,2}|{一}{1,3})月",
    "某日": r"(?:\d{1,2}|{一}{1,3})[日号]",
    "数值": r"\d[\d.,]{0,9}",  # a number in figures: 95, 1,200, 99.9
    "章号": r"{一}{1,3}|{甲}(?![、和及与]{甲})|(?<![A-Za-z]){罗马}(?=[、.：])",
    "分数": r"\d{1,4}(?:\.\d{1,2})?",  # points, as printed
    "节号": r"（{一}{1,3}）",
    "括号": r"（[{一}\d]{1,3}）",
    "N": r"\d{1,9}|[零〇{一}两百千]{1,7}",
    "H": f"[{HAN}]",
}
_BLANKS = r"[^\S\n]*"
_NAMED = re.compile(r"\{(?P<look><[=!]|~)?(?P<name>[^\x00-\x7f]{1,8})\}")


def pattern(text: str) -> re.Pattern[str]:
    """Compile ``text`` for the vocabulary in force; every mark of ``TWINS`` stands for all its twins.

    ``{某月}`` stands for the mark of that name in ``FORMS``, ``{N}`` for a printed or written number, ``{H}`` for a
    Chinese character, and ``{牵头}`` for any word of the list of that name in the vocabulary: within ``[…]``
    for its single characters.
    ``{<=牵头}`` and ``{<!牵头}`` look behind for one, ``{~牵头}`` allows blanks between its characters. Raises KeyError for a name the vocabulary has not.
    """
    try:
        return PATTERNS.get()[text]
    except LookupError:  # the first time, or outside of a reading
        return _compiled(text)


def _compiled(text: str) -> re.Pattern[str]:
    words = in_force()
    known = words.patterns.get(text)
    if known is None:
        known = words.patterns[text] = re.compile(led(_widen(text, words)))
    return known


def _widen(text: str, words: Vocabulary) -> str:
    for name, form in FORMS.items():
        text = text.replace(f"{{{name}}}", f"(?:{form})")
    out: list[str] = []
    in_class = escaped = False
    at = 0
    while at < len(text):
        char = text[at]
        named = None if char != "{" or escaped else _NAMED.match(text, at)
        if named:
            out.append(_spelled(words, named, in_class=in_class))
            at = named.end()
            continue
        at += 1
        if escaped:
            out.append(char)
            escaped = False
            continue
        escaped = char == "\\"
        if char == "[" and not in_class:
            in_class = True
            out.append(char)
        elif char == "]" and in_class:
            in_class = False
            out.append(char)
        elif char in TWINS:
            twins = re.escape(TWINS[char])
            out.append(twins if in_class else f"[{twins}]")
        else:
            out.append(char)
    return "".join(out)


def _spelled(words: Vocabulary, named: re.Match[str], *, in_class: bool) -> str:
    """Return what a name in a pattern stands for."""
    name, look = named["name"], named["look"]
    if in_class:
        return "".join(word for word in words.lists[name] if len(word) == 1)
    if look == "~":
        spaced = (_BLANKS.join((*word, "")) for word in words.lists[name])
        return f"(?:{'|'.join(spaced)})"
    if look:
        return _behind(words.lists[name], positive=look == "<=")
    return words.alternatives(name)


def _behind(words: Iterable[str], *, positive: bool) -> str:
    """Return a look behind for ``words``, by length: a pattern looks behind for one length at a time."""
    parted = ["|".join(alike) for _, alike in groupby(sorted(words, key=len), key=len)]
    if positive:
        return f"(?:{'|'.join(f'(?<={each})' for each in parted)})"
    return "".join(f"(?<!{each})" for each in parted)


def quoted(text: str) -> str:
    """Return ``text`` in quotation marks, its own marks as inner ones: “‘十四五’末”."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"
