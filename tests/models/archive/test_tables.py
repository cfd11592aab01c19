"""Which rows and columns of a campaign are put away: every one, unless it is named as left out."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Date, DateTime, Float, Integer, LargeBinary, create_engine
from sqlmodel import Session

from models.archive.tables import archived_rows, archived_tables, unreached_tables
from models.rules.archive.codes import CODES
from models.rules.archive.left_out import COLUMNS, TABLES, why_left_out
from models.rules.archive.words import column_word, table_word
from models.tables import metadata

CHINESE = re.compile("[一-鿿]")
SUSPICIOUS = re.compile("salt|secret|phone|mobile|sender|password|token|mail|(^|_)(link|body)$")
# What is called so and is neither a secret nor a way to anybody.
HARMLESS = {
    ("briefing_item", "body"),  # what a unit wrote to be printed
}


def test_every_table_is_put_away_or_named_as_left_out_with_a_reason():
    kept = {table.name for table in archived_tables()}

    assert unreached_tables() == []
    assert kept | TABLES.keys() == metadata.tables.keys()
    assert not kept & TABLES.keys()
    assert all(CHINESE.search(why) for why in TABLES.values())


def test_every_column_is_put_away_or_named_as_left_out_with_a_reason():
    for table in archived_tables():
        known = metadata.tables[table.name].columns.keys()
        left = {name: why_left_out(table.name, name) for name in known if name not in table.names}
        assert all(CHINESE.search(why) for why in left.values()), (table.name, left)
    for table, column in COLUMNS:
        assert column in metadata.tables[table].columns, (table, column)


def test_nothing_that_is_called_like_a_secret_or_an_address_is_put_away():
    found = {
        (table.name, column)
        for table in archived_tables()
        for column in table.names
        if SUSPICIOUS.search(column)
    }
    assert found <= HARMLESS


def test_every_table_and_column_has_a_word_of_the_offices():
    tables = archived_tables()
    words = {table.name: table_word(table.name) for table in tables}
    nameless = {name for name, word in words.items() if not CHINESE.search(word)}
    columns = {
        (table.name, column)
        for table in tables
        for column in table.names
        if not CHINESE.search(column_word(table.name, column))
    }

    assert (nameless, columns) == (set(), set())
    assert all(column in metadata.tables[table].columns for table, column in CODES)


# Called like a code, and words of a person's or of somebody else's program.
FREE = {
    ("delivery", "target_kind"),  # the provider's scheme
    ("decision_try", "outcome"),
    ("objection", "outcome"),
    ("dispatch", "level"),  # the office's own table of levels
}
CODED = re.compile(
    "^(kind|state|status|role|via|how|step|audience|outcome|level|verdict|purpose)$|_kind$"
)


def test_every_column_that_is_called_like_a_code_says_what_its_codes_mean():
    coded = {
        (table.name, column)
        for table in archived_tables()
        for column, kind in table.columns
        if kind == "TEXT" and CODED.search(column)
    }

    assert coded - CODES.keys() == FREE
    for place, words in CODES.items():
        assert all(CHINESE.search(word) for code, word in words.items() if code), place


@pytest.fixture
def filled(tmp_path) -> Iterator[Session]:
    """Two campaigns with a row of each in every table that is put away; every text bears the campaign's number."""
    engine = create_engine(f"sqlite:///{tmp_path / 'two.db'}")
    metadata.create_all(engine)
    with Session(engine) as session:
        for number in (1, 2):
            for table in metadata.sorted_tables:
                if table.name not in TABLES:
                    row = {c.name: value(c, number) for c in table.columns}
                    session.connection().execute(table.insert().values(row))
        yield session
    engine.dispose()


def value(column: Column[Any], number: int) -> Any:
    """Return something of the column's kind; what names another row names the campaign's own."""
    kind: Any = getattr(column.type, "impl_instance", column.type)
    if column.foreign_keys or column.name in ("id", "campaign_id"):
        reaches = [key.column.table.name not in TABLES for key in column.foreign_keys]
        return number if all(reaches) else None
    if isinstance(kind, DateTime):
        return datetime(2025, 7, number, tzinfo=UTC)
    if isinstance(kind, Date):
        return date(2025, 7, number)
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, LargeBinary):
        return bytes([number])
    return number if isinstance(kind, Integer | Float) else f"{column.name} of #{number}#"


def test_only_the_campaigns_own_rows_are_put_away_of_every_table(filled):
    for table in archived_tables():
        [row] = archived_rows(filled, table.name, 1)
        assert len(row) == len(table.names), table.name
        assert "#2#" not in str(row), table.name
