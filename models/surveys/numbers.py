"""Telephone numbers of surveys: in files of their own beside the database, until they are deleted.

They are in no table, no entry of the chain and no backup of the database. A file lies in the home, which
only its user reads (0700, files 0600); its name says the day on which it goes, so that whoever looks for
what is due opens no database. It is not encrypted: a key would lie beside it and protect nothing. What a
file held is proved afterwards by its SHA-256; a line of chance in it keeps anybody from guessing a number
by that.
"""

import os
import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from models.errors import NotFoundError
from models.files.home import home
from models.files.whole_file import write_whole

FOLDER = "survey-phones"
_NAME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.([0-9a-f]{64})\.txt")


def keep_numbers(numbers: Mapping[int, Sequence[str]], until: date) -> str:
    """Keep ``numbers`` by stratum (its id) until the day ``until``; return the digest of their file."""
    lines = [secrets.token_hex(32)]
    lines += [f"{stratum} {number}" for stratum, own in numbers.items() for number in own]
    content = "\n".join(lines).encode()
    digest = sha256(content).hexdigest()
    folder = home() / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    write_whole(folder / f"{until.isoformat()}.{digest}.txt", content)
    return digest


def kept_numbers(digest: str, until: date) -> dict[int, list[str]]:
    """Return the numbers of a file by stratum. Raises NotFoundError where it is deleted or not on this machine."""
    path = home() / FOLDER / f"{until.isoformat()}.{digest}.txt"
    content = path.read_bytes() if path.exists() else b""
    if not content:
        raise NotFoundError("这次测评的电话号码已经删除，或不在这台电脑的数据目录里")
    found: dict[int, list[str]] = {}
    for line in content.decode().splitlines()[1:]:
        stratum, number = line.split(" ")
        found.setdefault(int(stratum), []).append(number)
    return found


def files_due(today: date) -> list[Path]:
    """Return the files whose day has passed, oldest first; looks at names only."""
    folder = home() / FOLDER
    if not folder.is_dir():
        return []
    named = {path: _NAME.fullmatch(path.name) for path in folder.iterdir()}
    return sorted(path for path, name in named.items() if name and name[1] < today.isoformat())


def file_of(digest: str, until: date) -> Path:
    """Return where the file of that digest lies, or lay."""
    return home() / FOLDER / f"{until.isoformat()}.{digest}.txt"


def digest_in(path: Path) -> str:
    """Return the digest that a file's name says, empty for a name that is none."""
    found = _NAME.fullmatch(path.name)
    return found[2] if found else ""


def empty_numbers(path: Path) -> None:
    """Take every number out of a file, on the disk; the empty file stays until the deletion is written down."""
    if path.exists():
        with path.open("r+b") as file:
            file.truncate(0)
            os.fsync(file.fileno())
