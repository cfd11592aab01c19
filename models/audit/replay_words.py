"""Name each difference between the chain and the tables with its place, as an office calls it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy import Connection, text

from models.audit.replay import Difference
from models.decisions.decision import STATUS_WORDS
from models.rules.audit.fact_table import Facts, Value
from models.rules.audit.facts import fact_shown
from models.rules.words import Role, words_of

NAMED = 50  # differences that are named; the rest is counted

# Where a row is, as people would look for it; a column that points at another row stands for that one.
_PLACES = {
    "campaign": "“{title}”",
    "stage": "{campaign_id}第 {ordinal} 阶段“{name}”",
    "milestone": "{campaign_id}节点 {code}“{title}”",
    "assignment": "{campaign_id} {item}/{unit_id}（{role}）",
    "decision": "{stage_id}审批 {id}",
    "asked_post": "{decision_id}审批对象“{post_id}”",
    "objection": "{decision_id}异议“{post_id}”",
    "delegation": "{campaign_id}审批委托“{post_id}→{deputy_id}”",
    "transition": "{stage_id}{day} 的流转（编号 {id}）",
    "confirmation": "{stage_id}条件确认 {id}",
    "finding": "{campaign_id}问题 {code}",
    "finding_cycle": "{finding_id}第 {number} 轮",
    "finding_step": "{finding_id}第 {cycle} 轮的一步（编号 {id}）",
    "finding_proof": "{finding_id}第 {cycle} 轮的证明材料（编号 {id}）",
    "finding_rules": "{campaign_id}问题整改的设置",
    "dispatch": "{campaign_id}督办单 {name}",
    "dispatch_item": "{dispatch_id}督办的 {code}",
}
# What such a column points at, how that row is called, and how where it is not there.
_CAMPAIGN = ("SELECT id, title FROM campaign", "{title}")
_STAGE = ("SELECT id, campaign_id, ordinal, name FROM stage", _PLACES["stage"])
_DECISION = ("SELECT id, stage_id FROM decision", _PLACES["decision"])
_FINDING = ("SELECT id, campaign_id, code FROM finding", _PLACES["finding"])
_DISPATCH = ("SELECT id, campaign_id, name FROM dispatch", _PLACES["dispatch"])
_POST = (
    """SELECT p.id, coalesce(u.name, '') || p.title AS name FROM post p
       LEFT JOIN unit u ON u.id = p.unit_id""",
    "{name}",
)
_POINTERS = {
    "campaign_id": _CAMPAIGN,
    "stage_id": _STAGE,
    "decision_id": _DECISION,
    "finding_id": _FINDING,
    "dispatch_id": _DISPATCH,
    "post_id": _POST,
    "deputy_id": _POST,
    "unit_id": ("SELECT id, name FROM unit", "{name}"),
    "work_item_id": ("SELECT id, ordinal FROM work_item", "W{ordinal}"),
    "indicator_id": ("SELECT id, code FROM indicator", "{code}"),
}
_NOT_THERE = {
    "stage_id": "阶段（编号 {id}）",
    "decision_id": "审批 {id}",
    "finding_id": "问题 {id}",
    "dispatch_id": "督办单 {id}",
}


@dataclass(slots=True)
class Places:
    """The names of rows; what they point at is read once for each kind, when it is first asked for."""

    connection: Connection
    known: dict[str, Mapping[object, Facts]] = field(default_factory=dict)

    def place(self, template: str, row: Facts) -> str:
        """Return the name of ``row``, with those of the rows that it points at."""
        said = {
            name: self._pointed(name, one)
            if name in _POINTERS and f"{{{name}}}" in template
            else one
            for name, one in row.items()
        }
        return template.format_map(said)

    def item(self, row: Facts) -> str:
        """Return the work item of an assignment, or its indicator."""
        name = "work_item_id" if row["work_item_id"] else "indicator_id"
        return self._pointed(name, row[name])

    def _pointed(self, column: str, row_id: object) -> str:
        sql, template = _POINTERS[column]
        if sql not in self.known:
            rows = self.connection.execute(text(sql)).mappings()
            self.known[sql] = {row["id"]: dict(row) for row in rows}
        if found := self.known[sql].get(row_id):
            return self.place(template, found)
        return _NOT_THERE.get(column, "（编号 {id}）").format(id=row_id)


def in_words(connection: Connection, found: Iterable[Difference]) -> list[str]:
    """Return a line for each difference, at most `NAMED` of them and one that counts the rest."""
    places = Places(connection)
    each = iter(found)
    lines = [line for one in islice(each, NAMED) for line in _lines(places, one)]
    if more := sum(1 for _ in each):
        lines.append(f"另有 {more} 处与记录链不一致")
    return lines


def _lines(places: Places, one: Difference) -> Iterator[str]:
    where = _place(places, one)
    if one.found is None:
        yield f"{where}：第 {one.entry} 条记录里有，表里没有，被删除"
    elif one.kept is None:
        yield f"{where}：表里有，记录链里没有，不是经本系统写入的"
    else:
        for (column, word), kept, now in zip(
            one.table.columns.items(), one.kept, one.found, strict=True
        ):
            if kept != now:
                was, is_ = (_shown(one.table.name, column, value) for value in (kept, now))
                yield f"{where}的{word}：第 {one.entry} 条记录里是{was}，表里是{is_}，被改动过"


def _shown(table: str, column: str, value: Value) -> str:
    if (table, column) == ("decision", "status"):
        value = STATUS_WORDS.get(str(value), value)
    return fact_shown(table, column, value)


def _place(places: Places, one: Difference) -> str:
    """Return where a row is, by the chain where it is gone."""
    values = one.kept if one.found is None else one.found
    row = {"id": one.row_id, **dict(zip(one.table.columns, values or (), strict=True))}
    if one.table.name == "assignment":
        role = str(row["role"])
        row |= {"item": places.item(row), "role": words_of(Role).get(role, role)}
    return places.place(_PLACES.get(one.table.name, f"{one.table.word}（编号 {{id}}）"), row)
