"""Lines that a page broke within a sentence about groups, joined again; lists of people stay as printed."""

from collections.abc import Iterable
from dataclasses import replace

from models.plan.reading.groups.names import NAME
from models.plan.reading.text.document import Line
from models.plan.reading.text.joining import opens_paragraph
from models.plan.reading.text.patterns import pattern, squeeze

_LONGEST = 2000  # characters of a joined line, so that time stays linear
_NARROWEST = 18  # a page is no narrower
_ENDS = r"[。！？；：][”》）】]?$"
_COLUMNS = r"\S(?:[ \t]{2,}|\u3000+)\S"  # names and posts in columns
_LABEL = r"^\s*[\d{一}（）.、]{0,5}(?:领导小组|办公室|专班)?(?:{常务}?副?\s*(?:组\s*长|主\s*任|指\s*挥\s*长|总指挥|召集人|政委)|成\s*员(?:单位)?|组员|委员|秘书长|联络员|参加单位|组成(?:人员|单位))(?:[：\s（]|$)"
_OPENS = rf"(?:第[{{一}}\d]{{1,2}}组|{NAME})(?:[：（]|由)"
# What can only be the rest of a word, of a bracket, of a sentence.
_REST = r"[，。；：、）》”]|(?:公室|员会|事处|导小组)|[长任{局}记员](?:$|[，。；、）由])|[长员责位任门]："
_REST_OF_TITLE = r"(?:组成)?人?员?名?单"


def unwrapped(lines: Iterable[Line]) -> list[Line]:
    """Return ``lines`` with every sentence whole that runs over several of them."""
    result: list[Line] = []
    last = ""  # the line before, as printed
    for line in lines:
        text = squeeze(line.text)
        if result and text and _goes_on(result[-1], last, line, text):
            result[-1] = replace(result[-1], text=result[-1].text.rstrip() + line.text.strip())
        else:
            result.append(line)
        last = text
    return result


def _goes_on(above: Line, last: str, line: Line, text: str) -> bool:
    if above.cells or line.cells or above.apart or line.apart or len(above.text) > _LONGEST:
        return False
    if len(text) > len(last) + 3:
        return False
    if (
        len(text) < 6
        and pattern(r"{H}*(?:成员|人员)名?$").search(last)
        and pattern(_REST_OF_TITLE).fullmatch(text)
    ):
        return True
    if len(last) < _NARROWEST:
        return False
    if _in_brackets(above.text) or (not opens_paragraph(text) and pattern(_REST).match(text)):
        return not pattern(r"[。！？]$").search(last)
    if pattern(_ENDS).search(last) and not pattern(rf"(?:^|[。；，]){NAME}：$").search(last):
        return False
    if any(pattern(_COLUMNS).search(each.text.strip()) for each in (above, line)):
        return False
    if pattern(rf"(?:^|[。；，：、]){NAME}$").search(last) and text.startswith(("（", "(")):
        return True
    whole = pattern(r"[{局}{县}长任记员]$").search(last)
    if opens_paragraph(text) or pattern(_LABEL).match(line.text):
        return False
    if whole and pattern(_OPENS).match(text):
        return False
    if pattern(r"[，、]$").search(last):
        return True
    listed = pattern(_LABEL).match(above.text[:30])
    return not listed and bool(pattern(r"[，。；：（、]").search(above.text))


def _in_brackets(text: str) -> bool:
    """Say whether the last bracket of ``text`` is still open."""
    tail = text[-80:]
    return max(map(tail.rfind, "（(")) > max(map(tail.rfind, "）)"))
