"""Tables with a working group in each row: 组别 | 牵头单位 | 成员单位 | 工作职责, as pieces of its section."""

from collections.abc import Iterator, Sequence

from models.plan.reading.groups.pieces import Piece, cut_again
from models.plan.reading.groups.sections import OPENS
from models.plan.reading.text.document import Line
from models.plan.reading.text.patterns import pattern, squeeze

# What a column holds, by its head. The first row that fits decides.
_HEADS = (
    (
        OPENS,
        r"组别|组名|分组|(?:专项)?(?:工作)?小?组(?:名称|别)?|(?:工作)?专班(?:名称)?|小组|机构(?:名称)?|名称",
    ),
    ("executive", r"(?:常务|执行|第一)副组长"),
    ("deputy", r"副组长|副召集人"),
    (
        "head",
        r"(?:小组|专班)?(?:组长|召集人)|(?:{角色}|分管|挂帅)领导|(?:负责人|责任人)(?:职务)?",
    ),
    ("lead", r"(?:总)?{牵头}(?:责任)?{单位}|{牵头}"),
    ("liaison", r"联络员|联系人"),
    ("member", r"(?:成员|{配合}|组成|责任){单位}|(?:小组)?成员|组员|组成人员"),
    ("duty", r"(?:主要|工作|具体)*(?:职责|职能|任务)(?:任务|分工)?|职责分工"),
)
_LABELS = {"head": "组长", "lead": "牵头单位", "member": "成员"}
_NUMBER = r"^(?:\d{1,2}[.、]?|{章号}、|{括号})"


def pieces_of_rows(rows: Sequence[Line]) -> Iterator[Piece]:
    """Yield the pieces of a table's rows of working groups; of any other table none."""
    heads = (columns_of([squeeze(cell) for cell in row.cells]) for row in rows[:3])
    head, columns = next(((n, each) for n, each in enumerate(heads) if each), (0, []))
    if not columns:
        return
    for row in rows[head + 1 :]:
        if OPENS in columns:
            own = "".join(row.cells[columns.index(OPENS) :][:1])
            name = pattern(_NUMBER).sub("", squeeze(own))
            if not pattern(r"{H}[^，。；：]{1,20}(?:组|专班|办公室)").fullmatch(name):
                continue
            yield Piece(row, OPENS, name, name)
        for key, cell in zip(columns, row.cells, strict=False):
            if key and key != OPENS and cell.strip(" —-/无"):
                text = pattern(r"\n+(?=\d{1,2}[.、]|（)").sub("；", cell) if key == "duty" else cell
                yield from cut_again(Piece(row, key, text, _LABELS.get(key, "")))


def columns_of(heads: Sequence[str]) -> list[str]:
    """Return what the columns hold under ``heads``; empty where the rows are no working groups.

    A table that says until when is one of tasks, whatever its first column is called.
    """
    keys = [next((key for key, each in _HEADS if pattern(each).fullmatch(h)), "") for h in heads]
    told = set(keys) - {OPENS, ""}
    seats = pattern(r"{组长}").fullmatch(heads[keys.index("head")]) if "head" in keys else None
    if seats and len(keys) > 1 and all(keys) and OPENS not in keys:
        return keys  # 组长 | 副组长 | 成员 of one group
    if keys.count(OPENS) != 1 or not told or any(pattern(r"{时限}|日期").search(h) for h in heads):
        return []
    return keys
