"""What a database can do to us, in one Chinese line that says what to do."""

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError as DriverError
from sqlalchemy.exc import OperationalError, ProgrammingError

from models.errors import ContentionError, DatabaseError, OccupiedError
from models.misfit import misfit
from models.rules.out_of_reach import why_out_of_reach
from models.servers import wrong_address
from models.settings import settings

BUSY_SECONDS = 30
# On a server many write at once and stand in line at the chain, behind whoever patrols many campaigns.
IN_LINE_SECONDS = 120
_GAVE_WAY = ("40P01", "40001")  # a deadlock, a serialization failure
_IN_USE, _HELD = "数据库正被别的程序使用", "数据库被其他程序占用"  # what passes by itself
_LOCKED_NOW = "55P03"  # asked with NOWAIT
# What a server does not let this user do, by its own code.
_NOT_ALLOWED = {
    "25006": "数据库现在只让读，没有写入：多半连到了备用的那台，或管理员设成了只读；请管理员看过以后再运行一次",
    "42501": "这个用户在数据库里权限不够，没有写入；请管理员把库和里面的表都交给这个用户（ALTER DATABASE 库名 OWNER TO 用户；表用 ALTER TABLE），再运行一次",
}
# What SQLite says of a file whose bytes are wrong; everything else it says is of what was asked.
_DAMAGED = ("malformed", "not a database", "encrypted", "unsupported file format", "corrupt")


def error_in_words(error: DriverError | AssertionError, engine: Engine) -> str:
    """Return what happened and what to do; empty for a fault of ours, which is nobody's to mend but ours.

    ``engine`` is of the database that ``error`` came from: it is looked at again where its tables may
    be others than this code's.
    """
    if isinstance(error, AssertionError):  # SQLAlchemy's, where PostgreSQL is not PostgreSQL
        return _other_server(error)
    if words := _NOT_ALLOWED.get(_code(error), ""):
        return words
    if not (isinstance(error, OperationalError | ProgrammingError) or type(error) is DriverError):
        return ""
    text, code = str(error.orig).lower(), _code(error)
    if gave_way(error):
        return "两处同时改动同一批内容，这一处让了，什么都没有写入；请再运行一次"
    if code == _LOCKED_NOW and "timeout" not in text:
        return f"{_IN_USE}，请等它结束再试；什么都没有改动"
    if "locked" in text or "busy" in text or "lock timeout" in text:
        seconds = BUSY_SECONDS if engine.dialect.name == "sqlite" else IN_LINE_SECONDS
        return f"{_HELD}超过 {seconds} 秒，请稍后再试；若一直如此，请重启 shifan up"
    if "is full" in text or "no space" in text:  # we have columns called full
        return "磁盘已满，数据没有写入；请清理磁盘后再运行一次"
    if "disk i/o" in text:
        return f"磁盘读写出错，数据没有写入；请检查 {settings().home} 所在的磁盘是否已满或有故障"
    if "readonly" in text or "unable to open" in text:
        return f"数据库文件打不开或不可写，请检查 {settings().home} 的权限"
    if any(word in text for word in _DAMAGED):
        return f"数据库文件有损坏或不是 Shifan 的数据库（{settings().home}），请用备份恢复"
    return misfit(engine) or _out_of_reach(error)


def fault_in_words(error: DriverError | AssertionError, engine: Engine) -> DatabaseError | None:
    """Return what `error_in_words` says as the error to raise; its kind says whether it passes by itself."""
    words = error_in_words(error, engine)
    if gave_way(error):
        return ContentionError(words)
    kind = OccupiedError if words.startswith((_IN_USE, _HELD)) else DatabaseError
    return kind(words) if words else None


def gave_way(error: DriverError | AssertionError) -> bool:
    """Say whether a server ended this transaction for another's sake: done again it may well succeed."""
    return _code(error) in _GAVE_WAY


def _code(error: DriverError | AssertionError) -> str:
    """Return a server's own code of an error; each driver calls it otherwise, SQLite's has none."""
    found = (
        getattr(getattr(error, "orig", None), name, None)
        for name in ("sqlstate", "pgcode", "kbcode")
    )
    return str(next(filter(None, found), ""))


def _out_of_reach(error: DriverError) -> str:
    """Return why the server does not let us in, where a driver of a server said so."""
    if settings().database_url and isinstance(error, OperationalError):
        why = why_out_of_reach(str(error.orig))
        return f"连不上数据库：{why}；它的地址和口令写在 SHIFAN_DATABASE_URL 里"
    return ""


def _other_server(error: AssertionError) -> str:
    """Return what to write in the settings, where PostgreSQL was asked for and another server answered."""
    said = str(error).partition("Could not determine version from string ")[2]
    return wrong_address(said.strip("'")) if said else ""
