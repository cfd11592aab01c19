"""Keys of a home: each a file that only its owner can read, made on first use."""

import os
import secrets
from contextlib import suppress

from models.errors import DatabaseError
from models.home import home


def home_key(name: str) -> bytes:
    """Return the key in the home's file ``name`` (32 bytes), made on first use with mode 0600.

    Two that make it at once get the same key; nobody reads half of one. Raises DatabaseError when
    others on the machine can read it.
    """
    path = home() / name
    if not path.exists():
        draft = path.with_name(f".{name}.{secrets.token_hex(8)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # somebody else was first; theirs is the key
            os.link(draft, path)
        draft.unlink()
    if path.stat().st_mode & 0o077:
        raise DatabaseError(f"密钥 {path} 别人也能读到，请先运行 chmod 600 {path}")
    return bytes.fromhex(path.read_text(encoding="ascii").strip())
