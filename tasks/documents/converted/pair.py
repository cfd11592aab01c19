"""A file and the .docx made of it, handed to a reader as one."""

import struct

_HEAD = struct.Struct("<8sQ")  # the kind of the file and its length


def paired(kind: str, content: bytes, word: bytes) -> bytes:
    """Return a file and what was made of it as one."""
    return _HEAD.pack(kind.encode(), len(content)) + content + word


def unpaired(both: bytes) -> tuple[str, bytes, bytes]:
    """Return kind, file and what was made of it, as they were given to `paired`."""
    kind, size = _HEAD.unpack_from(both)
    end = _HEAD.size + size
    return kind.rstrip(b"\0").decode(), both[_HEAD.size : end], both[end:]
