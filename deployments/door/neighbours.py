"""Whose process is at the other end of a connection within this machine, as the kernel's table says."""

import socket
import struct
from collections.abc import Iterator
from pathlib import Path

TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))

Address = tuple[str, int]


def can_tell() -> bool:
    """Say whether this system tells who owns a connection (Linux does)."""
    return TABLES[0].is_file()


def owner_of(client: Address, server: Address) -> int | None:
    """Return the user id that owns the ``client`` end of a connection to ``server``, both here.

    None when the connection is not there (any more) or the system does not tell.
    """
    wanted = {(_written(client, wide), _written(server, wide)) for wide in (False, True)}
    for table in TABLES:
        for local, remote, owner in _rows(table):
            if (local, remote) in wanted:
                return owner
    return None


def _rows(table: Path) -> Iterator[tuple[str, str, int]]:
    try:
        lines = table.read_text(encoding="ascii").splitlines()[1:]
    except OSError:
        return
    for line in lines:
        parts = line.split(maxsplit=8)
        yield parts[1], parts[2], int(parts[7])


def _written(address: Address, wide: bool) -> str:
    """Return an address as the kernel writes it: words of 32 bits in the machine's own order."""
    host, port = address
    host = host.removeprefix("::ffff:")
    if ":" in host:
        raw = socket.inet_pton(socket.AF_INET6, host.partition("%")[0])
    else:
        raw = socket.inet_aton(host)
        raw = bytes(10) + b"\xff\xff" + raw if wide else raw
    words = struct.unpack(f"={len(raw) // 4}I", raw)
    return "".join(f"{word:08X}" for word in words) + f":{port:04X}"
