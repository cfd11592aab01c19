"""Bodies whose names a line end cut in two: 国土空 / 间生态修复处 begins like somebody's name and is nobody's."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from models.plan.reading.persons.nameless import BODY_ENDS, WITHOUT
from models.plan.reading.persons.names import POST, WITH_FAMILY, is_place, name_before_post
from models.plan.reading.text.document import Line
from models.plan.reading.text.joining import opens_paragraph
from models.plan.reading.text.patterns import HAN, pattern, squeeze

FULL = 0.75  # of the width: a line as long as that was wrapped
WIDE = 18  # letters; a shorter line is whole
SEVERAL = 3  # times that the same letters behind a name make one word of both
_LONGEST = 24  # letters of a body's name on one of the two lines
_PIECE = rf"[{HAN}A-Za-z]{{1,{_LONGEST}}}"
_ENDS = rf"(?:{BODY_ENDS}|{{单位词尾}}|[学园厂组地])"
_GOES_ON = rf"(?=$|{POST}|{{角色}}|会同|等|为|任|和|与|及|的)"
# A body of a place of its own begins behind somebody's name as well: 孙丙 / 县财政局.
_OF_A_PLACE = r"{区划}(?:{五套}|{局名}|直|属)"


def with_whole_bodies(lines: Sequence[Line], masked: Sequence[Line]) -> list[Line]:
    """Return ``masked`` with the halves of bodies' names as ``lines`` have them, at line ends and heads.

    Only where the line is full, nothing parts it from the next and both halves are one body's name.
    """
    said = list(masked)
    if all(old is new for old, new in zip(lines, masked, strict=True)):
        return said
    sizes = sorted(len(squeeze(line.text)) for line in lines if not line.cells)
    width = max(WIDE, FULL * sizes[int(len(sizes) * 0.9)]) if sizes else WIDE
    elsewhere = "\n".join(line.text for line in lines)
    for at, (line, below) in enumerate(zip(lines, lines[1:], strict=False)):
        ends = _hides(line.text, said[at].text, rf"{WITHOUT}\s*$")
        begins = _hides(below.text, said[at + 1].text, rf"^\s*{WITHOUT}")
        if (ends or begins) and is_one_body(*_halves(line, below, width), elsewhere):
            said[at] = _restored(line, said[at], at_end=True) if ends else said[at]
            said[at + 1] = _restored(below, said[at + 1]) if begins else said[at + 1]
    return said


def _hides(text: str, masked: str, where: str) -> bool:
    return bool(pattern(where).search(masked)) and not pattern(where).search(text)


def _halves(line: Line, below: Line, width: float) -> tuple[str, str]:
    """Return the words on both sides of a line end within a sentence; empty where none is wrapped."""
    text, rest = line.text.rstrip(), below.text.lstrip()
    apart = line.cells or below.cells or line.apart or below.apart
    if apart or len(squeeze(text)) < width or opens_paragraph(squeeze(rest)):
        return "", ""
    head = pattern(rf"{_PIECE}$").search(text[-_LONGEST:])
    tail = pattern(_PIECE).match(rest)
    return (head[0], tail[0]) if head and tail else ("", "")


def is_one_body(head: str, tail: str, elsewhere: str = "") -> bool:
    """Say whether two halves are one body's name: 国土空 and 间生态修复处, 侯马 and 市; not 孙丙 and 县财政局.

    What stands ``elsewhere`` in the document may say that the latter begins with a place after all.
    """
    ends = pattern(rf"{_ENDS}{_GOES_ON}").finditer(head + tail)
    if not any(each.end() > len(head) for each in ends) or name_before_post(head + tail):
        return False
    named = pattern(rf"(?:^|{BODY_ENDS}|{POST}|[人员由请])({WITH_FAMILY})$").search(head)
    if not named or not pattern(_OF_A_PLACE).match(tail):
        return True
    return is_place(named[1]) or named[1] + tail[0] in elsewhere


def names_alone(names: Iterable[str], lines: Sequence[Line]) -> Iterator[str]:
    """Yield the names that begin no word: what goes on alike wherever it stands does (国土空间, three times).

    Whoever stands once behind a post, alone behind a label, or before a mark, a post or 同志 is somebody,
    whatever he does elsewhere (副县长孙丙丁带队).
    """
    text = "\n".join(line.text for line in lines)
    for name in names:
        own = re.escape(name)
        behind = pattern(rf"{own}(?!同志|先生|女士|{POST}|{{牵头}}|{{承担}}|[任兼等为])(..)")
        found = [each for each in behind.findall(text) if pattern("{H}{2}").fullmatch(each)]
        somebody = rf"{POST}{own}|：{own}\n|{own}(?:[^\S\n]*[，。；：、（）]|同志|先生|女士|{POST})"
        if len(found) < SEVERAL or len(set(found)) > 1 or pattern(somebody).search(text):
            yield name


def _restored(line: Line, masked: Line, *, at_end: bool = False) -> Line:
    """Return a masked line with the letters that stood at its end, or at its head, before."""
    changes = SequenceMatcher(None, line.text, masked.text, autojunk=False).get_opcodes()
    changes = [each for each in changes if each[0] != "equal"]
    _, begin, end, new_begin, new_end = changes[-1 if at_end else 0]
    text = masked.text[:new_begin] + line.text[begin:end] + masked.text[new_end:]
    return line if text == line.text else replace(masked, text=text)
