"""Which database server says what of itself, and why ours is not to be kept in it."""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit


class Server(StrEnum):
    """The servers that speak PostgreSQL's protocol and that an office may have bought."""

    POSTGRESQL = "PostgreSQL"
    KINGBASE = "金仓"
    OPENGAUSS = "openGauss"


@dataclass(frozen=True, slots=True)
class Known:
    """A server by its own words: what it is, its own version, and the PostgreSQL that it is like."""

    server: Server
    version: tuple[int, ...]
    like: tuple[int, ...]


# PostgreSQL's own number comes last: openGauss of before 3 says it first, and then its own in brackets.
_OPENGAUSS = re.compile(
    r"\(?(?:openGauss|GaussDB Kernel) (?:V(\d+)R(\d+)C(\d+)|(\d+)\.(\d+)\.(\d+))"
)
_KINGBASE = re.compile(r"Kingbase(?:ES)? V(\d+)R(\d+)(?:C(\d+))?", re.IGNORECASE)
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_POSTGRESQL = re.compile(r"(?:PostgreSQL|EnterpriseDB) (\d+)(?:\.(\d+))?(?:\.(\d+))?")

OLDEST = {Server.POSTGRESQL: (14,), Server.KINGBASE: (8, 6), Server.OPENGAUSS: (5,)}
_OLDEST_SAID = {Server.POSTGRESQL: "14", Server.KINGBASE: "V8R6", Server.OPENGAUSS: "5.0.0"}
# How its administrator makes a database that tells '' from NULL, and days from instants.
_MODE_OF = {
    Server.KINGBASE: "初始化数据库时兼容模式选 pg（SHOW database_mode 显示 pg）",
    Server.OPENGAUSS: "建库时写 DBCOMPATIBILITY 'PG'（SHOW sql_compatibility 显示 PG）",
}
UNICODE = "UTF8"
SCHEMES = {Server.KINGBASE: "kingbase://", Server.OPENGAUSS: "opengauss://"}


def whole(url: str) -> str:
    """Return the address of a database as it is; ValueError where a sign of its password takes it apart.

    A name of a file may hold what it likes.
    """
    parts = urlsplit(url)
    _ = parts.port  # raises ValueError when it is no number
    apart = parts.fragment or parts.netloc.count("@") > 1 or "@" in parts.path
    apart = apart or ("@" in parts.query and "@" not in parts.netloc)
    if (apart or _BARE_PERCENT.search(parts.netloc)) and parts.scheme != "sqlite":
        raise ValueError("a sign of the password is not written by its number")
    return url


def server_of(said: str) -> Known | None:
    """Return which server answers ``said`` to `SELECT version()`, None for one that we do not know."""
    if found := _OPENGAUSS.search(said):
        return Known(Server.OPENGAUSS, _numbers(found), (9, 2, 4))
    if found := _KINGBASE.search(said):
        own = _numbers(found)
        return Known(Server.KINGBASE, own, (12, 1) if own >= (8, 6) else (9, 6))
    if found := _POSTGRESQL.search(said):
        return Known(Server.POSTGRESQL, _numbers(found), _numbers(found))
    return None


def _numbers(found: re.Match[str]) -> tuple[int, ...]:
    return tuple(int(part) for part in found.groups() if part is not None)


def fault_of(said: str, mode: str, empty_is_null: bool, letters: str = UNICODE) -> str:
    """Return in one line why we may not be kept in a database, and what to do; empty where we may.

    ``said`` is its version, ``mode`` what it calls its compatibility mode (empty where it has none),
    ``letters`` what it keeps letters in.
    """
    known = server_of(said)
    if known is None:
        return f"数据库是示范没有试过的一种（{said[:60]}），请换 PostgreSQL 14 或更新的版本"
    if known.version < OLDEST[known.server]:
        return f"{known.server} 的版本太旧（{said[:60]}），请换 {_OLDEST_SAID[known.server]} 或更新的版本"
    if empty_is_null or (mode and mode.lower() not in ("pg", "postgresql")):
        why = (
            "把空字符串当作没有填" if empty_is_null else f"兼容模式是 {mode}，日期和数字的算法不同"
        )
        how = _MODE_OF.get(known.server, "把空字符串和 NULL 分开")
        return f"{known.server} 的这个库{why}，示范不能用，什么都没有写；请数据库管理员另建一个库，{how}，再改 SHIFAN_DATABASE_URL"
    if letters != UNICODE:
        return (
            f"这个库的字符集是 {letters}，有的字存不进去，什么都没有写；请数据库管理员另建一个库，"
            "写 ENCODING 'UTF8' TEMPLATE template0"
        )
    return ""
