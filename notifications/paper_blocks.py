"""The pieces of a paper, whatever it is printed as: headings, paragraphs, tables, pictures, the signature."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from models.papers.paper_text import PaperText
from models.papers.quoted import Dated, Missing, Quoted, Run, Supplied

Runs = tuple[Run, ...]
_CAPITALS = "零一二三四五六七八九十"


class Kind(Enum):
    """What a line of a paper is."""

    TITLE = "title"
    ADDRESSEE = "addressee"
    HEADING_1 = "heading-1"
    HEADING_2 = "heading-2"
    HEADING_3 = "heading-3"
    HEADING_4 = "heading-4"
    BODY = "body"
    CAPTION = "caption"
    ATTACHMENT = "attachment"
    SIGNED = "signed"
    SIGNED_ON = "signed-on"
    CENTRED = "centred"
    ISSUE = "issue"  # 简报: who issues it to the left, the day to the right, a red line under both
    MASTHEAD = "masthead"  # its name in red
    CONTENTS = "contents"  # what stands over the list of its articles
    LISTED = "listed"  # an article in that list
    ARTICLE = "article"  # the title of an article
    CREDIT = "credit"  # who sent it
    COPIES = "copies"  # 报、送、发、编校, between two lines at its end
    PRINTED = "printed"  # 共印 80 份
    BLANK = "blank"
    REMARK = "remark"


HEADINGS = (Kind.HEADING_1, Kind.HEADING_2, Kind.HEADING_3, Kind.HEADING_4)


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph; ``number`` is printed before it (一、 （一） 1. （1）).

    One that is ``tied`` stands on the page of the next: a question and its answers.
    """

    kind: Kind
    runs: Runs = ()
    number: str = ""
    tied: bool = False

    @property
    def text(self) -> str:
        """Return what a reader sees of it."""
        return self.number + plain(self.runs)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: a head, rows of as many cells, and how wide each column is beside the others."""

    head: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its caption: 时间、地点、人物、事由."""

    content: bytes = field(repr=False)
    caption: str = ""


Block = Line | Grid | Picture


@dataclass(frozen=True, slots=True)
class RedHead:
    """What stands above the red line of an official document."""

    issuer: str  # 发文机关标志
    number: str = ""  # 发文字号


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole paper before it is printed; ``wide`` lies across the page.

    ``values`` are the facts it was written from, by the names that a template of an office uses.
    """

    title: str
    blocks: Sequence[Block]
    wide: bool = False
    red_head: RedHead | None = None
    values: Mapping[str, object] = field(default_factory=dict, repr=False, compare=False)

    def runs(self) -> Iterator[Run]:
        """Yield every run of the paper in reading order."""
        for block in self.blocks:
            if isinstance(block, Line):
                yield from block.runs
            elif isinstance(block, Grid):
                yield from (run for row in block.rows for cell in row for run in cell)

    def quoted(self) -> list[Quoted]:
        """Return the numbers that the paper quotes."""
        return [run for run in self.runs() if isinstance(run, Quoted)]

    def missing(self) -> list[Missing]:
        """Return the places that had to stay empty."""
        return [run for run in self.runs() if isinstance(run, Missing)]

    def supplied(self) -> list[Supplied]:
        """Return the words that a post supplied."""
        return [run for run in self.runs() if isinstance(run, Supplied)]

    def lines(self) -> list[str]:
        """Return the paper as lines for comparing; what only says when it was written is left out."""
        found = []
        for block in self.blocks:
            if isinstance(block, Line):
                found.append(block.number + compared(block.runs))
            elif isinstance(block, Grid):
                found.append("｜".join(block.head))
                found += ["｜".join(map(compared, row)) for row in block.rows]
            else:
                found.append(block.caption)
        return [line for line in found if line]

    def text(self) -> PaperText:
        """Return what it says as a reader finds it."""
        lines = [block.text for block in self.blocks if isinstance(block, Line)]
        rest = [block for block in self.blocks if not isinstance(block, Line)]
        return PaperText(list(filter(None, lines)), [one for it in rest for one in _printed(it)])


def kept_with_next(blocks: Sequence[Block]) -> set[int]:
    """Return which blocks stand on the page of the next: words before a table, the end of the text before a signature, what is tied."""
    kept = {n for n, block in enumerate(blocks) if isinstance(block, Line) and block.tied}
    for n, block in enumerate(blocks):
        if n and isinstance(block, Grid) and isinstance(blocks[n - 1], Line):
            kept.add(n - 1)
        if isinstance(block, Line) and block.kind is Kind.SIGNED:
            for before in range(n - 1, -1, -1):
                one = blocks[before]
                if isinstance(one, Line):
                    kept.add(before)
                if not isinstance(one, Line) or one.kind is not Kind.BLANK:
                    break
    return kept


def plain(runs: Runs) -> str:
    """Return ``runs`` as a reader sees them."""
    return "".join(map(str, runs))


def compared(runs: Runs) -> str:
    """Return ``runs`` without what only says when they were written."""
    return "".join("○" if isinstance(run, Dated) else str(run) for run in runs)


def numbered(level: int, number: int) -> str:
    """Return the number of a heading as GB/T 9704-2012, 7.3.3 has it: 一、 （一） 1. （1）."""
    return (f"{capital(number)}、", f"（{capital(number)}）", f"{number}.", f"（{number}）")[
        level - 1
    ]


def capital(number: int) -> str:
    """Return a number from 1 to 999 as 一、十二、一百零三 are written."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{_CAPITALS[hundreds]}百" if hundreds else ""
    if tens:
        said += "十" if tens == 1 and not hundreds else f"{_CAPITALS[tens]}十"
    elif hundreds and ones:
        said += "零"
    return said + (_CAPITALS[ones] if ones else "")


def _printed(block: Grid | Picture) -> Iterator[str]:
    if isinstance(block, Picture):
        yield block.caption
    else:
        yield from block.head
        yield from (plain(cell) for row in block.rows for cell in row)
