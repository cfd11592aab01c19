"""A mail that is signed as one sealed piece (smime.p7m), opened without a look at its seal; in the guarded child.

RFC 5652: ContentInfo holds a SignedData (5.1), and that holds what was signed as octets, often in pieces of an
unknown length (BER), as Outlook and openssl write them. Whether the seal is right is not asked: who sent a
ledger is judged by its sender and its contents, as of any other mail.
"""

SIGNED = bytes.fromhex("06092a864886f70d010702")  # 1.2.840.113549.1.7.2, with its tag and length
DEEPEST = 12  # pieces within one another
_OCTETS, _SEQUENCE, _TAGGED = 0x04, 0x30, 0xA0
_OF_PIECES = 0x20


def signed_content(raw: bytes) -> bytes | None:
    """Return what was signed, a mail's part of its own; None where it is no such (encrypted, broken, empty)."""
    try:
        [kind, tagged, *_] = _inside(raw, _item(raw, 0))
        if raw[kind[3] : kind[2]] != SIGNED or tagged[0] != _TAGGED:
            return None
        [signed] = _inside(raw, tagged)
        encapsulated = next(one for one in _inside(raw, signed) if one[0] == _SEQUENCE)
        [_, content] = _inside(raw, encapsulated)
        [octets] = _inside(raw, content)
        return _joined(raw, octets, 0) or None
    except (ValueError, IndexError, StopIteration, RecursionError):
        return None


Item = tuple[int, int, int, int]  # tag, where its content begins and ends, where it begins itself


def _item(raw: bytes, at: int, depth: int = 0) -> Item:
    """Return what begins at ``at``; one of unknown length ends before its two zero bytes."""
    tag, first = raw[at], raw[at + 1]
    if first == 0x80:
        if depth > DEEPEST:
            raise ValueError("too deep")
        place = at + 2
        while raw[place : place + 2] != b"\0\0":
            place = _behind(raw, _item(raw, place, depth + 1))
        return tag, at + 2, place, at
    many = first & 0x7F if first & 0x80 else 0
    length = int.from_bytes(raw[at + 2 : at + 2 + many], "big") if many else first
    start = at + 2 + many
    if many > 4 or start + length > len(raw):
        raise ValueError("cut off")
    return tag, start, start + length, at


def _behind(raw: bytes, item: Item) -> int:
    return item[2] + (2 if raw[item[3] + 1] == 0x80 else 0)


def _inside(raw: bytes, item: Item) -> list[Item]:
    found, place = [], item[1]
    while place < item[2]:
        one = _item(raw, place)
        found.append(one)
        place = _behind(raw, one)
    return found


def _joined(raw: bytes, octets: Item, depth: int) -> bytes:
    if octets[0] == _OCTETS:
        return raw[octets[1] : octets[2]]
    if octets[0] != _OCTETS | _OF_PIECES or depth > DEEPEST:
        raise ValueError("no octets")
    return b"".join(_joined(raw, one, depth + 1) for one in _inside(raw, octets))
