"""Write papers from templates: the templates decide words, never facts, and what was typed stays text.

A template is plain lines. What a line begins with says what it is:

    = 标题            the title
    @ 主送机关：      flush left
    # ## ### ####     headings of four levels, which number themselves
    |~ 2 8 4          how wide the columns of the next table are
    | 一 | 二 |       a row of a table, the first is its head
    ^ 表 1 ……         a caption
    & 附件的名称      附件说明
    > 创建办          who signs; >> the day
    % ……              a remark in small type; %+ one that stands on the page of the next line
    ~ 第 1 期         a line in the middle
    ~~ 创建办 某日    who issues a briefing, and the day at the other end
    ! 某某工作简报    the name of a briefing
    * 工作动态        what stands over the list of its articles; - an article in it
    == 标题           the title of an article; >- who sent it
    : 报：……          to whom it goes, at its end; :> how many are printed
    _                 an empty line
    ……                a paragraph

A value never becomes a mark: it waits outside until the lines are read.
"""

import re
from collections.abc import Iterator
from contextvars import ContextVar
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from markupsafe import Markup

from models.papers.quoted import Dated, Missing, Quoted, RowsPlace, Run, Supplied
from models.rules.bounds import UNSEEN
from notifications.paper_blocks import HEADINGS, Block, Grid, Kind, Line, Runs, numbered, plain
from notifications.rendering import TEMPLATES

# A cell with nothing to say: a column of them is not printed; an empty one is, to be written in by hand.
NOTHING = "—"
TIED = "+"  # behind a mark: the line stands on the page of the next
_VALUES: ContextVar[list[Run]] = ContextVar("values of a paper")
_PLACE = re.compile("\ufdd0([0-9]+)\ufdd1")
_MARKS = {
    "=": Kind.TITLE,
    "@": Kind.ADDRESSEE,
    "#": Kind.HEADING_1,
    "##": Kind.HEADING_2,
    "###": Kind.HEADING_3,
    "####": Kind.HEADING_4,
    "^": Kind.CAPTION,
    "&": Kind.ATTACHMENT,
    ">": Kind.SIGNED,
    ">>": Kind.SIGNED_ON,
    "%": Kind.REMARK,
    "~": Kind.CENTRED,
    "~~": Kind.ISSUE,
    "!": Kind.MASTHEAD,
    "*": Kind.CONTENTS,
    "-": Kind.LISTED,
    "==": Kind.ARTICLE,
    ">-": Kind.CREDIT,
    ":": Kind.COPIES,
    ":>": Kind.PRINTED,
    "_": Kind.BLANK,
}


def drafted(template: str, **facts: Any) -> list[Block]:
    """Return the pieces of ``template`` (its name under templates/papers/) filled with ``facts``.

    Raises jinja2.UndefinedError, naming the fact, when one is missing: a paper never says "None".
    """
    before = _VALUES.set([])
    try:
        page = _environment().get_template(f"papers/{template}.j2").render(**facts)
        return list(_blocks(page, _VALUES.get()))
    finally:
        _VALUES.reset(before)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,  # so that what a macro has made is known by its type
        finalize=_put_aside,
    )


@pass_context  # only so that Jinja2 does not ask for a constant when it compiles
def _put_aside(_context: Any, value: Any) -> Markup:
    """Keep ``value`` for `_blocks` and return its place."""
    if isinstance(value, Markup):  # a macro's: its values are aside already
        return value
    values = _VALUES.get()
    values.append(
        value
        if isinstance(value, Quoted | Missing | Supplied | Dated | RowsPlace)
        else _text(value)
    )
    return Markup(f"\ufdd0{len(values) - 1}\ufdd1")


def _text(value: Any) -> str:
    return UNSEEN.sub("□", " ".join(str(value).split()))


def _blocks(page: str, values: list[Run]) -> Iterator[Block]:
    counts = [0, 0, 0, 0]
    grid = _Rows()
    for line in page.splitlines():
        mark, _, rest = line.strip().partition(" ")
        if mark == "|~":
            yield from grid.done()
            grid.widths = tuple(int(width) for width in rest.split())
        elif mark == "|":
            grid.rows.append(
                tuple(_runs(cell.strip(), values) for cell in rest.strip().strip("|").split("|"))
            )
        elif mark:
            yield from grid.done()
            yield _line(mark, line.strip(), rest, values, counts)
    yield from grid.done()


class _Rows:
    """The rows of a table as they come; the first is its head."""

    def __init__(self) -> None:
        self.widths: tuple[int, ...] = ()
        self.rows: list[tuple[Runs, ...]] = []

    def done(self) -> Iterator[Grid]:
        if self.rows:
            head, *rows = self.rows
            widths = self.widths or (1,) * len(head)
            shown = [
                n
                for n in range(len(head))
                if not rows or any(plain(row[n]) != NOTHING for row in rows)
            ]
            yield Grid(
                tuple(plain(head[n]) for n in shown),
                tuple(tuple(row[n] for n in shown) for row in rows),
                tuple(widths[n] for n in shown),
            )
        self.widths, self.rows = (), []


def _line(mark: str, whole: str, rest: str, values: list[Run], counts: list[int]) -> Line:
    kind = _MARKS.get(mark.removesuffix(TIED))
    if kind is None:
        return Line(Kind.BODY, _runs(whole, values))
    number = ""
    if kind in HEADINGS:
        level = HEADINGS.index(kind) + 1
        counts[level - 1] += 1
        counts[level:] = [0] * (4 - level)
        number = numbered(level, counts[level - 1])
    return Line(kind, _runs(rest.strip(), values), number, tied=mark.endswith(TIED))


def _runs(text: str, values: list[Run]) -> Runs:
    """Return ``text`` with every value in its place; neighbours that are plain are one run."""
    runs: list[Run] = []
    for n, part in enumerate(_PLACE.split(text)):
        run = values[int(part)] if n % 2 else part
        if isinstance(run, str) and runs and isinstance(runs[-1], str):
            runs[-1] += run
        elif run != "":
            runs.append(run)
    return tuple(runs)
