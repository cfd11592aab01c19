"""Texts that speak of persons, without their names: 某某 stands in place of each, posts and bodies stay."""

import re
from collections.abc import Iterable

from models.plan.reading.persons.names import (
    FAMILY,
    NAME,
    OF_PARTS,
    PLAIN,
    POST,
    WITH_FAMILY,
    closed_up,
    is_masked,
    is_name_of_a_person,
    is_no_name,
    is_word,
    may_be_a_place,
    name_before_post,
)
from models.plan.reading.persons.telephones import (
    LABEL,
    NUMBER,
    without_bare_numbers,
    without_telephones,
)
from models.plan.reading.text.patterns import pattern

WITHOUT = "某某"

_RESPECT = r"(?:同志|先生|女士)$"
BODY_ENDS = r"(?:{局}|{县}|{机构})"
# 某某长 behind 联系人：, unless it is a post: 田长, 路段长, 网格长.
_LONG = rf"[{FAMILY}]{{H}}[长{{会社}}]"
_NO_LONG = r"(?:{某长}长|(?:{某会})会|中心|[公旅]社|[党]团)$"
_BETWEEN = rf"({{H}}{{2,}}(?:{{局}}|{{机构}}))({WITH_FAMILY}(?<![副务]))((?:常务)?副?(?:{{正职}}|政委|[{{县}}]长|校长))"
_AT_THE_END = rf"{WITH_FAMILY}|[{FAMILY}]?[某×ＸXx*＊○]{{2,3}}|[{FAMILY}][某×]"
_BEGINS_WORDS = "门管应时易关路党卫商司国农文利海"  # where an OCR's blank may have cut one in two
_SAID_OF_ONE = r"^(?:男|女|兼|代|略|[A-Za-z]*|联系|.{1,4}族|正?副?{级别}级|同志|等|组长|成员)$"
_MARKS = r"([、，；。：:,;/（）()【】\s　|]+)"

# Who is spoken of in a sentence, told by what stands on both sides.
_FREE = r"(?:(?<=[，；、。：由请经向与和及])|(?<=领导)|(?<=责人)|^)"
SPOKEN_OF = (
    rf"(?:(?<=[，；、。：由请和与及向对找])|^){WITH_FAMILY}(?=同志)",
    rf"(?<=[由请])[{FAMILY}]{{H}}{{1,2}}(?=(?:同志)?(?:担任|兼任|出任|任|兼)(?:{{H}}{{0,12}}?)(?:{{组长}}|主任))",
    rf"(?<=[长记任席员])[{FAMILY}]{{H}}{{1,2}}(?=(?:同志)?(?:等)?(?:分别|共同)?(?:担任|兼任|出任|任|兼|为)(?:{{H}}{{0,12}}?)(?:{{组长}}|主任|成员))",
    # 分管领导某某某副县长; a post that anybody's deed may stand before (严格领导) parts no name here.
    rf"{_FREE}[{FAMILY}]{{H}}{{1,2}}?(?<![任兼为])(?=(?:常务)?副{{区划}}长)",
    rf"{_FREE}[{PLAIN}]{{H}}{{1,2}}?(?<![任兼为])(?=(?:{{区划}}长|副?书记|副?局长|副?主任|副?部长)(?!们))",
    rf"(?<={{局}}（)(?:{WITH_FAMILY}|{OF_PARTS})(?=[）、，；。]|$)",
    rf"(?:(?<=[长记任席])|(?<=成员))(?:[{PLAIN}]{{H}}{{2}}|{{复姓}}{{H}}{{1,2}})(?=[（，；、。]|$)",
    # 由某某某负责, 某某具体负责
    rf"(?<=[（，；。：由])[{PLAIN}]{{H}}{{2}}(?=(?:同志)?(?:{{角色}}|主持))",
    rf"(?<=[（，；。：由])[{PLAIN}]{{H}}{{1,2}}?(?=具体负责|负责日常|主持日常)",
    rf"(?<=[，；、]成员){WITH_FAMILY}(?=[、，。])",
    # …and whoever is named with somebody who was found: 某某、某某某任副组长.
    rf"(?<={WITHOUT}、){WITH_FAMILY}(?=[、，；。）]|任|等|为|同志|$)",
    rf"(?<=[，；：由]){WITH_FAMILY}(?=、{WITHOUT}(?:同志)?(?:任|担任|为))",
)
_ANYBODY = "|".join(SPOKEN_OF)  # most sentences speak of nobody
# …and where somebody must be meant: behind a post, before 同志, behind 联络员.
QUOTED = (
    rf"(?P<before>{POST})(?![任兼]){{H}}{{2,3}}(?=同志|（|兼任|担任|[，；、。）]|$)",
    r"(?<=[，；、：。由请])(?![任兼]){H}{2,3}(?=同志)",
    r"(?P<before>(?:联络员|联系人|{组长}|主任)[为是：])(?![任兼]){H}{2,3}(?=[，；、。（]|同志|$)",
)


def without_spoken_of(text: str, rows: Iterable[str] = SPOKEN_OF) -> str:
    """Return ``text``, a sentence, with 某某 for whoever one of ``rows`` finds."""

    def unnamed(found: re.Match[str]) -> str:
        before = found.groupdict().get("before") or ""
        name = found[0].removeprefix(before)
        village = rows is SPOKEN_OF and len(name) == 3 and may_be_a_place(name)  # 王家庄
        return before + WITHOUT if is_name_of_a_person(name) and not village else found[0]

    if rows is SPOKEN_OF and not pattern(_ANYBODY).search(text):
        return text
    for expression in rows:
        text = pattern(expression).sub(unnamed, text)
    return text


def wherever_named(names: Iterable[str]) -> str:
    """Return the pattern of ``names`` wherever they stand, but where a place is called so: 高明区."""
    sure = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return rf"(?:{sure})(?![{{县}}村街路局])"


def without_persons(text: str, *, bodies: bool = False) -> str:
    """Return ``text``, which says who it is, with 某某 for every name and without telephone numbers.

    With ``bodies`` it is a list of bodies: a name is then what stands behind one, and nothing alone.
    """
    text = without_called(closed_up(text))
    text = without_bare_numbers(without_telephones(text))
    pieces = pattern(_MARKS).split(text)
    said = list(pieces)
    for at in range(0, len(pieces), 2):
        before = said[at - 2] if at > 1 and not _parts(said[at - 1]) else ""
        behind = said[at + 2] if at + 2 < len(said) and not _parts(said[at + 1]) else ""
        blank = at > 1 and not said[at - 1].strip()
        if bodies and behind and "（" not in said[at + 1] and "(" not in said[at + 1]:
            behind = behind if pattern(rf"{POST}$").search(behind) else ""
        pieces[at] = _nameless(said[at], (before, behind, blank), bodies=bodies)
    return "".join(pieces)


def _parts(mark: str) -> bool:
    """Say whether a mark parts two items of a list; a blank or a bracket parts what is said of one."""
    return bool(pattern(r"[、，；。,;]").search(mark))


def _stands_apart(name: str, beside: tuple[str, str, bool], *, bodies: bool) -> bool:
    """Say whether what stands beside a name, parted by a blank or a bracket, makes it one.

    White space alone may be an OCR's: 各部 门配合, 分 管数字 政府.
    """
    before, behind, blank = beside
    of_post = bool(pattern(rf"{POST}$").search(behind) or pattern(rf"{POST}$").search(before))
    of_body = bool(pattern(rf"{{H}}{{2}}{BODY_ENDS}$").search(before))
    comes_from = bool(pattern(rf"{{H}}{BODY_ENDS}$").search(behind))  # 某某某（市司法局）
    if bodies:
        sure = not (blank and name[0] in _BEGINS_WORDS)
        return (of_post or of_body or comes_from) and sure and not may_be_a_place(name)
    if blank and len(before) == 1 and name[0] in _BEGINS_WORDS:
        return False
    if of_post or of_body or comes_from:
        return True
    return all(
        not pattern("{H}").search(each)
        or is_name_of_a_person(each)
        or _ends_as_a_post(each)
        or pattern(rf"^{POST}|{LABEL}|{_SAID_OF_ONE}").search(each)
        for each in (before, behind)
    )


def without_contacts(text: str) -> str:
    """Return ``text``, a list of bodies, without the brackets that say whom to ask: 市司法局（联系人：某某，电话略）."""
    if WITHOUT not in text:
        return text
    asked = rf"（(?:{{H}}{{0,4}}[人员导][：]?)?[^（）：]{{0,12}}{WITHOUT}[^（）]*）"
    return pattern(asked).sub("", text)


def without_called(text: str) -> str:
    """Return ``text`` with 某某 for every name that a telephone number stands behind: 某某某，13800000000."""
    called = rf"(?:(?<!{{H}})|(?<=[{{局}}长任记]))({NAME})(?=(?:同志)?[\s　，、：（/]{{0,3}}(?:{LABEL})?[：]?[\s　]?{NUMBER})"
    text = pattern(called).sub(
        lambda found: WITHOUT if is_name_of_a_person(found[1]) else found[0], text
    )
    return pattern(rf"(?<={WITHOUT})[\s　，、：（/]{{0,3}}{NUMBER}）?").sub("", text)


def _nameless(piece: str, beside: tuple[str, str, bool], *, bodies: bool) -> str:
    """Mask a piece between marks, of which ``beside`` are the neighbours that no 、 parts from it."""
    bare = pattern(_RESPECT).sub("", piece)
    if is_masked(bare):
        of_parts = pattern(OF_PARTS).fullmatch(bare)
        if bodies and not (of_parts and _stands_apart(bare, beside, bodies=True)):
            return piece  # a body's name that somebody masked, or a blank
        return WITHOUT + piece[len(bare) :]
    if is_name_of_a_person(bare) or (not bodies and _ends_as_a_post(bare)):
        apart = _stands_apart(bare, beside, bodies=bodies)
        return WITHOUT + piece[len(bare) :] if apart else piece
    name = name_before_post(bare)
    if name and not (bodies and not pattern(rf"{POST}$").search(bare)):
        return f"{WITHOUT}{piece[len(name) :]}"
    return _without_the_middle(_without_the_end(bare)) + piece[len(bare) :]


def _ends_as_a_post(text: str) -> bool:
    """Say whether ``text`` is a name of three letters although it ends as posts and bodies do: 沈某会."""
    if not pattern(_LONG).fullmatch(text) or is_word(text[:2]):
        return False
    return not pattern(rf"{POST}|{_NO_LONG}").search(text)


def _without_the_end(piece: str) -> str:
    """Mask who stands right behind a post or a body: 副市长某某, 市司法局某某."""
    for length in (4, 3, 2):
        name, rest = piece[-length:], piece[:-length]
        named = pattern(_AT_THE_END).fullmatch(name) and not is_no_name(name)
        if len(rest) < 2 or not (named or _ends_as_a_post(name)):
            continue
        post = pattern(rf"{POST}$").search(rest)
        ends = pattern(rf"{BODY_ENDS}$").search(rest) and not (rest + name[0]).endswith("部门")
        body = ends and not may_be_a_place(name)
        if post or body:
            return rest + WITHOUT
    return piece


def _without_the_middle(piece: str) -> str:
    """Mask who stands between a body and a post: 市司法局某某某副局长."""
    found = pattern(_BETWEEN).fullmatch(piece)
    if not found or not is_name_of_a_person(found[2]) or may_be_a_place(found[2]):
        return piece
    return found[1] + WITHOUT + found[3]
