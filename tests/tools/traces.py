"""Look for words where none of them may stand: in every file of a folder and every row of the tables."""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from sqlalchemy import inspect, text

from models.database import engine_for, open_session, sqlite_file
from models.settings import settings


def traces(words: Iterable[str]) -> list[str]:
    """Return where any of ``words`` stands: in the home, in a PostgreSQL server's files, in a row.

    The rows are looked at too, for a long value is compressed or cut over pages in the files.
    """
    wanted = list(words)
    found = in_files(wanted, settings().home) + in_rows(wanted)
    if not sqlite_file():
        found += in_files(wanted, _server_folder())
    return found


def in_files(words: Sequence[str], folder: Path) -> list[str]:
    """Return the word and file of every hit below ``folder``, in any case, in UTF-8 and UTF-16."""
    forms, found = _forms(words), []
    pattern = _pattern(words)
    for path in sorted(folder.rglob("*")):
        with suppress(FileNotFoundError):  # a server takes files of its own away at any time
            if path.is_file():
                content = path.read_bytes()
                lower = content.lower()  # a plain search is twenty times as fast as the pattern
                hits = pattern.findall(content) if any(f in lower for f in forms) else []
                found += [f"{_plain(hit)} in {path.relative_to(folder)}" for hit in hits]
    return found


def _plain(hit: bytes) -> str:
    return hit.replace(b"\0", b"").decode()


def in_rows(words: Iterable[str]) -> list[str]:
    """Return the word and table of every hit in a row of our tables."""
    pattern = _pattern(words)
    engine = engine_for(settings().database)
    with open_session(read_only=True) as session:
        return [
            f"{_plain(hit)} in table {table}"
            for table in inspect(engine).get_table_names()
            for row in session.connection().execute(text(f'SELECT * FROM "{table}"'))  # noqa: S608
            for hit in pattern.findall(str(tuple(row)).encode())
        ]


def _forms(words: Iterable[str]) -> list[bytes]:
    """Return ``words`` as they may stand in a file whose ASCII is in small letters."""
    # Without its last zero byte the UTF-16 of ASCII is found in either byte order.
    forms = [form for word in words for form in (word.encode(), word.encode("utf-16-le")[:-1])]
    return [form.lower() for form in forms]


def _pattern(words: Iterable[str]) -> re.Pattern[bytes]:
    return re.compile(b"|".join(map(re.escape, _forms(words))), re.IGNORECASE)


def _server_folder() -> Path:
    """Return where the server keeps its files, all of them written out."""
    with open_session() as session:
        session.connection().execute(text("CHECKPOINT"))
        return Path(session.connection().execute(text("SHOW data_directory")).scalar_one())
