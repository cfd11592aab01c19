"""Rows of a table of groups as nodes: of a row for each group (组别 | 牵头单位 | 职责), or for each person (组内职务 | 姓名)."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from models.plan.reading.groups.fields import cut_again, key_of, node_of
from models.plan.reading.groups.names import BODY, OFFICE, names_a_group
from models.plan.reading.outline.outline import Field, Node
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern, squeeze

OPENS = "group"  # what a column holds that names groups
_MOST_ROWS = 400  # a longer table is no list of a group
# What a column holds besides labels, by its head, where a row is a group. The first row that fits decides.
_OF_GROUPS = (
    (
        OPENS,
        r"组别|组名|分组|(?:专项)?(?:工作)?小?组(?:名称|别)?|(?:工作)?专班(?:名称)?|小组|机构(?:名称)?|名称",
    ),
    ("duty", r"(?:主要|工作|具体)*(?:职责|职能|任务)(?:任务|分工)?"),
    ("member", r"责任{单位}"),
)
# …and where a row is a person.
_OF_PERSONS = (
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
_CAPTION = r"{题号}?({H}[^，。；：]{1,30}?(?:组|专班|指挥部|委员会))(?:成员|组成人员|人员|名单|一览表|组成)*"
_NOTHING = r"{N}(?:[—/]{N})*|[—/]*|无"  # a number, a day, a dash
_NUMBER = r"^{题号}"
_GROUP = r"{H}[^，。；：]{1,20}(?:组|专班|办公室)"


_LABELS = {"head": "组长", "lead": "牵头单位", "member": "成员"}


def rows_with_labels(lines: Iterable[Passage]) -> Iterator[Node]:
    """Yield the rows of every table of groups as nodes of their fields; other tables have none."""
    rows = (line for line in lines if line.cells)
    for _, table in groupby(rows, key=lambda line: line.table):
        listed = list(table)
        if of_groups := list(_groups(listed[:_MOST_ROWS])):
            yield from of_groups
        elif len(listed) <= _MOST_ROWS and any(_seat(c) for line in listed for c in line.cells):
            nodes = list(_persons(listed))
            if any(each.meaning == "head" for node in nodes for each in node.cells):
                yield from nodes


def _groups(rows: Sequence[Passage]) -> Iterator[Node]:
    heads = (_columns([squeeze(cell) for cell in row.cells]) for row in rows[:3])
    head, columns = next(((n, each) for n, each in enumerate(heads) if each), (0, []))
    for row in rows[head + 1 :] if columns else ():
        name = ""
        if OPENS in columns:
            own = "".join(row.cells[columns.index(OPENS) :][:1])
            name = pattern(_NUMBER).sub("", squeeze(own))
            if not pattern(_GROUP).fullmatch(name):
                continue
        said = [
            _field(row, key, cell, _LABELS.get(key, ""))
            for key, cell in zip(columns, row.cells, strict=False)
            if key and key != OPENS and cell.strip(" —-/无")
        ]
        if name or said:
            yield _node(row, said, name)


def _field(row: Passage, meaning: str, text: str, label: str) -> Field:
    if meaning == "duty":
        text = pattern(r"\n+(?={题号}|（)").sub("；", text)
    return Field(meaning, Passage(text, row.marks), label)


def _node(row: Passage, said: Iterable[Field], group: str) -> Node:
    return node_of(row, (part for each in said for part in cut_again(each)), group)


def _columns(heads: Sequence[str]) -> list[str]:
    """Return what the columns hold under ``heads``; empty where the rows are no groups.

    A table that says until when is one of tasks, whatever its first column is called.
    """
    keys = [_meaning(head, _OF_GROUPS) or key_of(head, of_section=True) or "" for head in heads]
    told = set(keys) - {OPENS, ""}
    seats = pattern(r"{组长}").fullmatch(heads[keys.index("head")]) if "head" in keys else None
    if seats and len(keys) > 1 and all(keys) and OPENS not in keys:
        return keys  # 组长 | 副组长 | 成员 of one group
    if keys.count(OPENS) != 1 or not told or any(pattern(r"{时限}|日期").search(h) for h in heads):
        return []
    return keys


def _meaning(cell: str, columns: Sequence[tuple[str, str]]) -> str:
    return next((kind for kind, words in columns if pattern(words).fullmatch(cell)), "")


def _persons(rows: Sequence[Passage]) -> Iterator[Node]:
    columns: list[str] = []
    label = group = ""
    for row in rows:
        above, group = group, _group_of(row) or group
        name = group if group != above else ""
        label = "" if name else label
        said: list[Field] = []
        heads = [_meaning(squeeze(cell), _OF_PERSONS) for cell in row.cells]
        told = {head for head in heads if head}
        if len(told) > 1 and len(told) * 2 >= len(heads):
            columns, label = heads, ""
        else:
            for seat, places in _seats(row.cells, label):
                label = seat
                kept = [(dict(enumerate(columns)).get(at, ""), row.cells[at]) for at in places]
                if (key := key_of(label)) and (text := _person(kept)):
                    said.append(_field(row, key, text, label))
        if name or said:
            yield _node(row, said, name)


def _seats(cells: Sequence[str], label: str) -> Iterator[tuple[str, list[int]]]:
    """Yield each seat that a row tells of, that of ``label`` where it names none, and the cells that say whose."""
    here = [at for at, cell in enumerate(cells) if _seat(cell)]
    own = any(squeeze(cell).endswith(OFFICE) and _is_group(cell) for cell in cells)
    # A row may hold two of them: 组长 | 市长 | 副组长 | 副市长.
    sides = here if len(here) > 1 and here[0] == 0 else here[:1]
    for begin, end in pairwise([*(sides or [0]), len(cells)]):
        if sides:
            label = _seat(cells[begin])
            label = OFFICE + label.removeprefix(OFFICE) if own else label
        places = range(begin, end) if len(sides) > 1 else range(len(cells))
        nothing = (at for at in places if pattern(_NOTHING).fullmatch(squeeze(cells[at])))
        yield label, [at for at in places if at not in {*here, *nothing}]


def _person(cells: Sequence[tuple[str, str]]) -> str:
    """Put a row's cells in order: the name, then the unit and the post as one."""
    told: dict[str, str] = {}
    for head, cell in ((head, " ".join(cell.split())) for head, cell in cells):
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


def _group_of(row: Passage) -> str:
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
