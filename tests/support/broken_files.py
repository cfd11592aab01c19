"""Files broken in every way, the same for the same seed."""

import random


def broken(content: bytes, seed: int) -> bytes:
    """Return a file with bytes changed, cut off, doubled or put elsewhere, the same for the same seed."""
    dice, raw = random.Random(seed), bytearray(content)
    for _ in range(dice.choice((1, 3, 30))):
        raw[dice.randrange(len(raw))] = dice.randrange(256)
    at, length = dice.randrange(len(raw)), dice.randrange(1, max(2, len(raw) // 8))
    match seed % 5:
        case 1:
            del raw[at:]
        case 2:
            del raw[at : at + length]
        case 3:
            raw[at:at] = raw[:length]
        case 4:
            raw[at : at + length] = bytes(length)
    return bytes(raw)
