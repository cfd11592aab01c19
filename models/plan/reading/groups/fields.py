"""Lines of a group's chapter as fields, cut before every label: 组长：甲；副组长：乙 are two."""

import re
from collections.abc import Iterable, Iterator, Sequence

from models.plan.reading.groups.names import HEADS
from models.plan.reading.outline.labels import Cut, cut_at
from models.plan.reading.outline.outline import LINE, ROW, TEXT, Field, Node
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern, squeeze

LABELS = (
    ("executive", rf"{{常务}}副{HEADS}|执行{HEADS}"),
    ("deputy", rf"副{HEADS}"),
    ("head", rf"(?:第一|第二|共同|)?{HEADS}"),
    ("liaison", r"(?:联络员|联系人)"),
    (
        "member",
        r"(?:其他)?(?:成员单位|成员|组成单位|组成人员|{配合}单位|组员|委员|(?:副|)秘书长)(?:（[^（）]*）)?",
    ),
    ("duty", r"(?:主要)?(?:工作)?职责(?:任务)?"),
)
SEATS = {meaning for meaning, _ in LABELS} - {"duty"}  # what says that persons follow
# What the section of a working group says besides.
SECTION_LABELS = (
    ("lead", r"(?:总|){牵头}(?:责任|){单位}|责任{单位}|{牵头}|组长单位"),
    (
        "member",
        r"副组长单位|(?:{配合}|成员|组成){单位}(?:（[^（）]*）)?|{配合}|成员",
    ),
    ("head", r"(?:{角色}|分管|挂帅)领导|(?:负责人|责任人)(?:职务)?"),
)
FIRST = tuple("组主副常第执成其联总指召政班共参职工委秘")  # a label begins with one of them
LONGEST = 4000  # characters of a line in which labels are looked for
_SHORT = 80  # characters of a line whose label has no colon


def fields_of(line: Passage) -> Iterator[Field]:
    """Yield a line without cells in its fields, in order; white space stays, it parts names."""
    if line.text.strip():
        yield from _cut_at(_cuts(line.text), Field(TEXT, line))


def cut_again(whole: Field, *, of_section: bool = False) -> Iterator[Field]:
    """Cut a field before the labels within its text: 成员 | 甲局局长办公室主任：乙局局长.

    In the section of a working group (``of_section``) 牵头单位： and 配合单位： are labels as well.
    """
    labels = (SECTION_LABEL, LABEL) if of_section else (LABEL,)
    yield from _cut_at([cut for label in labels for cut in _found(label, whole.text)], whole)


def node_of(whole: Passage, fields: Iterable[Field], group: str = "") -> Node:
    """Return a line or a row as a node of its fields; ``group`` is the name of the one that it begins."""
    title = Passage(group, whole.marks[:1]) if group else None
    return Node(ROW if whole.cells else LINE, passages=[whole], title=title, cells=list(fields))


def _found(label: str, text: str) -> list[Cut]:
    return [_cut(each) for each in pattern(label).finditer(text[:LONGEST])]


def _cut_at(found: Sequence[Cut], whole: Field) -> Iterator[Field]:
    """Cut before labels, of two in one place before the last, and before an office's place behind them."""
    first = min((at for at, *_ in found), default=len(whole.text))
    placed = (each.start() for each in pattern(PLACED).finditer(whole.text[:LONGEST], first + 1))
    places: list[Cut] = [(at, at, TEXT, "") for at in placed]
    cuts = sorted({cut[0]: cut for cut in (*places, *found)}.values(), key=lambda cut: cut[:2])
    yield from cut_at(cuts, whole)


def key_of(label: str, *, of_section: bool = False) -> str | None:
    """Return what a label says that comes: head, deputy, member and so on; None for no label."""
    found = pattern(rf"{_OWNER}(?:{_KEYS})").fullmatch(label) if label else None
    if of_section and not found:
        found = pattern(_SECTION_KEYS).fullmatch(label)
    return found.lastgroup if found else None


def _spaced(expression: str) -> str:
    """Let white space stand between the characters of a label: 组　长."""
    parted = re.split(r"\{(?=[^\d{}])([^{}]+)\}", expression)  # names of lists are every second one
    return "".join(
        f"{{~{part}}}"
        if at % 2
        else "".join(c + r"[^\S\n]*" if "\u4e00" <= c <= "\u9fff" else c for c in part)
        for at, part in enumerate(parted)
    )


_KEYS = "|".join(f"(?P<{key}>{_spaced(expression)})" for key, expression in LABELS)
_OWNER = _spaced("{小组}?(?:办公室)?")
# Any label of people, without what follows it.
OF_PEOPLE = rf"{_OWNER}(?:{'|'.join(_spaced(words) for key, words in LABELS if key != 'duty')})"
# At the head of a line, behind a mark or a blank, or right behind a body's name.
_PARTED = r"(?:^|(?<=[。；，、）.】\s{局}人]))"
# Right behind whatever a post or a name ends with; a longer word may end like a label: 党组成员.
_SURE = rf"副{HEADS}|(?:{{组长}})|办公室主任|联络员|成员单位|成员|组成单位|组成人员|{{配合}}单位|组员|委员|{{<!府委会}}副?秘书长"
_GLUED = rf"(?<![第执常双总党班家会协工])(?<!党组)(?={{常务}}?{{小组}}?(?:办公室)?(?:{_SURE})(?:（[^（）]*）)?【?(?:：|】))"
# With its colon.
LABEL = rf"(?:{_PARTED}|{_GLUED})\s*【?{_OWNER}(?:{_KEYS})(?:：|】：?)"
# 牵头单位：甲局；配合单位：乙局; 牵头单位为甲局
_SECTION_KEYS = "|".join(f"(?P<{key}>{expression})" for key, expression in SECTION_LABELS)
SECTION_LABEL = rf"(?:{_PARTED}|(?<=（)|(?<={{H}})(?=(?:{{牵头}}|{{配合}}|成员){{单位}}))【?(?:{_SECTION_KEYS})(?:：|】：?|(?:为|是|有|包括)(?=[^，。；]*{{局}}))"
# What every label with a colon ends with; a line without one is not looked at twice.
_ENDS_OF_LABELS = r"(?:[长任人挥员委责务]|[员成加与]\s*单\s*位)\s*(?:（[^（）]*）)?\s*(?:：|】)"
# Without: at the head of a short line, where white space alone parts it from a person or a post.
BARE_LABEL = rf"^\s*(?:{_KEYS})(?:(?<=\s)|$)(?=[^。；]{{0,{_SHORT}}}$)"
# 成员：甲局、乙局办公室设在甲局
PLACED = r"(?:[^，。；、：\s]{0,12}{小组})?(?:下设)?办公室[，（：]?设(?:在|于)"


def _cuts(text: str) -> list[Cut]:
    colon = "：" in text or ":" in text or "】" in text or "∶" in text
    short = len(text) <= _SHORT and text.lstrip()[:1] in FIRST
    if not colon and not short:
        return []
    text = text[:LONGEST]
    colon = colon and bool(pattern(_ENDS_OF_LABELS).search(text))
    found = _found(LABEL, text) if colon else []
    if not found and short and (bare := pattern(BARE_LABEL).match(text)):
        found = [_cut(bare)]
    no_head = found and "head" not in {key for _, _, key, _ in found}
    if no_head and _is_prose(text[: found[0][0]]):
        return []
    return found


def _is_prose(before: str) -> bool:
    """Say whether a label that follows goes on with a sentence: 成立…领导小组，由…任组长。主要职责：…."""
    number = r"^\s*(?:{节号}|{章号}、)"
    return bool(pattern("{H}").search(pattern(number).sub("", before)))


def _cut(found: re.Match[str]) -> Cut:
    return found.start(), found.end(), found.lastgroup or TEXT, squeeze(found[0])
