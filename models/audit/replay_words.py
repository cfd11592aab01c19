"""Name each difference between the chain and the tables with its place, as an office calls it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy import Connection, text

from models.audit.replay import Difference
from models.decisions.decision import STATUS_WORDS
from models.rules.audit.facts import Value, shown
from models.rules.decisions.decisions import Answer
from models.rules.words import Role

NAMED = 50  # differences that are named; the rest is counted

_NAMES = {
    "campaign": "SELECT id, title FROM campaign",
    "stage": "SELECT id, campaign_id, ordinal, name FROM stage",
    "unit": "SELECT id, name FROM unit",
    "work_item": "SELECT id, 'W' || ordinal FROM work_item",
    "indicator": "SELECT id, code FROM indicator",
    "post": """SELECT p.id, coalesce(u.name, '') || p.title FROM post p
               LEFT JOIN unit u ON u.id = p.unit_id""",
    "decision": "SELECT id, stage_id FROM decision",
}


@dataclass(slots=True)
class Places:
    """The names of what rows point at, each kind read once, when it is first asked for."""

    connection: Connection
    known: dict[str, Mapping[int, tuple[object, ...]]] = field(default_factory=dict)

    def row(self, kind: str, row_id: object) -> tuple[object, ...]:
        """Return what is known of a row; an empty tuple where it is not there."""
        if kind not in self.known:
            rows = self.connection.execute(text(_NAMES[kind]))
            self.known[kind] = {row[0]: tuple(row[1:]) for row in rows}
        return self.known[kind].get(row_id, ()) if isinstance(row_id, int) else ()

    def name(self, kind: str, row_id: object) -> str:
        """Return the name of a row, its number where it is not there."""
        found = self.row(kind, row_id)
        return str(found[0]) if found else f"（编号 {row_id}）"

    def stage(self, row_id: object) -> str:
        """Return a stage with its campaign."""
        if not (found := self.row("stage", row_id)):
            return f"阶段（编号 {row_id}）"
        campaign_id, ordinal, name = found
        return f"{self.name('campaign', campaign_id)}第 {ordinal} 阶段“{name}”"

    def decision(self, row_id: object) -> str:
        """Return a decision with its stage."""
        found = self.row("decision", row_id)
        return f"{self.stage(found[0]) if found else ''}审批 {row_id}"


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
        names = list(one.table.columns)
        for column in one.columns:
            at = names.index(column)
            kept, now = (
                shown(one.table.name, column, _said(one, column, row[at]))
                for row in (one.kept, one.found)
            )
            word = one.table.columns[column]
            yield f"{where}的{word}：第 {one.entry} 条记录里是{kept}，表里是{now}，被改动过"


def _said(one: Difference, column: str, value: Value) -> Value:
    """Return a value of a question in an office's words, any other as it is."""
    if one.table.name == "decision" and column == "status":
        return STATUS_WORDS.get(str(value), value)
    if column == "answer" and value in {answer.value for answer in Answer}:
        return Answer(value).chinese
    return value


def _place(places: Places, one: Difference) -> str:
    """Return where a row is, as people would look for it."""
    kind, value = one.table.name, one.value
    if kind == "campaign":
        return f"创建活动“{value('title')}”"
    if kind == "stage":
        campaign = places.name("campaign", value("campaign_id"))
        return f"{campaign}第 {value('ordinal')} 阶段“{value('name')}”"
    if kind == "milestone":
        return (
            f"{places.name('campaign', value('campaign_id'))}节点 {value('code')}“{value('title')}”"
        )
    if kind == "assignment":
        item = (
            places.name("work_item", value("work_item_id"))
            if value("work_item_id")
            else places.name("indicator", value("indicator_id"))
        )
        unit, role = places.name("unit", value("unit_id")), str(value("role"))
        known = Role(role).chinese if role in {r.value for r in Role} else role
        return f"{places.name('campaign', value('campaign_id'))} {item}/{unit}（{known}）"
    if kind == "decision":
        return f"{places.stage(value('stage_id'))}审批 {one.row_id}"
    if kind in ("asked_post", "objection"):
        post = places.name("post", value("post_id"))
        return f"{places.decision(value('decision_id'))}{one.table.word}“{post}”"
    if kind == "delegation":
        giver, deputy = (places.name("post", value(n)) for n in ("post_id", "deputy_id"))
        campaign = places.name("campaign", value("campaign_id"))
        return f"{campaign}审批委托“{giver}→{deputy}”"
    if kind == "transition":
        return f"{places.stage(value('stage_id'))}{value('day')} 的流转（编号 {one.row_id}）"
    return f"{places.stage(value('stage_id'))}{one.table.word} {one.row_id}"
