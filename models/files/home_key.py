"""Keys of a home: each a file that only its owner can read, made on first use."""

import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

from models.errors import DatabaseError
from models.files.disks import disk_without_modes
from models.files.home import home, is_only_looking
from models.files.whole_file import write_whole

_BYTES = 32
_WHOLE = re.compile(rf"[0-9a-f]{{{2 * _BYTES}}}\n?", re.ASCII)


def home_key(name: str) -> bytes:
    """Return the key in the home's file ``name`` (32 bytes), made on first use with mode 0600.

    Two that make it at once get the same key; nobody reads half of one. Whoever is `only_looking` makes
    none. Raises DatabaseError when there is none then, when others on the machine can read it, or when it is empty or torn: that is what a full disk and a
    power cut leave, and a key nobody made must sign nothing.
    """
    path = home() / name
    if not path.exists():
        if is_only_looking():
            raise DatabaseError(f"没有密钥 {path}")
        draft = path.with_name(f".{name}.{secrets.token_hex(8)}")
        write_whole(draft, secrets.token_hex(_BYTES).encode())
        with suppress(FileExistsError):  # somebody else was first; theirs is the key
            os.link(draft, path)
        draft.unlink()
    if path.stat().st_mode & 0o077:
        raise DatabaseError(f"密钥 {path} 别人也能读到；{_how_to_close(path)}")
    return _read(path)


def _read(path: Path) -> bytes:
    kept = path.read_bytes()
    if _WHOLE.fullmatch(kept.decode("ascii", "replace")):
        return bytes.fromhex(kept.decode("ascii").strip())
    what = "是空的" if not kept.strip() else f"不完整（应为 {2 * _BYTES} 个十六进制字符）"
    raise DatabaseError(
        f"密钥 {path} {what}，多半是断电或磁盘写满造成的，不说明记录被改动；"
        "请从备份取回这个文件，没有备份就把它改名留存，程序会另做一把新的"
    )


def _how_to_close(path: Path) -> str:
    if kind := disk_without_modes(path):
        return f"数据目录所在的磁盘（{kind}）不区分用户，请把整个数据目录移到本机硬盘，再用 SHIFAN_HOME 指向它"
    return f"请先运行 chmod 600 {path}"
