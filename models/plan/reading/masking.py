"""Lines of a document without the names and telephone numbers of persons, before anything is read from them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from models.plan.reading.groups.fields import SEATS, fields_of
from models.plan.reading.outline.outline import TEXT, Field
from models.plan.reading.persons.nameless import (
    BODY_ENDS,
    WITHOUT,
    wherever_named,
    without_called,
    without_persons,
    without_spoken_of,
)
from models.plan.reading.persons.names import NAME, POST, WITH_FAMILY
from models.plan.reading.persons.posts import holders_of
from models.plan.reading.persons.telephones import (
    FIGURES,
    NUMBER,
    without_numbers_listed,
    without_telephones,
)
from models.plan.reading.persons.wrapped_bodies import names_alone, with_whole_bodies
from models.plan.reading.roles.bodies_and_persons import body_role
from models.plan.reading.roles.roles import COOPERATING, LEAD, RESPONSIBLE, Grammar
from models.plan.reading.roles.roles import POST as PERSONS
from models.plan.reading.tables.heads import are_heads, meaning_of
from models.plan.reading.text.document import Line
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern, squeeze
from models.plan.schema import NotRead

TELEPHONE = "telephone"  # what a column or a cell holds besides what `tables` knows
_LONGEST = 60  # characters of a line that goes on with the persons above it
_LONGEST_QUOTED = 600  # characters of a line whose names are looked for in the others
_WHO = r"联络人|经办人|承办人|填报人|填表人|审核人|审批人|签发人|报送人|监督人|牵头人|包保人|包抓人|带班人|值班人|姓名"
_SIGNED = r"[河湖林田路链街楼格段片]长|签[字名收]|人员?"  # other heads of columns of persons
_SIGNS = r"责任编辑|责编|审核|审签|签发|核稿|拟稿|校对"  # of who handled the paper, behind which a colon stands
_NUMBERS = r"电话|手机|联系方式|联络方式|号码|座机"
# The end of what a label says: of its sentence, its bracket or before the next label.
_END = rf"[。\n）】]|[；，、\s](?={{H}}{{2,10}}：|(?:{_WHO}|联系人|联络员)[为是]?{WITH_FAMILY})|(?=(?:{_SIGNS})：)"


def masked(lines: Sequence[Line], grammar: Grammar) -> list[Line]:
    """Return ``lines`` with 某某 for every name that its place gives away, and without telephone numbers.

    A name stands behind 联系人： or a seat in a group, in a column of persons, behind a body, before or
    behind a post, before 同志 or before a telephone number. Whatever else may be somebody's name stays.
    """
    found = list(_rows(_seated([_prose(line, grammar) for line in lines]), grammar))
    found = with_whole_bodies(lines, found)
    taken = {name for line, new in zip(lines, found, strict=True) for name in _taken(line, new)}
    names = set(names_alone(taken, lines))
    return [_without(names, line) for line in found] if names else found


def _taken(line: Line, masked: Line) -> Iterator[str]:
    """Yield the names of three letters and more that were masked in a line."""
    if line is masked or len(line.text) > _LONGEST_QUOTED:
        return
    old, new = ("|".join(each.cells) or each.text for each in (line, masked))
    for _, begin, end, _, _ in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        name = old[begin:end]
        if len(name) > 2 and pattern(NAME).fullmatch(name) and not pattern("[某×]").search(name):
            yield name


def _without(names: Collection[str], line: Line) -> Line:
    """Mask names that were found in one place wherever else they stand, but in a place's: 高明亮镇."""
    wherever = pattern(wherever_named(names))
    text = wherever.sub(WITHOUT, line.text)
    cells = tuple(wherever.sub(WITHOUT, cell) for cell in line.cells)
    return (
        line if (text, cells) == (line.text, line.cells) else replace(line, text=text, cells=cells)
    )


def _prose(line: Line, grammar: Grammar) -> Line:
    text = line.text if line.cells else masked_text(line.text, grammar)
    return line if text == line.text else replace(line, text=text)


def masked_pieces(pieces: Sequence[NotRead], grammar: Grammar) -> list[NotRead]:
    """Return what was not read with its first words masked."""
    return [each.model_copy(update={"words": masked_text(each.words, grammar)}) for each in pieces]


# Without one of these nothing below finds anything.
_MAY_SPEAK = rf"{FIGURES}|[人导员名志位门体关：]|{{牵头}}|{{承担}}|{{局}}[（\s]|[长记任席兼][^，；、。：（]{{1,3}}"


def masked_text(text: str, grammar: Grammar) -> str:
    """Return one piece of text as `masked` would: what is quoted of lines that were not read."""
    if not pattern(_MAY_SPEAK).search(text):
        return text
    text = _labelled(text, grammar)
    if pattern(FIGURES).search(text):
        text = without_telephones(without_called(text))
    return without_spoken_of(text)


# A list of bodies without one of these names nobody.
_NOT_BODIES_ALONE = (
    rf"[\s（·*×Xx某长任记]|{FIGURES}|[{{局}}{{县}}位道]{WITH_FAMILY}(?=[、，；。:：/]|$)"
)


def _labelled(text: str, grammar: Grammar) -> str:
    """Mask what stands behind 联系人：, 责任领导：, 牵头单位： and the like, up to the end of what they say."""
    labels = "|".join(grammar.words.posts)
    bodies = rf"(?:{'|'.join(grammar.words.roles)}){{单位}}?[：]"
    label = rf"(?P<bodies>{bodies})|(?:{_SIGNS})[：]|(?:{labels}|{_WHO})(?:及其?|和|、)?(?:联系)?(?:{_NUMBERS})?(?:（[^（）]{{0,8}}）)?(?:[：]|(?=[为是]?{WITH_FAMILY}(?:[，、；。）\s（]|{_NUMBERS}|{NUMBER}|$)))"
    at = 0
    while found := pattern(label).search(text, at):
        end = pattern(_END).search(text, found.end() + 1)
        stop = end.start() if end else len(text)
        value, bodies_only = text[found.end() : stop], bool(found["bodies"])
        if not bodies_only or pattern(_NOT_BODIES_ALONE).search(value):
            value = without_persons(value, bodies=bodies_only)
        text = text[: found.end()] + value + text[stop:]
        at = found.end() + len(value)
    return text


# What every label of a seat ends with; anything else is not looked at twice.
_MAY_SEAT = r"[长任人挥员位委][\s　]*(?:（[^（）]*）)?[：】\s　]"


def _seated(lines: Sequence[Line]) -> Iterator[Line]:
    """Mask the persons in a group's list, behind 组长： and on the lines that go on with it."""
    goes_on = False
    for line in lines:
        if line.cells or not (goes_on or pattern(_MAY_SEAT).search(line.text)):
            goes_on = goes_on and not line.text.strip()
            yield line
            continue
        text, at = line.text, 0
        for part in fields_of(Passage(line.text, ())):
            on = goes_on and part.meaning == TEXT and len(part.text) <= _LONGEST
            seat = part.meaning in SEATS or (on and bool(pattern(POST).search(part.text)))
            goes_on = seat and "。" not in part.text
            if seat and (begin := text.find(part.text, at)) >= 0:
                value = _persons(part)
                text = text[:begin] + value + text[begin + len(part.text) :]
                at = begin + len(value)
        yield line if text == line.text else replace(line, text=text)


def _persons(part: Field) -> str:
    names = sorted(set(holders_of(part.text).names), key=len, reverse=True)
    text = part.text
    for name in names:
        if len(name) > 1:
            spaced = r"[^\S\n]*".join(map(_escaped, name))
            text = pattern(rf"{spaced}(?![{{区划}}{{相连}}])").sub(WITHOUT, text)
    lists = bool(pattern(rf"{BODY_ENDS}(?=[、，；。\s]|$)").search(text))
    return without_persons(text, bodies=part.meaning == "member" and not names and lists)


def _escaped(char: str) -> str:
    return rf"\{char}" if char in "*·.•‧" else char


def _rows(lines: Iterable[Line], grammar: Grammar) -> Iterator[Line]:
    """Mask the cells of rows: under the heads of their columns, or beside a head of their row."""
    heads: list[str] = []
    table = 0
    for line in lines:
        if not line.cells:
            yield line
            continue
        cells = [squeeze(cell) for cell in line.cells]
        if line.table != table and len(cells) != len(heads):
            heads = []
        table = line.table
        if are_heads(cells, grammar):
            heads = [_column(cell, grammar) for cell in cells]
            yield line
            continue
        kept = []
        for at, cell in enumerate(line.cells):
            meaning = heads[at] if at < len(heads) else ""
            if at and len(cells[at - 1]) <= 16 and (beside := _beside(cells[at - 1], grammar)):
                meaning = beside
            kept.append(_cell(cell, meaning, grammar))
        new = tuple(kept)
        yield line if new == line.cells else replace(line, cells=new, text="|".join(new))


def _column(head: str, grammar: Grammar) -> str:
    if pattern(rf"(?:{_NUMBERS})$").search(head) and not pattern("人|领导").search(head):
        return TELEPHONE
    posts = "|".join(grammar.words.posts)
    persons = pattern(rf"(?:{posts}|{_WHO}|{POST}|{_SIGNED})(?:（.*）)?$").search(head)
    return PERSONS if persons and not body_role(head, grammar) else meaning_of(head, grammar)


def _beside(cell: str, grammar: Grammar) -> str:
    """Return what a head in a row says of the cell behind it: 责任人 | 某某某."""
    posts = "|".join(grammar.words.posts)
    if pattern(rf"{{H}}{{0,6}}(?:{posts}|{_WHO})(?:及?(?:联系)?(?:{_NUMBERS}))?[：]?").fullmatch(
        cell
    ):
        return PERSONS
    return TELEPHONE if pattern(rf"{{H}}{{0,4}}(?:{_NUMBERS})[：]?").fullmatch(cell) else ""


def _cell(cell: str, meaning: str, grammar: Grammar) -> str:
    if meaning == TELEPHONE:
        return without_numbers_listed(cell)
    if meaning == PERSONS:
        return without_persons(cell)
    if meaning in {LEAD, RESPONSIBLE, COOPERATING}:
        return without_persons(_labelled(cell, grammar), bodies=True)
    return masked_text(cell, grammar)
