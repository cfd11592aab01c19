"""Lines of a groups' chapter: joined where a page broke a sentence, and cut where a working group's section begins.

（一）综合协调组。… opens one, and within a line 综合协调组由甲局牵头；督导组由…; lists of people stay as printed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from models.plan.reading.groups.fields import (
    LONGEST,
    OF_PEOPLE,
    cut_again,
    fields_of,
    node_of,
)
from models.plan.reading.groups.names import NAME, NO_START, OFFICE, TOPS, names_a_group
from models.plan.reading.groups.prose import tells_of_a_group
from models.plan.reading.outline.markers import RANK, read_marker
from models.plan.reading.outline.outline import TEXT, Field, Node
from models.plan.reading.text.document import Line
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern, squeeze

_JOINED = 2000  # characters of a joined line, so that time stays linear
# A label of a list, names and posts in columns.
_LISTED = (
    rf"^\s*(?:{{题号}})?\s*【?(?:{OF_PEOPLE})(?:[：】\s（]|$)|(?<=\S)(?:[ \t]{{2,}}|\u3000+)(?=\S)"
)
LED, NOTE = "led", "note"  # what fields mean that only sections have
_INNERMOST = max(RANK.values()) + 1

_ASIDE = r"(?:（(?P<aside>[^（）]{2,80})）)?"
_ENDS = r"(?=[。；，：、（由负牵召主工职常副设—\s]|成员|组长|$)"
_NUMBER = r"(?:{题号}|[{记号}*]|{N}是|其中[，：]?)"
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
# Headings within a section.
_HEADS_PEOPLE = rf"\s*{_NUMBER}?\s*(?:组成人员|人员组成|成员名单|成员组成|成员构成|组成单位|人员构成|机构设置)[：。]?\s*"
_HEADS_DUTIES = rf"\s*{_NUMBER}?\s*(?:主要|工作)*(?:职责|职能)(?:任务|分工)?[：。]?\s*"
_NO_MORE = r"设在|设于|下设|^附件|领导小组|各工作组|各组"


def as_sentences(paragraph: Sequence[Line]) -> Iterator[Passage]:
    """Yield the lines of a paragraph as one, but what begins a list, a person or a column of it on its own."""
    whole, *others = map(_as_printed, paragraph)
    for line in others:
        listed = any(map(pattern(_LISTED).search, (whole.text, line.text)))
        if listed or pattern(r"\s*某").match(line.text) or len(whole.text) > _JOINED:
            yield whole
            whole = line
        else:
            text = whole.text.rstrip()
            marks = ((len(text) + at, number, page) for at, number, page in line.marks)
            whole = Passage(text + line.text.strip(), (*whole.marks, *marks))
    yield whole


def _as_printed(line: Line) -> Passage:
    """Return a line or a row with its white space, which parts names."""
    return Passage(line.text, ((0, line.number, line.page),), line.cells, line.table)


def lines_with_labels(lines: Iterable[Passage]) -> Iterator[Node]:
    """Yield every line without cells as a node of its fields.

    A section opens with a node that its group's name is the title of, and ends where a number of its own
    level or a higher one stands.
    """
    rank: int | None = None  # of the number of the section that goes on
    duties = False  # the lines are its duties
    for line in (line for line in lines if not line.cells and line.text.strip()):
        nodes = list(_opened(line))
        marker = read_marker(squeeze(line.text[:40])) if nodes or rank is not None else None
        depth = RANK[marker.kind] if marker else _INNERMOST
        if nodes:
            rank = depth if marker or rank is None else rank
        elif rank is not None and (
            depth <= rank < _INNERMOST
            or (marker and rank == _INNERMOST)
            or pattern(_NO_MORE).search(squeeze(line.text)[:40])
        ):
            rank = None
        if not nodes and rank is not None:
            told = list(_told(line, duties=duties and marker is not None))
            nodes = [node_of(line, told)] if told else []
        meanings = [each.meaning for node in nodes for each in node.cells]
        duties = meanings[-1:] in (["duty"], [LED])
        yield from nodes or [node_of(line, fields_of(line))]


def _opened(line: Passage) -> Iterator[Node]:
    """Yield a line in which sections begin as a node for each; nothing where none does."""
    starts = list(_starts(line.text[:LONGEST]))
    if starts and line.text[: starts[0].start()].strip():
        before = line.cut(0, starts[0].start())
        yield node_of(before, fields_of(before))
    for found, end in zip(starts, [*(each.start() for each in starts[1:]), LONGEST], strict=False):
        here, behind = line.cut(found.start(), end), line.cut(found.end(), end)
        led = found["aside"] and pattern(_LED_ASIDE).search(found["aside"])
        fields = list(_told(line.cut(*found.span("aside")))) if led else []
        if pattern(_BODIES).match(behind.text):
            behind = replace(behind, text=f"成员{behind.text}")
        mark = pattern(r"[：。，；、—\s]*").match(behind.text)
        fields += _told(behind.cut(mark.end() if mark else 0), at_once=True)
        yield node_of(here, fields, found["name"])


def _starts(text: str) -> Iterator[re.Match[str]]:
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
        if (led or says or titled) and names_a_group(found["name"]):
            yield found


def _names(name: str) -> bool:
    return name.endswith((OFFICE, *TOPS)) or names_a_group(name)


def _told(line: Passage, *, duties: bool = False, at_once: bool = False) -> Iterator[Field]:
    """Yield what a section's line says, in fields; prose that is not of the group is left as it is."""
    if pattern(_HEADS_PEOPLE).fullmatch(line.text):
        yield Field(NOTE, line.cut(0, 0))
        return
    if pattern(_HEADS_DUTIES).fullmatch(line.text):
        yield Field("duty", line.cut(0, 0), "职责")
        return
    for part in cut_again(Field(TEXT, line), of_section=True):
        number = pattern(rf"\s*(?:{_NUMBER})?\s*").match(part.text)
        begin = number.end() if number else 0
        if part.meaning != TEXT:
            yield part
        elif told := _telling(part.text):
            yield replace(part, meaning=LED, passage=part.passage.cut(0, told))
            yield from fields_of(part.passage.cut(told))
        elif duties or (at_once and not pattern(_NO_DUTY).search(part.text)):
            yield replace(part, meaning="duty", passage=part.passage.cut(begin))
        elif begin < len(part.text):
            yield from fields_of(part.passage)


def _telling(text: str) -> int:
    """Return how far ``text`` tells of the group; the sentences behind speak of something else."""
    end = 0
    for sentence in pattern(r"[^。]*(?:。|$)").finditer(text):
        of_all = end and pattern(_OF_ALL).search(sentence[0])
        if of_all or not tells_of_a_group(sentence[0]):
            break
        end = sentence.end()
    return end
