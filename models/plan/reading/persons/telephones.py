"""Telephone numbers, which stay nowhere in a plan; document numbers, dates, counts and amounts do."""

import re

from models.plan.reading.text.patterns import pattern

HIDDEN = "略"  # in place of a number that a label announces: 电话：略

_D = r"[0-9０-９]"
_GAP = r"[-—‐‑\s　·.]?"
_NOT_BEFORE = r"(?<![0-9０-９A-Za-z.．第〔［№#])"
# …and what makes an amount or a longer code of it.
_NOT_BEHIND = r"(?![0-9０-９A-Za-z]|[.．%％][0-9０-９]|[%％元万亿吨㎡]|平方|立方|公里|号(?!码))"
_EXTENSION = rf"(?:\s?(?:转|[-—])\s?{_D}{{1,5}}(?!{_D}))?"
# 11 digits in three groups, with the country's 86; some hide the middle: 138****0000.
_MOBILE = rf"(?:(?:[+＋]|00)?[8８][6６]{_GAP})?[1１][3-9３-９]{_D}{_GAP}(?:{_D}{{4}}|[*＊×xX]{{4}}){_GAP}{_D}{{4}}"
# Three digits and eight, or four and seven or eight (工信部 《电信网编号计划》); brackets around the first.
_LANDLINE = (
    rf"[（]?(?:[0０](?:[1１][0０]|[2２]{_D})[）]?[-—‐‑\s　)）]{{0,3}}{_D}{{4}}{_GAP}{_D}{{4}}"
    rf"|[0０][3-9３-９]{_D}{{2}}[）]?[-—‐‑\s　)）]{{0,3}}{_D}{{3,4}}{_GAP}{_D}{{4}}){_EXTENSION}"
)
_TOLL_FREE = rf"[48４８][0０][0０][-—‐‑\s]?{_D}{{3}}[-—‐‑\s]?{_D}{{4}}"
_SURE = rf"{_NOT_BEFORE}(?:{_MOBILE}|{_LANDLINE}){_NOT_BEHIND}"
LABEL = (
    r"(?:联\s*系|办公|值班|咨询|举报|监督|投诉|固定|移动|座机|手机|家庭|办公室)?"
    r"(?:电\s*话|手\s*机|座\s*机|固\s*话|传\s*真|联系方式|联络方式|号\s*码|短\s*号|分\s*机|内\s*线|[Tt][Ee][Ll])(?:号码|号)?"
)
# Behind a label any number of six digits and more, and all that follow it: 65660000、65660001转8.
_ANY = rf"(?:{_MOBILE}|{_LANDLINE}|{_TOLL_FREE}|{_D}{{3,4}}[-—‐‑\s]{_D}{{7,8}}|{_D}{{3,4}}[-—‐‑\s]{_D}{{4}}(?!{_D})|{_D}{{6,12}}{_EXTENSION})(?!{_D})"
_LABELLED = (
    rf"({LABEL}[\s　]*[：为是]?[\s　]*){_NOT_BEFORE}{_ANY}(?:[\s　]*[、，；/或和\s]{{1,3}}{_ANY})*"
)
NUMBER = rf"(?:{_MOBILE}|{_LANDLINE}|{_D}{{7,8}})(?!{_D})"  # where somebody's name stands before it
FIGURES = rf"{_D}{{4}}"  # no text without so many has a number
# A number of a town where persons are all that is told: but a day, 20260930, is none.
_BARE = r"(?<![\d.])(?!(?:19|20)\d{2}(?:0[1-9]|1[0-2])[0-3]\d(?!\d))\d{7,8}(?![\d.年月元万亿%])"
_WHOLE_CELL = r"[\d＊*×xX+＋—\s　转、，；/（）()]{5,}"


def without_telephones(text: str) -> str:
    """Return ``text`` without telephone numbers: 电话略 behind their label, nothing elsewhere."""
    if not pattern(FIGURES).search(text):
        return text
    text = pattern(_LABELLED).sub(lambda found: found[1] + HIDDEN, text)
    if not pattern(_SURE).search(text):
        return text
    text = pattern(rf"(?P<mark>[\s　、，；：/]*){_SURE}").sub(_unsaid, text)
    return pattern(r"（[\s　、，；：/]*）").sub("", text)


def without_bare_numbers(text: str) -> str:
    """Return ``text``, which says who somebody is, without numbers of seven or eight digits that nothing labels."""
    return pattern(_BARE).sub("", text)


def without_numbers_listed(cell: str) -> str:
    """Return a cell of a column of telephone numbers without all that may be part of one."""
    return pattern(_WHOLE_CELL).sub("", cell)


def _unsaid(found: re.Match[str]) -> str:
    """Keep the break between lines; a mark that only led to the number goes with it."""
    return "\n" if "\n" in found["mark"] else ""
