"""What Kingbase V8R6 and openGauss 5 refuse of PostgreSQL's SQL, why that is known, and a look at every statement.

openGauss: its grammar (src/common/backend/parser/gram.y) and its functions (catalog/builtin_funcs.ini) of the
branches 5.0.0, 6.0.0 and of the trunk of August 2025. Kingbase V8R6 and V9 say that they are PostgreSQL 12.1.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Engine, NullPool, TextClause, event
from sqlalchemy.sql.selectable import TextualSelect

from models.dialects import ALSO_RESERVED


@dataclass(frozen=True, slots=True)
class Refused:
    """One construct: what it looks like, who refuses it and how that is known, and what to write instead."""

    pattern: str
    why: str
    instead: str


# Our own way to say what a table takes once: models.dialects puts it in openGauss's words.
ONCE = r"\bON CONFLICT \([a-z_, ]+\) DO NOTHING\b"
REFUSED = (
    Refused(r"\bFILTER\s*\(\s*WHERE\b", "openGauss 5: no filter_clause", "count(CASE WHEN … THEN 1 END)"),
    Refused(r"\bON CONFLICT\b", "openGauss: no such clause in any branch", "ON CONFLICT (key) DO NOTHING, known to models.dialects"),
    Refused(r"\bLATERAL\b", "openGauss 5 and 6: no LATERAL_P before a select", "a join, a subquery in the list, row_number()"),
    Refused(r"\bEXECUTE FUNCTION \w", "openGauss 5 and 6: EXECUTE PROCEDURE only", "EXECUTE PROCEDURE, which PostgreSQL takes too"),
    Refused(r"\bREFERENCING\b", "openGauss: no transition tables", "models.audit.fact_triggers, by row"),
    Refused(r"\bOR REPLACE TRIGGER\b", "openGauss: 'or replace is not supported here'; PostgreSQL 12 has none", "DROP TRIGGER IF EXISTS, CREATE TRIGGER"),
    Refused(r"\bAS IDENTITY\b", "openGauss: GENERATED … AS (expression) only", "SERIAL, as SQLAlchemy writes it"),
    Refused(r"\bADD COLUMN IF NOT EXISTS\b", "openGauss: only CREATE … IF NOT EXISTS", "a migration that knows what is there"),
    Refused(r"\bWITH (ORDINALITY|TIES)\b", "openGauss: neither word in its grammar", "row_number()"),
    Refused(r"\bNULLS NOT DISTINCT\b", "PostgreSQL 15; neither has it", "a partial unique index"),
    Refused(r"\bMERGE INTO\b", "PostgreSQL 15, and not SQLite", "UPDATE, then INSERT … WHERE NOT EXISTS"),
    Refused(r"\b(GROUPS (BETWEEN|UNBOUNDED)|EXCLUDE (CURRENT|TIES|GROUP))\b", "openGauss: frames of 9.2, ROWS and RANGE", "ROWS"),
    Refused(r"\bto_reg[a-z]+\s*\(", "openGauss: not among its functions", "a look at pg_class"),
    Refused(r"\bDROP DATABASE\b.*\bFORCE\b", "openGauss, and Kingbase as PostgreSQL 12", "nothing: an office's administrator does that"),
)  # fmt: skip
# Of the 9.2 that openGauss is like, or written into its grammar, and in SQLite where a statement is for both. A
# function that is not here yet is looked up in builtin_funcs.ini first, and then written down.
FUNCTIONS = frozenset(
    [
        "abs",
        "all",
        "any",
        "array_agg",
        "ascii",
        "avg",
        "bool_and",
        "bool_or",
        "btrim",
        "cast",
        "ceil",
        "char_length",
        "chr",
        "clock_timestamp",
        "coalesce",
        "concat",
        "count",
        "current_database",
        "current_setting",
        "currval",
        "date_part",
        "date_trunc",
        "decode",
        "dense_rank",
        "distinct",
        "encode",
        "every",
        "exists",
        "extract",
        "first_value",
        "floor",
        "generate_series",
        "greatest",
        "in",
        "lag",
        "last_value",
        "lastval",
        "lead",
        "least",
        "left",
        "length",
        "lower",
        "ltrim",
        "max",
        "md5",
        "min",
        "mod",
        "nextval",
        "now",
        "ntile",
        "nullif",
        "octet_length",
        "pg_advisory_lock",
        "pg_advisory_unlock",
        "pg_advisory_xact_lock",
        "pg_backend_pid",
        "pg_cancel_backend",
        "pg_database_size",
        "pg_get_serial_sequence",
        "pg_get_triggerdef",
        "pg_my_temp_schema",
        "pg_relation_size",
        "pg_size_pretty",
        "pg_sleep",
        "pg_table_is_visible",
        "pg_terminate_backend",
        "pg_total_relation_size",
        "pg_try_advisory_xact_lock",
        "position",
        "power",
        "random",
        "rank",
        "regexp_replace",
        "repeat",
        "replace",
        "reverse",
        "right",
        "round",
        "row",
        "row_number",
        "rtrim",
        "set_config",
        "setval",
        "split_part",
        "sqrt",
        "stddev_pop",
        "string_agg",
        "strpos",
        "substr",
        "substring",
        "sum",
        "to_char",
        "to_timestamp",
        "trim",
        "unnest",
        "upper",
        "values",
        "version",
    ]
)
# Noting a change of facts is written twice, and models.dialects says which way a server takes.
_WRITTEN_TWICE = re.compile(r"\s*(CREATE TRIGGER fact_|CREATE OR REPLACE FUNCTION fact_)")
_CALL = re.compile(r"(?<![\w.\"])(?<!AS )([a-z_][a-z0-9_]*)\(")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|\$\$.*?\$\$", re.DOTALL)
# SQLAlchemy's and Alembic's own looks at the catalog: openGauss's own dialect has them as they are.
_CATALOG = re.compile(r"\bpg_catalog\.|\bpg_depend\b|\bpg_constraint\b")


@cache
def refused_in(sql: str) -> tuple[str, ...]:
    """Return in words what of a statement, or of a piece of one, somebody refuses; empty where nothing is."""
    if _WRITTEN_TWICE.match(sql) or _CATALOG.search(sql):
        return ()
    bare = re.sub(ONCE, "", sql)
    found = [
        f"{one.why}; instead: {one.instead}"
        for one in REFUSED
        if re.search(one.pattern, bare, re.IGNORECASE | re.DOTALL)
    ]
    return tuple(found)


@cache
def unknown_calls(sql: str) -> tuple[str, ...]:
    """Return the functions of a whole statement that nobody looked up yet."""
    if _is_no_query(sql):
        return ()
    names = set(_CALL.findall(_QUOTED.sub(" ", sql))) - FUNCTIONS
    return tuple(f"{name}(): look it up first" for name in sorted(names))


@cache
def reserved_names(sql: str) -> tuple[str, ...]:
    """Return the bare names in a whole statement of ours that openGauss keeps for itself."""
    if _is_no_query(sql):
        return ()
    names = (
        set(re.findall(r"(?<![\w.:%(])[a-z_]+\b(?!\s*\()", _QUOTED.sub(" ", sql))) & ALSO_RESERVED
    )
    return tuple(f"{name}: reserved in openGauss" for name in sorted(names))


def _is_no_query(sql: str) -> bool:
    return bool(_CATALOG.search(sql)) or sql.lstrip().startswith("CREATE ")


def watched() -> Iterator[None]:
    """Let no engine emit on PostgreSQL what one of the two refuses, until this ends.

    What SQLAlchemy writes by itself has its names quoted by the dialect: there reserved words do not count.
    """

    def look(
        connection: Any, _cursor: Any, sql: str, _values: Any, context: Any, _many: Any
    ) -> None:
        if isinstance(connection.engine.pool, NullPool) or connection.dialect.name != "postgresql":
            return  # who makes the tests' databases; a file
        compiled = getattr(context, "compiled", None)
        written = compiled is None or isinstance(compiled.statement, TextClause | TextualSelect)
        found = refused_in(sql) + unknown_calls(sql) + (reserved_names(sql) if written else ())
        assert not found, (found, sql)

    event.listen(Engine, "before_cursor_execute", look)
    yield
    event.remove(Engine, "before_cursor_execute", look)
