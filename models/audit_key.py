"""The key that signs heads of the audit chain: a file in the home that only its owner can read."""

import os
import secrets
from pathlib import Path

from models.errors import DatabaseError
from models.home import home

FILE = "audit.key"


def audit_key() -> bytes:
    """Return the key, made on first use with mode 0600.

    Raises DatabaseError when others on the machine can read it.
    """
    path: Path = home() / FILE
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
    if path.stat().st_mode & 0o077:
        raise DatabaseError(f"签名密钥 {path} 别人也能读到,请先运行 chmod 600 {path}")
    return bytes.fromhex(path.read_text(encoding="ascii").strip())
