"""Is the database the one this code needs: what it lacks of the tables, and what to do about that."""

from contextlib import suppress

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DatabaseError as DriverError
from sqlalchemy.exc import SQLAlchemyError

NAMED = 3  # a line names as many places; the rest is counted
# What both databases say where tables are others than a statement thinks.
_OF_TABLES = ("no such", "no column", "does not exist", "already exists", "duplicate column")
_WHY = "多半是用别的程序改过，或由另一份程序写成"
GIVE_UP = "请用 shifan db restore 备份文件 恢复；没有备份，请把数据目录交给维护人员"


def revision_of(connection: Connection) -> str | None:
    """Return the version that a database says it has, None when it is empty; whatever state it is."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def lacking(connection: Connection) -> str:
    """Return which tables and columns of this code a database lacks, in words; empty where it has all."""
    from models.tables import metadata  # here, for every table stands on what asks this

    there = {
        name: {column["name"] for column in columns}
        for (_, name), columns in inspect(connection).get_multi_columns().items()
    }
    places = []
    for table in metadata.sorted_tables:
        if table.name not in there:
            places.append(f"没有 {table.name} 表")
        elif gone := [c.name for c in table.columns if c.name not in there[table.name]]:
            places.append(f"{table.name} 表没有 {'、'.join(gone)} 列")
    more = f"等 {len(places)} 处" if len(places) > NAMED else ""
    return "，".join(places[:NAMED]) + more


def misfit(engine: Engine) -> str:
    """Return in one line how the database of ``engine`` is not what this code needs, and what to do.

    Empty where it is, and where it cannot be looked at: then something else is wrong.
    """
    from models.schema import REVISION  # it opens databases, and so stands on who asks this

    with suppress(SQLAlchemyError), engine.execution_options(read_only=True).begin() as connection:
        version = revision_of(connection)
        if version is None:
            return f"数据库里没有 Shifan 的表；原来有数据的，{GIVE_UP}；新装的，请运行 shifan db upgrade"
        if version > REVISION:
            return f"数据库是版本 {version} 的，比程序（{REVISION}）新；请换用新版程序，或{GIVE_UP}"
        if version != REVISION:
            return (
                f"数据库是版本 {version} 的，程序需要版本 {REVISION}；请先运行 shifan db upgrade，"
                f"仍不行{GIVE_UP}"
            )
        if places := lacking(connection):
            return f"数据库写着版本 {REVISION}，却与这个版本不符：{places}，{_WHY}；{GIVE_UP}"
    return ""


def speaks_of_tables(error: DriverError) -> bool:
    """Return whether ``error`` says that a table or a column is not there, or is there already."""
    return any(words in str(error.orig).lower() for words in _OF_TABLES)
