"""Kingbase and openGauss for SQLAlchemy: PostgreSQL's dialect, with their versions, drivers and refusals.

Both keep the name "postgresql", so whatever is said of PostgreSQL in this code and in Alembic is said of
them. What they refuse of our SQL, and where that is known from, stands in tests/support/refused_sql.py.
"""

import re
from functools import lru_cache
from typing import Any

from sqlalchemy.dialects.postgresql.base import PGIdentifierPreparer
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.postgresql.psycopg2 import PGDialect_psycopg2

from models.errors import DatabaseError
from models.rules.servers import Server, server_of
from models.servers import wrong_address

# Reserved there, and not in PostgreSQL.
ALSO_RESERVED = frozenset(
    [
        "authid",
        "buckets",
        "excluded",
        "groupparent",
        "less",
        "maxvalue",
        "minus",
        "modify",
        "nocycle",
        "performance",
        "procedure",
        "reject",
        "rownum",
        "shrink",
        "sysdate",
        "verify",
    ]
)
_TAKEN_ONCE = re.compile(r"\bON CONFLICT \([^)]*\) DO NOTHING\b")


class Kindred:
    """What both have in common: they say of themselves which they are."""

    taken: frozenset[Server] = frozenset()
    supports_statement_cache = True

    def __init__(self, **options: Any) -> None:
        """Look for no hstore: we have none, and openGauss has not what it is looked for with."""
        super().__init__(**options | {"use_native_hstore": False})

    def _get_server_version_info(self, connection: Any) -> tuple[int, ...]:
        said = str(connection.exec_driver_sql("SELECT version()").scalar())
        return like_of(said, self.taken)


class _LikePsycopg2(Kindred, PGDialect_psycopg2):
    supports_statement_cache = True

    def do_execute(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:
        """Send a statement without parameters as it is meant: this driver leaves a doubled % in it doubled."""
        plain = statement if parameters else statement.replace("%%", "%")
        super().do_execute(cursor, plain, parameters, context)


class Kingbase(_LikePsycopg2):
    """Kingbase V8R6 and later in mode pg, through its own driver ksycopg2, a psycopg2 of another name."""

    driver = "ksycopg2"
    supports_statement_cache = True
    taken = frozenset({Server.KINGBASE, Server.POSTGRESQL})  # its driver speaks to both

    @classmethod
    def import_dbapi(cls) -> Any:
        """Return the driver, which an office gets with its database; it is not in our lock."""
        try:
            import ksycopg2  # type: ignore[import-not-found]
        except ImportError:
            raise DatabaseError(
                "连接金仓要用它自己的驱动 ksycopg2，运行环境里没有；请用 .venv/bin/python -m pip install ksycopg2 装入"
            ) from None
        return ksycopg2

    @property
    def _psycopg2_extensions(self) -> Any:
        from ksycopg2 import extensions

        return extensions

    @property
    def _psycopg2_extras(self) -> Any:
        from ksycopg2 import extras

        return extras


class _QuotesMore(PGIdentifierPreparer):
    reserved_words = PGIdentifierPreparer.reserved_words | ALSO_RESERVED


class _OpenGauss(Kindred):
    """openGauss 5 and later in mode PG: a PostgreSQL 9.2 with much of what came later."""

    taken = frozenset({Server.OPENGAUSS})
    preparer: Any = _QuotesMore
    notes_each_row = True  # it has no transition tables: see `models.audit.fact_triggers`
    returns_once = False  # 5.0 refuses RETURNING beside a key that is taken once; 6.0 takes it

    def do_execute(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:
        """Say to it in its own words what a table takes only once."""
        super().do_execute(cursor, in_its_words(statement), parameters, context)  # type: ignore[misc]


class OpenGauss(_OpenGauss, PGDialect_psycopg):
    """Through psycopg 3, which is in our lock; it can give a password only where the server asks for md5."""

    supports_statement_cache = True


class OpenGaussPsycopg2(_OpenGauss, _LikePsycopg2):
    """Through the psycopg2 that Huawei builds, which knows openGauss's own way to ask for one."""

    supports_statement_cache = True

    @classmethod
    def import_dbapi(cls) -> Any:
        """Return the driver, which is Huawei's to give; it is not in our lock."""
        try:
            return super().import_dbapi()
        except ImportError:
            raise DatabaseError(
                "地址写的是 opengauss+psycopg2://，要用华为提供的 psycopg2，运行环境里没有；请装入，"
                "或让管理员把这个账号改成按 md5 验证，地址写成 opengauss://"
            ) from None


@lru_cache(maxsize=1024)
def in_its_words(statement: str) -> str:
    """Return ``statement`` as openGauss takes it; what it takes as it is comes back unchanged.

    It knows the clause by MySQL's words and asks for no target: each table that we write so has one key.
    """
    return _TAKEN_ONCE.sub("ON DUPLICATE KEY UPDATE NOTHING", statement)


def like_of(said: str, taken: frozenset[Server]) -> tuple[int, ...]:
    """Return the version of PostgreSQL that a server is like, by what it says of itself.

    Raises DatabaseError where it is none of those that are ``taken``.
    """
    known = server_of(said)
    if known is None or known.server not in taken:
        raise DatabaseError(wrong_address(said))
    return known.like
