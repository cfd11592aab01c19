"""What can serve an obligation, each with a look whether it does: "" where it does, else what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, text

from deployments.cli import commands
from models.rules.gates.table import rule_of
from models.rules.words import StageKind
from tests.places import ROOT


@dataclass(frozen=True)
class Office:
    """Campaigns made of the packs: where their tables are, and what its papers say."""

    connection: Connection
    ids: Mapping[str, int]
    papers: Mapping[str, str] = field(default_factory=dict)  # of each kind, its whole text

    def rows(self, pack: str, sql: str, **values: Any) -> list[Any]:
        """Return what a statement finds of the campaign that was made of ``pack``."""
        return list(self.connection.execute(text(sql), {"campaign": self.ids[pack], **values}))


class Service(Protocol):
    """Something that serves an obligation."""

    def missing(self, office: Office, pack: str) -> str:
        """Return what is missing; "" where the obligation is served."""
        ...


@dataclass(frozen=True)
class Stage:
    """A stage of the plan, with its days."""

    ordinal: int
    begin: date
    end: date | None

    def missing(self, office: Office, pack: str) -> str:
        sql = """SELECT planned_start, planned_end FROM stage
                 WHERE campaign_id = :campaign AND ordinal = :ordinal"""
        found = [tuple(map(str, row)) for row in office.rows(pack, sql, ordinal=self.ordinal)]
        return "" if found == [(str(self.begin), str(self.end))] else f"{self}: {found}"


@dataclass(frozen=True)
class Item:
    """A milestone that has a light, is chased and is registered; of the unit, where one is named."""

    code: str
    words: str
    unit: str = ""

    def missing(self, office: Office, pack: str) -> str:
        sql = """SELECT m.title, coalesce(u.name, '') FROM milestone m
                 LEFT JOIN unit u ON u.id = m.unit_id
                 WHERE m.campaign_id = :campaign AND m.code = :code AND NOT m.withdrawn"""
        found = office.rows(pack, sql, code=self.code)
        right = len(found) == 1 and self.words in found[0][0]
        return "" if right and self.unit in found[0][1] else f"{self}: {found}"


@dataclass(frozen=True)
class Work:
    """A work item that units have parts in: who leads, who is responsible, in its list and ledger."""

    ordinal: int
    lead: str
    responsible: str = ""

    def missing(self, office: Office, pack: str) -> str:
        sql = """SELECT a.role, u.name FROM assignment a JOIN unit u ON u.id = a.unit_id
                 JOIN work_item w ON w.id = a.work_item_id
                 WHERE a.campaign_id = :campaign AND w.ordinal = :ordinal AND NOT a.withdrawn
                 UNION ALL
                 SELECT r.role, g.name FROM group_reference r
                 JOIN unit_group g ON g.id = r.group_id JOIN work_item w ON w.id = r.work_item_id
                 WHERE r.campaign_id = :campaign AND w.ordinal = :ordinal"""
        found = {tuple(row) for row in office.rows(pack, sql, ordinal=self.ordinal)}
        wanted = {("lead", self.lead)}
        if self.responsible:
            wanted.add(("responsible", self.responsible))
        return "" if wanted <= found else f"{self}: {wanted - found}"


@dataclass(frozen=True)
class Goal:
    """A figure that a work item must reach, compared with what the units report."""

    ordinal: int
    value: float

    def missing(self, office: Office, pack: str) -> str:
        sql = """SELECT d.value FROM demand d JOIN work_item w ON w.id = d.work_item_id
                 WHERE d.campaign_id = :campaign AND w.ordinal = :ordinal AND NOT d.withdrawn"""
        found = [row[0] for row in office.rows(pack, sql, ordinal=self.ordinal)]
        return "" if self.value in found else f"{self}: {found}"


@dataclass(frozen=True)
class Every:
    """A duty that comes again: so many times a year it falls due, and it is chased each time."""

    number: int
    words: str
    a_year: int

    def missing(self, office: Office, pack: str) -> str:
        sql = """SELECT m.title, m.due FROM milestone m WHERE m.campaign_id = :campaign
                 AND m.kind = 'duty' AND m.code LIKE :code AND NOT m.withdrawn"""
        found = office.rows(pack, sql, code=f"D{self.number}.%")
        first = min((str(row[1]) for row in found), default="")
        year = [row for row in found if str(row[1]) < f"{int(first[:4]) + 1}{first[4:]}"]
        right = len(year) == self.a_year and all(self.words in row[0] for row in year)
        return "" if right else f"{self}: {found}"


@dataclass(frozen=True)
class Condition:
    """A condition that a stage shows before it closes."""

    kind: StageKind
    id: str

    def missing(self, office: Office, pack: str) -> str:
        return "" if rule_of(self.kind, self.id) else f"{self}"


@dataclass(frozen=True)
class Command:
    """A command; README has it in a block, whose every line a test runs."""

    words: str

    def missing(self, office: Office, pack: str) -> str:
        found: Any = commands
        for word in self.words.split():
            if word not in list(found):
                return f"没有命令 shifan {self.words}"
            found = found[word]
        return "" if f"shifan {self.words}" in readme() else f"README 没有 shifan {self.words}"


@dataclass(frozen=True)
class Flow:
    """A run that an operator sees in Prefect."""

    name: str

    def missing(self, office: Office, pack: str) -> str:
        return "" if (ROOT / "flows" / f"{self.name}.py").is_file() else f"{self}"


@dataclass(frozen=True)
class Paper:
    """A paper, with these words in it."""

    kind: str
    words: str

    def missing(self, office: Office, pack: str) -> str:
        return "" if self.words in office.papers.get(self.kind, "") else f"{self}"


@dataclass(frozen=True)
class Rows:
    """Rows of a table that loading the plan makes: at least so many."""

    table: str
    at_least: int
    where: str = "1 = 1"

    def missing(self, office: Office, pack: str) -> str:
        sql = f"SELECT count(*) FROM {self.table} WHERE campaign_id = :campaign AND {self.where}"
        [(found,)] = office.rows(pack, sql)
        return "" if found >= self.at_least else f"{self}: {found}"


@dataclass(frozen=True)
class Obligation:
    """One thing that a document obliges to: where it stands, a word that stands there, and what serves it."""

    place: str
    word: str
    served: tuple[Service, ...]


def obliged(place: str, word: str, *served: Service) -> Obligation:
    """Return an obligation; it must be served by something."""
    assert served, (place, word)
    return Obligation(place, word, served)


@cache
def readme() -> str:
    """Return README."""
    return Path(ROOT / "README.md").read_text(encoding="utf-8")
