"""Lines of a groups' chapter: joined where a page broke a sentence, and cut where a working group's section begins.

（一）综合协调组。… opens one, and within a line 综合协调组由甲局牵头；督导组由…; lists of people stay as printed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.plan.reading.groups.names import NAME, NO_START, OFFICE, TOPS, names_a_group
from models.plan.reading.groups.pieces import (
    OF_PEOPLE,
    OF_SECTION,
    Piece,
    cut_again,
    plain_pieces,
)
from models.plan.reading.groups.prose import tells_of_a_group
from models.plan.reading.outline.markers import RANK, read_marker
from models.plan.reading.text.document import Line
from models.plan.reading.text.patterns import pattern, squeeze

_JOINED = 2000  # characters of a joined line, so that time stays linear
_COLUMNS = r"(?<=\S)(?:[ \t]{2,}|\u3000+)(?=\S)"  # names and posts in columns
_OF_LIST = rf"^\s*[\d{{一}}（）.、]{{0,5}}【?(?:{OF_PEOPLE})(?:[：】\s（]|$)"
OPENS, LED, NOTE = "group", "led", "note"  # keys of pieces that only sections have
_LONGEST = 4000  # characters of a line in which groups are looked for
_INNERMOST = max(RANK.values()) + 1

_ASIDE = r"(?:（(?P<aside>[^（）]{2,80})）)?"
_ENDS = r"(?=[。；，：、（由负牵召主工职常副设—\s]|成员|组长|$)"
_NUMBER = r"(?:{章号}、|{括号}|\d{1,2}[.、）](?!\d)|{①}|[{记号}*]|{一}是|其中[，：]?)"
_WHO = r"(?:由|以)[^。；]{2,100}?(?:{牵头}|组长|{承担}|组成|{配合}|领导|担任|兼任|总召集)"
# What a line says of a group at once, behind its name.
_BODY = r"[^，。；：、（）]{2,20}(?:{局}|{县}|{机构})(?:（[^（）]{1,8}）)?"
_BODIES = rf"\s*[：]\s*{_BODY}(?:、{_BODY})*(?=[。；]|\s*$)"
_SAYS = rf"[：。，—\s]*(?:{_WHO}|设(?:立?在|于)|[^，。；：（）]{{2,40}}(?:任|兼){{组长}}|(?:{{牵头}}|责任){{单位}}?(?:：|为|是)|(?:常务|第一)?副?组长|召集人|[^，。；：（）由]{{2,30}}{{牵头}}|(?:主要|具体)?(?:{{承担}}(?!人|同志|领导))|(?:主要|工作)*职责|成员)|{_BODIES}"
_NUMBERED = rf"\s*{_NUMBER}\s*{NAME}{_ASIDE}{_ENDS}"
_INLINE = rf"(?:^\s*|(?<=[。；，：、]))\s*{_NUMBER}?{NAME}{_ASIDE}{_ENDS}"
# A leading group, or an office, whose line goes on about it.
_BODY_LINE = rf"\s*{_NUMBER}\s*(?!{NO_START})(?P<name>{{H}}{{0,30}}?{{小组}}(?:{OFFICE})?|{OFFICE}){_ASIDE}[。：](?=[^。]*(?:设|主任|{{承担}}|组长|召集人|指挥|由))"
_LED_ASIDE = r"{牵头}|组长|{承担}|成员|设在"
_NO_DUTY = r"^\s*(?:各|全|所有|要|县直|市直|有关|领导小组|成立|组建|设|建立|由|在|按|根据|为)|[要应须]|设在|下设|成立|组成"
_OF_ALL = r"^\s*(?:各|全|所有|要|县直|市直|有关|领导小组)|设在|设于|下设"
# Headings within a section, and the first label below a group's name on a line of its own.
_HEADS_PEOPLE = rf"\s*{_NUMBER}?\s*(?:组成人员|人员组成|成员名单|成员组成|成员构成|组成单位|人员构成|机构设置)[：。]?\s*"
_HEADS_DUTIES = rf"\s*{_NUMBER}?\s*(?:主要|工作)*(?:职责|职能)(?:任务|分工)?[：。]?\s*"
_BELOW = rf"\s*{_NUMBER}?\s*(?:{OF_PEOPLE}|{OF_SECTION})"
_NO_MORE = r"设在|设于|下设|^附件|领导小组|各工作组|各组"


def as_sentences(paragraph: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines of a paragraph as one; those of a list of people and of columns as printed."""
    whole = paragraph[0]
    listed = pattern(_OF_LIST).match(whole.text)
    for line in paragraph[1:]:
        if listed or len(whole.text) > _JOINED or any(map(_is_listed, (whole, line))):
            yield whole
            whole = line
        else:
            whole = replace(whole, text=whole.text.rstrip() + line.text.strip())
    yield whole


def _is_listed(line: Line) -> bool:
    text = line.text.strip()
    return bool(pattern(_OF_LIST).match(text[:30]) or pattern(_COLUMNS).search(text))


def pieces_of(lines: Sequence[Line]) -> Iterator[Piece]:
    """Yield every line without cells in its pieces, in order; white space stays, it parts names.

    A section opens with its group's name as a piece (`OPENS`) and ends where a number of its own level
    or a higher one stands.
    """
    rank: int | None = None  # of the number of the section that goes on
    duties = False  # the lines are its duties
    texts = [line for line in lines if not line.cells and line.text.strip()]
    for line, below in zip(texts, [*texts[1:], None], strict=True):
        pieces = list(_opened(line, below))
        if rank is None and not pieces:
            yield from plain_pieces(line)
            continue
        marker = read_marker(squeeze(line.text[:40]))
        depth = RANK[marker.kind] if marker else _INNERMOST
        if pieces:
            rank = depth if marker or rank is None else rank
        elif rank is not None and (
            depth <= rank < _INNERMOST
            or (marker and rank == _INNERMOST)
            or pattern(_NO_MORE).search(squeeze(line.text)[:40])
        ):
            rank = None
        if not pieces and rank is not None:
            pieces = list(_told(line, line.text, duties=duties and marker is not None))
        yield from pieces or plain_pieces(line)
        duties = bool(pieces) and pieces[-1].key in {"duty", LED}


def _opened(line: Line, below: Line | None) -> Iterator[Piece]:
    """Yield a line in which sections begin in its pieces; nothing where none does."""
    text = line.text[:_LONGEST]
    starts = list(_starts(text, below.text if below else ""))
    if not starts:
        return
    if before := text[: starts[0].start()].strip():
        yield from plain_pieces(replace(line, text=before))
    for at, found in enumerate(starts):
        end = starts[at + 1].start() if at + 1 < len(starts) else None
        here = replace(line, text=text[found.start() : end])
        yield Piece(here, OPENS, found["name"], found["name"])
        if found["aside"] and pattern(_LED_ASIDE).search(found["aside"]):
            yield from _told(here, found["aside"])
        rest = text[found.end() : end]
        if pattern(_BODIES).match(rest):
            rest = f"成员{rest}"
        yield from _told(here, pattern(r"^[：。，；、—\s]+").sub("", rest), at_once=True)


def _starts(text: str, below: str) -> Iterator[re.Match[str]]:
    """Yield where sections begin in a line: at its head, or where it says something of a group at once."""
    if "组" not in text and "专班" not in text and OFFICE not in text:
        return
    first = pattern(_NUMBERED).match(text) or pattern(_BODY_LINE).match(text)
    goes_on = first and pattern(rf"、|，(?!{_SAYS})").match(text, first.end())
    if first and not goes_on and _names(first["name"]):
        yield first
    if "组" not in text and "专班" not in text:
        return
    begin = first.end() if first else 0
    for found in pattern(_INLINE).finditer(text, begin):
        led = found["aside"] and pattern(_LED_ASIDE).search(found["aside"])
        titled = pattern(r"[：\s]*$").match(text, found.end()) and not text[: found.start()].strip()
        says = (
            pattern(_SAYS).match(text, found.end())
            and text[found.start() - 1 : found.start()] != "、"
        )
        if (led or says or (titled and pattern(_BELOW).match(below))) and names_a_group(
            found["name"]
        ):
            yield found


def _names(name: str) -> bool:
    return name.endswith((OFFICE, *TOPS)) or names_a_group(name)


def _told(line: Line, text: str, *, duties: bool = False, at_once: bool = False) -> Iterator[Piece]:
    """Yield what a section's line says, in pieces; prose that is not of the group is left as it is."""
    if pattern(_HEADS_PEOPLE).fullmatch(text):
        yield Piece(line, NOTE, "")
        return
    if pattern(_HEADS_DUTIES).fullmatch(text):
        yield Piece(line, "duty", "", "职责")
        return
    for piece in cut_again(Piece(line, None, text), of_section=True):
        if piece.key:
            yield piece
        elif told := _telling(piece.text):
            yield replace(piece, key=LED, text=piece.text[:told])
            if piece.text[told:].strip():
                yield from plain_pieces(replace(line, text=piece.text[told:]))
        elif duties or (at_once and not pattern(_NO_DUTY).search(piece.text)):
            yield replace(piece, key="duty", text=pattern(_NUMBER).sub("", piece.text, 1))
        elif not pattern(rf"\s*{_NUMBER}?\s*").fullmatch(piece.text):
            yield from plain_pieces(replace(line, text=piece.text))


def _telling(text: str) -> int:
    """Return how far ``text`` tells of the group; the sentences behind speak of something else."""
    end = 0
    for sentence in pattern(r"[^。]*(?:。|$)").finditer(text):
        of_all = end and pattern(_OF_ALL).search(sentence[0])
        if of_all or not tells_of_a_group(sentence[0]):
            break
        end = sentence.end()
    return end
