"""Where a working group's own section begins: （一）综合协调组。…, or in a line: 综合协调组由甲局牵头；督导组由…."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.plan.document import Line
from models.plan.group_names import NAME, names_a_group
from models.plan.group_pieces import Piece, cut_again, plain_pieces
from models.plan.markers import RANK, read_marker
from models.plan.patterns import pattern, squeeze

OPENS, LED = "group", "led"  # keys of pieces that only sections have: the name, a sentence about it
_LONGEST = 4000  # characters of a line in which groups are looked for
_INNERMOST = max(RANK.values()) + 1

_NAMED = rf"{NAME}(?:（(?P<aside>[^（）]{{2,80}})）)?"
_NUMBER = r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.、）](?!\d)|[①-⑳]|[●○■□◆◇★☆▲△►※•·*])"
_WHO = r"(?:由|以)[^。；]{2,100}?(?:牵头|组长|负责|组成|参加|参与|抓总|领导|担任|兼任|总召集)"
# What a line says of a group at once, behind its name.
_SAYS = rf"[：。，—\s]*(?:{_WHO}|(?:牵头|主办|责任)(?:单位|部门)?(?:：|为|是)|(?:常务|第一)?副?组长|召集人|[^，。；：（）由]{{2,30}}牵头|(?:主要|具体)?(?:负责|承担)|(?:主要|工作)*职责|成员)"
_NUMBERED = rf"\s*{_NUMBER}\s*{_NAMED}(?:[。：]|——|\s|{_SAYS}|(?=（)|$)"
_INLINE = rf"(?:^\s*|(?<=[。；，：]))\s*{_NAMED}(?={_SAYS})"
_LED_ASIDE = r"牵头|组长|负责|成员|设在"
# A line that goes on about the group: who leads it, who belongs to it, what it does.
_TELLS = r"^(?:\d{1,2}[.、）]|（\d{1,2}）|[①-⑳])?\s*(?:由[^。；]{2,120}?(?:牵头|负责|组成|参加|参与|配合|抓总|任)|(?:主要|具体)?(?:负责|承担)|组长由|[^。；：]{2,60}?(?:牵头|抓总|任组长|参加|配合))"
_OF_ALL = r"^\s*(?:各|全|所有|要|县直|市直|有关|领导小组)|设在|设于|下设"
_NO_MORE = r"设在|设于|下设|^附件|领导小组|各工作组|各组"


def pieces_of(lines: Sequence[Line]) -> Iterator[Piece]:
    """Yield every line without cells in its pieces, in order; white space stays, it parts names.

    A section opens with its group's name as a piece (`OPENS`) and ends where a number of its own level
    or a higher one stands.
    """
    rank: int | None = None  # of the number of the section that goes on
    duties = False  # the lines are its duties
    for line in lines:
        if line.cells or not line.text.strip():
            continue
        marker = read_marker(squeeze(line.text[:40]))
        depth = RANK[marker.kind] if marker else _INNERMOST
        pieces = list(_opened(line)) if "组" in line.text or "专班" in line.text else []
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


def _opened(line: Line) -> Iterator[Piece]:
    """Yield a line in which sections begin in its pieces; nothing where none does."""
    text = line.text[:_LONGEST]
    first = pattern(_NUMBERED).match(text)
    starts = [first] if first else []
    starts += [
        each for each in pattern(_INLINE).finditer(text) if not first or each.start() >= first.end()
    ]
    starts = [each for each in starts if names_a_group(each["name"])]
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
        begin = max(found.end("name"), found.end("aside") + 1)
        rest = pattern(r"^[。：，；—\s]+").sub("", text[begin:end])
        yield from _told(here, rest, at_once=True)


def _told(line: Line, text: str, *, duties: bool = False, at_once: bool = False) -> Iterator[Piece]:
    """Yield what a section's line says, in pieces; prose that is not of the group is left as it is."""
    for piece in cut_again(Piece(line, None, text), of_section=True):
        if piece.key:
            yield piece
        elif told := _telling(piece.text, at_once=at_once):
            yield replace(piece, key=LED, text=piece.text[:told])
            if piece.text[told:].strip():
                yield from plain_pieces(replace(line, text=piece.text[told:]))
        elif duties:
            yield replace(piece, key="duty", text=pattern(_NUMBER).sub("", piece.text, 1))
        elif piece.text.strip():
            yield from plain_pieces(replace(line, text=piece.text))


def _telling(text: str, *, at_once: bool) -> int:
    """Return how far ``text`` tells of the group; the sentences behind speak of something else."""
    end = 0
    for sentence in pattern(r"[^。]*(?:。|$)").finditer(text):
        at_once = at_once and not end
        if not sentence[0].strip() or not (
            pattern(_TELLS).search(sentence[0])
            or (at_once and pattern(_WHO).search(sentence[0][:120]))
        ):
            break
        if end and pattern(_OF_ALL).search(sentence[0]):
            break
        end = sentence.end()
    return end
