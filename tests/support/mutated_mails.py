"""Mails with everything in them, broken in every way: the same for the same seed, for tests that read them."""

import random
from collections.abc import Iterator
from typing import Any

from tasks.intake.mailbox.apart import parts
from tests.support.compounds import compound
from tests.support.mails import (
    forwarded,
    foxmail,
    head,
    inside,
    mixed,
    msg,
    part,
    rfc2231,
    text,
    tnef,
)

NAME = "市司法局台账（2025年镕字誠）.xlsx"
SEALED = b"Content-Type: application/pkcs7-mime; name=smime.p7m\r\n\r\n\x30\x80\x06\x09*\x86H\x86\xf7\r\x01\x07\x02"
OUTLOOK = part(tnef((NAME, b"eins"), ("a.jpg", b"zwei")), b'filename="winmail.dat"')
MAILS = (
    foxmail(NAME, b"LEDGER" * 300),
    mixed(inside(text(), kind=b"alternative"), part(b"x", rfc2231(NAME, pieces=True))),
    mixed(text(), forwarded(mixed(text(), OUTLOOK, start=head(b"in"))), part(b"y", rfc2231(NAME))),
    mixed(part(compound(msg("转", (NAME, b"eins" * 900))), b'filename="a.msg"'), OUTLOOK),
    mixed(part(mixed(part(b"1"), forwarded(foxmail(NAME, b"2"))), b'filename="a.eml"'), SEALED),
)
EACH = 50  # of every mail


def mutated(raw: bytes, seed: int) -> bytes:
    """Return a mail with bytes changed, cut, doubled, its borders broken, its head swollen, or deep in others."""
    dice, bytes_ = random.Random(seed), bytearray(raw)
    at, length = dice.randrange(len(raw)), dice.randrange(1, len(raw) // 4)
    match seed % 9:
        case 1:
            del bytes_[at:]
        case 2:
            del bytes_[at : at + length]
        case 3:
            bytes_[at:at] = bytes_[-length:]
        case 4:  # some borders are none any more
            return b"--".join(_some(raw.split(b"\r\n--"), dice))
        case 5:
            big = dice.choice((b"X-A: " + b"a" * 300_000, b"\r\n".join([b"X-A: b"] * 3000)))
            return big + b"\r\n" + raw
        case 6:
            for _ in range(dice.choice((3, 20, 150))):
                raw = dice.choice((forwarded, lambda one: mixed(one)))(raw)
            return head() + raw
        case 7:
            lines = raw.split(b"\r\n")
            dice.shuffle(lines)
            return b"\r\n".join(lines)
        case 8:
            return (
                raw.replace(b"boundary", dice.choice((b"boundary*", b"boundry", b"boundary=;x")))
                * 3
            )
    for _ in range(dice.choice((1, 5, 60))):
        if bytes_:
            bytes_[dice.randrange(len(bytes_))] = dice.randrange(256)
    return bytes(bytes_)


def _some(pieces: list[bytes], dice: random.Random) -> list[bytes]:
    return [dice.choice((b"\r\n", b"", b"\r\n", b"\n -")) + piece for piece in pieces]


def every(_: bytes) -> Iterator[tuple[Any, ...]]:
    """Yield of each broken mail what was found in it, by kind; runs in the guarded child, as a parser does."""
    for number, raw in enumerate(MAILS):
        for seed in range(EACH):
            try:
                found = list(parts(mutated(raw, seed)))
            except RecursionError:  # the child says of such a mail that it is not in order
                found = []
            kinds = [one[0] for one in found]
            words = [one[1] for one in found if one[0] in ("file", "note")]
            yield number, seed, kinds, words
