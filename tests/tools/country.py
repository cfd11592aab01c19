"""Thousands of campaigns in one database: one that was loaded as an office loads it, multiplied by SQL.

Every row that belongs to the first campaign is written again for each further one, its own key and
the keys it points to moved on by as much as the first campaign has of them. So every copy is a whole
campaign, and a country of six million parts is there in minutes. Nothing of it stands in the audit
chain, and what notes changed facts sleeps meanwhile: such a database is for measuring alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

from sqlalchemy import Column, Connection, Table, func, insert, text, update
from sqlmodel import Session, SQLModel, col, select

from models.campaign.campaign import campaign_named
from models.campaign.work import Assignment, Indicator
from models.database import engine_for, open_session
from models.evidence.evidence import Evidence, EvidenceMark, EvidenceRevision, EvidenceUse
from models.keys import key_of
from models.notices.notice import Delivery, Message, Notice
from models.schema import upgrade
from models.settings import moment_of, settings
from models.units.unit import Post, Unit, add_default_posts
from tasks.patrol.patrol import patrol_campaign
from tasks.plans.loading import find_plan, load_plan, read_plan

TODAY = date(2025, 7, 21)
NOW = datetime(2025, 7, 21, 4, 0, tzinfo=UTC)
FIRST = "jc"
AT_ONCE = (
    50  # campaigns in one statement: rows of a campaign lie together, and no transaction is endless
)
# What no copy is made of: which database it is, and the chain, whose entries cover each other.
_ALONE = ("alembic_version", "database_state", "audit_entry", "audit_head")


@dataclass(frozen=True, slots=True)
class Size:
    """So many campaigns, in each so many units with so many indicators, told on so many mornings."""

    campaigns: int
    units: int = 20
    indicators: int = 104
    mornings: int = 0


def make(size: Size) -> None:
    """Fill the empty database of the settings with campaigns of ``size``."""
    upgrade(NOW)
    _load(size)
    if size.mornings:
        _tell(size.mornings)
    multiply(size.campaigns - 1)


def _load(size: Size) -> None:
    plan = read_plan(find_plan("jinchang-2025"))
    load_plan(plan, slug=FIRST, start=None, moment=moment_of(NOW, TODAY))
    with open_session() as session:
        campaign = key_of(campaign_named(session, FIRST))
        more = [Unit(campaign_id=campaign, name=f"第{n + 1}局") for n in range(size.units)]
        session.add_all(more)
        session.flush()
        add_default_posts(session, campaign, more)
        _give(session, campaign, [key_of(unit) for unit in more], size.indicators)


def _give(session: Session, campaign: int, units: list[int], indicators: int) -> None:
    """Give every unit every indicator, four in ten done, one in fifty overdue, each with its evidence."""
    named = (
        Indicator(campaign_id=campaign, code=f"I{n}", level=3, title=f"第 {n} 项指标")
        for n in range(indicators)
    )
    _put(session, Indicator, named)
    ids = session.exec(select(Indicator.id).where(col(Indicator.code).like("I%"))).all()
    pairs = [(indicator, unit) for indicator in ids for unit in units]
    _put(session, Assignment, (_part(n, campaign, *pair) for n, pair in enumerate(pairs)))
    parts = session.exec(select(Assignment.id).where(col(Assignment.indicator_id).is_not(None)))
    numbered = list(enumerate(parts.all(), 1))
    _put(
        session,
        Evidence,
        (
            Evidence(campaign_id=campaign, number=n, kind="file", title=f"材料{n}")
            for n, _ in numbered
        ),
    )
    _put(
        session,
        EvidenceRevision,
        (
            EvidenceRevision(evidence_id=n, number=1, received_at=NOW, via="mail", state="accepted")
            for n, _ in numbered
        ),
    )
    _put(
        session,
        EvidenceUse,
        (EvidenceUse(evidence_id=n, assignment_id=part) for n, part in numbered),
    )
    _put(
        session,
        EvidenceMark,
        (
            EvidenceMark(revision_id=n, check_id="late", detail="")
            for n, _ in numbered
            if n % 5 == 0
        ),
    )


def _tell(mornings: int) -> None:
    """Let everybody have heard what a patrol of today writes, and have read messages on ``mornings`` before."""
    patrol_campaign(FIRST, moment_of(NOW, TODAY))
    days = [TODAY - timedelta(days=n) for n in range(1, mornings + 1)]
    with open_session() as session:
        posts = session.exec(select(Post).where(col(Post.vacant).is_(False))).all()
        for post, day in product(posts, days):
            made = NOW - (TODAY - day)
            said = {
                "campaign_id": post.campaign_id,
                "tag": post.tag,
                "window": day,
                "made_at": made,
            }
            session.add(Message(**said, subject="今日事项", body="三项临近", settled=True))
        session.flush()
        found = session.exec(select(Message.id, Message.made_at)).all()
        sent = (
            Delivery(
                message_id=id, target="t", target_kind="smtp", next_try_at=at, state="delivered"
            )
            for id, at in found
        )
        _put(session, Delivery, sent)
        last = select(func.max(Message.id)).scalar_subquery()
        heard = {"state": "sent", "reason": "", "told_on": TODAY, "message_id": last}
        session.connection().execute(update(Notice).values(**heard))


def _part(n: int, campaign: int, indicator: int, unit: int) -> Assignment:
    due = TODAY + timedelta(days=-3 if n % 50 == 0 else 10 + n % 90)
    state = ("open", "started", "done", "open", "done")[n % 5]
    return Assignment(
        campaign_id=campaign,
        indicator_id=indicator,
        unit_id=unit,
        role="responsible",
        begin_by=due - timedelta(days=5),
        due=due,
        original_due=due,
        state=state,
        done_on=TODAY - timedelta(days=n % 30) if state == "done" else None,
    )


def _put(session: Session, kind: type[SQLModel], rows: Iterator[Any]) -> None:
    if said := [row.model_dump(exclude={"id"}) for row in rows]:
        session.connection().execute(insert(kind), said)


def multiply(more: int) -> None:
    """Write the only campaign there is ``more`` times; afterwards PostgreSQL has looked at what there is."""
    engine = engine_for(settings().database)
    engine.dispose()
    with _unguarded(engine.connect()) as connection:
        tables = [table for table in SQLModel.metadata.sorted_tables if _belongs(table)]
        strides = {table.name: _prepare(connection, table) for table in tables}
        for first in range(1, more + 1, AT_ONCE):
            last = min(first + AT_ONCE - 1, more)
            for table in tables:
                if strides[table.name]:
                    _copy(connection, table, strides, first, last)
            connection.commit()
        if connection.dialect.name == "postgresql":
            _move_sequences(connection, [t for t in tables if strides[t.name]])
        connection.commit()
    if engine.dialect.name == "postgresql":  # as it does by itself, some minutes after such a load
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    engine.dispose()


@contextmanager
def _unguarded(connection: Connection) -> Iterator[Connection]:
    """Let triggers and checks of keys sleep on this connection."""
    with connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET session_replication_role = replica"))
            connection.commit()
        else:
            raw: Any = connection.connection.dbapi_connection
            for pragma in ("foreign_keys=OFF", "synchronous=OFF", "cache_size=-200000"):
                raw.execute(f"PRAGMA {pragma}")
        yield connection


def _belongs(table: Table) -> bool:
    """Say whether the rows of ``table`` are a campaign's, directly or through what they point to."""
    if table.name in _ALONE:
        return False
    towards = [key.column.table for key in table.foreign_keys if key.column.table is not table]
    return table.name == "campaign" or any(map(_belongs, towards))


def _prepare(connection: Connection, table: Table) -> int:
    """Put the first campaign's rows of ``table`` aside, to be read again and again; return their highest key."""
    if "id" not in table.columns:
        return 0
    connection.execute(text(f"CREATE TEMP TABLE first_{table.name} AS SELECT * FROM {table.name}"))
    return connection.execute(text(f"SELECT max(id) FROM {table.name}")).scalar() or 0


def _copy(
    connection: Connection, table: Table, strides: dict[str, int], first: int, last: int
) -> None:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    said = ", ".join(_moved(column, strides) for column in table.columns)
    numbers = f"SELECT {first} AS n" + "".join(
        f" UNION ALL SELECT {n}" for n in range(first + 1, last + 1)
    )
    connection.execute(
        text(
            f"INSERT INTO {table.name} ({names}) "
            f"SELECT {said} FROM ({numbers}) k CROSS JOIN first_{table.name} one"
        )
    )


def _moved(column: Column[Any], strides: dict[str, int]) -> str:
    """Return what stands in ``column`` of the copy number ``k.n``."""
    name = f'one."{column.name}"'
    if column.name == "id":
        return f"{name} + k.n * {strides[column.table.name]}"
    for key in column.foreign_keys:
        return f"{name} + k.n * {strides.get(key.column.table.name, 0)}"
    if (column.table.name, column.name) == ("campaign", "slug"):
        return f"{name} || k.n"
    return name


def _move_sequences(connection: Connection, tables: list[Table]) -> None:
    """Let the next rows have keys of their own; by the driver, for only a plain PostgreSQL is measured."""
    cursor: Any = connection.connection.cursor()
    for table in tables:
        key = f"pg_get_serial_sequence('{table.name}', 'id')"
        cursor.execute(f"SELECT setval({key}, (SELECT max(id) FROM {table.name}))")
