"""Kingbase and openGauss: how their URLs are taken, and that a database in another mode is refused untouched."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import postgresql

from models.audit.fact_triggers import BY_ROW, BY_STATEMENT, install_on_postgresql, notes_on
from models.calendar.clock_watch import _FIRST
from models.database import engine_for, open_session
from models.database_words import error_in_words
from models.dialects import Kingbase, OpenGauss, OpenGaussPsycopg2, in_its_words
from models.errors import DatabaseError
from models.schema import ensure_schema, upgrade
from models.servers import fault_of_server, with_driver
from models.settings import settings
from models.tables import metadata

NOW = datetime(2025, 7, 1, tzinfo=UTC)
KES = "KingbaseES V008R006C008B0014 on x86_64-pc-linux-gnu"


@pytest.fixture
def says(request, any_database):
    """Let the server of the test answer as another one: what it is asked is found in a schema before its own."""

    def answer(said: str, mode: str = "") -> None:
        if any_database == "sqlite":
            pytest.fail("a file answers nothing")
        engine = engine_for(settings().database)
        with engine.begin() as connection:
            connection.execute(text("CREATE SCHEMA other"))
            connection.execute(
                text(
                    f"CREATE FUNCTION other.version() RETURNS text LANGUAGE sql AS $$SELECT '{said}'$$"
                )
            )
            connection.execute(
                text(
                    f"CREATE VIEW other.pg_settings AS SELECT 'database_mode' AS name, '{mode}' AS setting"
                )
            )
            connection.execute(text("DROP TABLE alembic_version"))
            name = connection.execute(text("SELECT current_database()")).scalar()
            connection.execute(
                text(f"ALTER DATABASE {name} SET search_path = other, pg_catalog, public")
            )
        engine.dispose()

    return answer


@pytest.mark.parametrize("any_database", ["postgresql"], indirect=True)
@pytest.mark.parametrize("begin", [upgrade, ensure_schema])
def test_a_database_of_another_mode_is_refused_before_anything_is_written(says, begin):
    says(KES, "oracle")

    with pytest.raises(DatabaseError, match="兼容模式是 oracle.*另建一个库"):
        begin(NOW)

    with engine_for(settings().database).begin() as connection:
        made = connection.execute(text("SELECT 1 FROM pg_class WHERE relname = 'alembic_version'"))
        assert made.first() is None


@pytest.mark.parametrize("any_database", ["postgresql"], indirect=True)
def test_a_database_of_the_right_mode_is_taken(says):
    says(KES, "pg")

    assert fault_of_server(engine_for(settings().database)) == ""


def test_what_we_have_is_taken(any_database):
    assert fault_of_server(engine_for(settings().database)) == ""


def test_an_office_is_told_which_url_its_server_wants():
    error = AssertionError(f"Could not determine version from string '{KES}'")

    said = error_in_words(error, engine_for("sqlite://"))

    assert said == "这个数据库是 金仓，请把 SHIFAN_DATABASE_URL 的开头写成 kingbase://"
    assert error_in_words(AssertionError("x"), engine_for("sqlite://")) == ""


@pytest.mark.parametrize(
    ("url", "driver"),
    [("kingbase://u:p@h/x", "ksycopg2"), ("opengauss+psycopg2://u:p@h/x", "华为提供的 psycopg2")],
)
def test_a_server_without_its_driver_says_which_to_install(url, driver):
    with pytest.raises(DatabaseError, match=driver):
        engine_for(url)


@pytest.mark.parametrize("kind", [Kingbase, OpenGauss, OpenGaussPsycopg2])
def test_both_count_as_postgresql_wherever_that_is_asked(kind):
    assert kind.name == "postgresql"
    assert issubclass(kind, postgresql.base.PGDialect)


def test_a_url_leads_to_its_dialect():
    assert isinstance(engine_for("opengauss://u:p@h/x").dialect, OpenGauss)
    assert with_driver("postgres://u:p@h/x") == "postgresql+psycopg://u:p@h/x"
    assert with_driver("kingbase://u:p@h/x") == "kingbase://u:p@h/x"


def test_opengauss_is_told_in_its_own_words_what_a_table_takes_once():
    said = in_its_words(str(_FIRST))

    assert "ON CONFLICT" not in said
    assert said.endswith("ON DUPLICATE KEY UPDATE NOTHING")
    assert in_its_words("SELECT 1") == "SELECT 1"


def test_a_column_whose_name_is_a_word_of_opengauss_is_quoted():
    sql = str(metadata.tables["workpaper"].insert().compile(dialect=OpenGauss()))

    assert '"procedure"' in sql


@pytest.mark.parametrize("any_database", ["postgresql"], indirect=True)
def test_facts_are_noted_by_row_as_they_are_by_statement(any_database, campaign, monkeypatch):
    dialect = engine_for(settings().database).dialect
    noted = {}
    for by_row in (False, True):
        monkeypatch.setattr(dialect, "notes_each_row", by_row, raising=False)
        with open_session(preview=True) as session:
            connection = session.connection()
            assert notes_on(connection) is (BY_ROW if by_row else BY_STATEMENT)
            install_on_postgresql(connection)
            noted[by_row] = _changes(connection)

    assert noted[False] == noted[True]
    assert {-1, -2} < {mask for _, _, mask in noted[True]}  # put in, taken out, and columns


def _changes(connection) -> list[tuple]:
    for sql in (
        "UPDATE milestone SET title = title || '。'",
        "UPDATE milestone SET title = title",
        "UPDATE milestone SET due = due - 1, code = code || 'x'",
        "CREATE TEMP TABLE more ON COMMIT DROP AS SELECT * FROM milestone LIMIT 3",
        "UPDATE more SET id = id + 1000, code = code || 'y'",
        "INSERT INTO milestone SELECT * FROM more",
        "DELETE FROM milestone WHERE id > 1001",
    ):
        connection.execute(text(sql))
    return sorted(tuple(row) for row in connection.execute(text("SELECT * FROM changed_fact")))
