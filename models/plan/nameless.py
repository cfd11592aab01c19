"""Texts that speak of persons, without their names: 某某 stands in place of each, posts and bodies stay."""

import re

from models.plan.family_names import (
    FAMILY,
    NAME,
    POST,
    WITH_FAMILY,
    is_masked,
    is_name_of_a_person,
    is_no_name,
    is_place,
)
from models.plan.glued_names import name_before_post
from models.plan.patterns import HAN, pattern
from models.plan.telephones import LABEL, NUMBER, without_telephones

WITHOUT = "某某"

_RESPECT = r"(?:同志|先生|女士)$"
_BODY_ENDS = r"(?:局|委|办|办公室|部|院|厅|会|中心|公司|集团|政府|街道|镇|乡|站|所|校|队|处|科|股|室|馆|社|行|单位|区|县|市)"
# What villages are called behind their town: 高桥镇王家庄.
_OF_VILLAGES = r"^{H}家|[庄店集桥河湖沟坪坝塘湾寨岭坡岗堡屯营坊渡头]$"
_AT_THE_END = rf"{WITH_FAMILY}|[{FAMILY}]?[某×ＸXx*＊○]{{2,3}}|[{FAMILY}][某×]"
_MARKS = r"([、，；。：:,;/（）()【】\s　|]+)"
_NUMBER = r"(?<![\d.])\d{7,8}(?![\d.年月元万亿%])"
_A_DAY = r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])[0-3]\d"


def without_persons(text: str, *, bodies: bool = False) -> str:
    """Return ``text``, which says who it is, with 某某 for every name and without telephone numbers.

    With ``bodies`` it is a list of bodies: a name is then what stands behind one, and nothing alone.
    """
    text = without_called(_closed_up(text))
    text = pattern(_NUMBER).sub(_no_number, without_telephones(text))
    pieces = pattern(_MARKS).split(text)
    for at in range(0, len(pieces), 2):
        before = pieces[at - 2] if at > 1 and _is_blank(pieces[at - 1]) else ""
        behind = pieces[at + 2] if at + 2 < len(pieces) and _is_blank(pieces[at + 1]) else ""
        beside = pattern(rf"{_BODY_ENDS}$").search(before) or pattern(rf"{POST}$").search(behind)
        pieces[at] = _nameless(pieces[at], bodies=bodies, beside=bool(beside))
    return "".join(pieces)


def _is_blank(mark: str) -> bool:
    return not pattern(r"[、，；。,;]").search(mark)


def without_contacts(text: str) -> str:
    """Return ``text``, a list of bodies, without the brackets that say whom to ask: 市司法局（联系人：某某，电话略）."""
    if WITHOUT not in text:
        return text
    asked = rf"（(?:{{H}}{{0,4}}[人员导][：]?)?[^（）：]{{0,12}}{WITHOUT}[^（）]*）"
    return pattern(asked).sub("", text)


def without_called(text: str) -> str:
    """Return ``text`` with 某某 for every name that a telephone number stands behind: 某某某，13800000000."""
    called = (
        rf"(?<![{HAN}])({NAME})(?=(?:同志)?[\s　，、：（/]{{0,3}}(?:{LABEL})?[：]?[\s　]?{NUMBER})"
    )
    return pattern(called).sub(
        lambda found: WITHOUT if is_name_of_a_person(found[1]) else found[0], text
    )


def _no_number(found: re.Match[str]) -> str:
    return found[0] if pattern(_A_DAY).fullmatch(found[0]) else ""


def _closed_up(text: str) -> str:
    """Close up names of two letters, which are printed as wide as those of three: 王　某."""
    wide = rf"(?<![{HAN}])([{HAN}])[^\S\n]{{1,4}}([{HAN}])(?![{HAN}])"
    return pattern(wide).sub(
        lambda found: found[1] + found[2] if is_name_of_a_person(found[1] + found[2]) else found[0],
        text,
    )


def _nameless(piece: str, *, bodies: bool, beside: bool) -> str:
    """Mask a piece between marks; ``beside`` says that a body stands before it or a post behind it."""
    bare = pattern(_RESPECT).sub("", piece)
    if is_masked(bare):
        return WITHOUT + piece[len(bare) :]
    if is_name_of_a_person(bare):
        if bodies and not (beside and not _may_be_a_place(bare)):
            return piece
        return WITHOUT + piece[len(bare) :]
    name = name_before_post(bare)
    if name and not (bodies and not pattern(rf"{POST}$").search(bare)):
        return f"{WITHOUT}{piece[len(name) :]}"
    return _without_the_end(bare) + piece[len(bare) :]


def _without_the_end(piece: str) -> str:
    """Mask who stands right behind a post or a body: 副市长某某, 市司法局某某."""
    for length in (4, 3, 2):
        name, rest = piece[-length:], piece[:-length]
        if len(rest) < 2 or not pattern(_AT_THE_END).fullmatch(name) or is_no_name(name):
            continue
        post = pattern(rf"{POST}$").search(rest)
        body = pattern(rf"{_BODY_ENDS}$").search(rest) and not _may_be_a_place(name)
        if post or body:
            return rest + WITHOUT
    return piece


def _may_be_a_place(name: str) -> bool:
    return is_place(name) or bool(pattern(_OF_VILLAGES).search(name))
