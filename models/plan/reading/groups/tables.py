"""Tables of a group: 组内职务 | 姓名 | 单位及职务, a row for each person, as pieces with a label."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from models.plan.reading.groups.names import BODY, OFFICE, names_a_group
from models.plan.reading.groups.pieces import Piece, cut_again, key_of
from models.plan.reading.groups.rows import pieces_of_rows
from models.plan.reading.groups.sections import OPENS
from models.plan.reading.text.document import Line
from models.plan.reading.text.patterns import pattern, squeeze

MOST_ROWS = 400  # a longer table is no list of a group
# What a column holds, by its head. The first row that fits decides.
_HEADS = (
    (
        "seat",
        r"(?:组内|{小组}|担任)(?:内)?(?:职务|职责|岗位|角色)?|角色|身份|岗位|组成",
    ),
    ("name", r"(?:成员|人员)?姓名|名字|人员|负责人|负责同志"),
    (
        "post",
        r"(?:现任|现|所在|工作|行政|党政)?(?:单位)?(?:及|和|、|/)?(?:现任)?职务(?:名称)?|职称|单位职务",
    ),
    ("unit", r"(?:所在|工作|成员|组成)?{单位}(?:名称)?"),
    ("other", r"序号|备注|(?:联系|办公|手机)?(?:电话|号码|方式)|手机|性别|编号|组别"),
)
# A row over all columns: 综合协调组成员名单
_CAPTION = r"(?:\d{1,2}[.、]|{节号}|{章号}、)?({H}[^，。；：]{1,30}?(?:组|专班|指挥部|委员会))(?:成员|组成人员|人员|名单|一览表|组成)*"
_NOTHING = r"\d{1,4}|[\d\-—/]{5,}|/|—*|无"  # a number, a telephone, a dash


def rows_with_labels(lines: Sequence[Line]) -> Iterator[Piece]:
    """Yield the pieces of the rows of every table of a group; other tables have none."""
    rows = (line for line in lines if line.cells)
    for _, table in groupby(rows, key=lambda line: line.table):
        listed = list(table)
        if of_groups := list(pieces_of_rows(listed[:MOST_ROWS])):
            yield from of_groups
        elif len(listed) <= MOST_ROWS and any(
            _seat(cell) for line in listed for cell in line.cells
        ):
            pieces = list(_pieces(listed))
            if "head" in {piece.key for piece in pieces}:
                yield from pieces


def _pieces(rows: Sequence[Line]) -> Iterator[Piece]:
    columns: list[str] = []
    label = group = ""
    for line in rows:
        if (name := _group_of(line)) and name != group:
            group, label = name, ""
            yield Piece(line, OPENS, name, name)
        heads = [_head(squeeze(cell)) for cell in line.cells]
        if len(told := {head for head in heads if head}) > 1 and len(told) * 2 >= len(heads):
            columns, label = heads, ""
            continue
        here = [at for at, cell in enumerate(line.cells) if _seat(cell)]
        own = any(squeeze(cell).endswith(OFFICE) and _is_group(cell) for cell in line.cells)
        # A row may hold two of them: 组长 | 市长 | 副组长 | 副市长.
        sides = here if len(here) > 1 and here[0] == 0 else here[:1]
        for begin, end in pairwise([*(sides or [0]), len(line.cells)]):
            if sides:
                label = _seat(line.cells[begin])
                label = OFFICE + label.removeprefix(OFFICE) if own else label
            places = range(begin, end) if len(sides) > 1 else range(len(line.cells))
            kept = [
                (columns[at] if at < len(columns) else "", " ".join(line.cells[at].split()))
                for at in places
                if at not in here and not pattern(_NOTHING).fullmatch(squeeze(line.cells[at]))
            ]
            if (key := key_of(label)) and (text := _person(kept)):
                yield from cut_again(Piece(line, key, text, label))


def _person(cells: Sequence[tuple[str, str]]) -> str:
    """Put a row's cells in order: the name, then the unit and the post as one."""
    told: dict[str, str] = {}
    for head, cell in cells:
        kind = head if head in {"name", "unit", "post"} else ""
        if head not in {"other", "seat"} and cell not in told.values() and not _is_group(cell):
            told[kind] = f"{told.get(kind, '')} {cell}".strip()
    unit, post = told.get("unit", ""), squeeze(told.get("post", ""))
    leads = pattern(r"{五套}").search(unit[-2:]) and pattern(
        r"^(?:{区划}委|(?:常务)?副?{县}长)"
    ).match(post)
    whole = post if leads or post.startswith(squeeze(unit)) else squeeze(unit) + post
    pieces = (squeeze(told.get("name", "")), told.get("", ""), whole if post else unit)
    return " ".join(piece for piece in pieces if piece)


def _seat(cell: str) -> str:
    """Return the label that a cell is; empty for any other text."""
    short = squeeze(cell).rstrip("：:")
    return short if len(short) <= 12 and key_of(short) not in (None, "duty") else ""


def _group_of(row: Line) -> str:
    """Return the working group that a row names: over all its columns, or before a seat."""
    cells = [squeeze(cell) for cell in row.cells]
    if len({*cells} - {""}) == 1:
        found = pattern(_CAPTION).fullmatch(next(cell for cell in cells if cell))
        return found[1] if found else ""
    seats = [at for at, cell in enumerate(cells) if _seat(cell)]
    return next((cell for cell in cells[: seats[0]] if names_a_group(cell)), "") if seats else ""


def _is_group(cell: str) -> bool:
    """Say whether a cell names the group whose rows stand beside it."""
    group = rf"{{H}}{{0,20}}(?:{BODY}|小组)|(?:{BODY})?{OFFICE}"
    return bool(pattern(group).fullmatch(squeeze(cell))) or names_a_group(squeeze(cell))


def _head(cell: str) -> str:
    return next((kind for kind, words in _HEADS if pattern(words).fullmatch(cell)), "")
