"""What fonts of symbols show by a number, by the vendors' tables (Adobe Symbol, Microsoft Wingdings); the one table."""

_DIGITS = {code: chr(code) for code in range(0x30, 0x3A)}
_GREEK = dict(zip(
    (*range(0x41, 0x5B), *range(0x61, 0x7B)),
    "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ",
    strict=True,
))  # fmt: skip
_SYMBOL = _DIGITS | _GREEK | {ord(each): each for each in "!#%&()+,./:;<=>?[]_{|}"} | {
    0x2D: "−", 0x7E: "～", 0xA2: "′", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→",
    0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB5: "∝", 0xB7: "●", 0xB8: "÷",
    0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC7: "∩", 0xC8: "∪", 0xCC: "⊂", 0xCE: "∈", 0xCF: "∉",
    0xD0: "∠", 0xD6: "√", 0xD7: "·", 0xDB: "⇔", 0xDC: "⇐", 0xDE: "⇒", 0xE5: "∑",
}  # fmt: skip
_WINGDINGS = {
    0x28: "☎", 0x2A: "✉", 0x45: "☜", 0x46: "☞", 0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x70: "□",
    0x71: "□", 0x72: "□", 0x73: "◆", 0x74: "◆", 0x75: "◆", 0x76: "◆", 0x77: "◆", 0x78: "☒", 0x9E: "·",
    0x9F: "●", 0xA1: "○", 0xA2: "○", 0xA4: "◎", 0xA5: "◎", 0xA7: "■", 0xA8: "□", 0xAB: "★", 0xD8: "➢",
    0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "→", 0xF0: "⇒", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
    0xFE: "☑",
    **{0x80 + number: chr(0x245F + number) for number in range(1, 11)},
    **{0x8B + number: chr(0x2775 + number) for number in range(1, 11)},
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0x98: "●", 0xA2: "■", 0xA3: "□",
    **{0x69 + number: chr(0x245F + number) for number in range(1, 11)},
}  # fmt: skip
_WEBDINGS = {0x61: "✓", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "✗"}
_DINGBATS = {
    0x33: "✓", 0x34: "✓", 0x37: "✗", 0x38: "✗", 0x48: "★", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x72: "□",
    0x75: "◆", 0x76: "◆", 0xD4: "→",
    **{0xAB + number: chr(0x245F + number) for number in range(1, 11)},
}  # fmt: skip
# By what the name of a font begins with; the first that fits. What a table lacks nobody can say.
_TABLES: tuple[tuple[str, dict[int, str]], ...] = (
    ("wingdings2", _WINGDINGS_2),
    ("wingdings3", {}),
    ("wingdings", _WINGDINGS),
    ("webdings", _WEBDINGS),
    ("zapfdingbats", _DINGBATS),
    ("dingbats", _DINGBATS),
    ("opensymbol", _SYMBOL | _WINGDINGS),  # LibreOffice draws with it what was set in any of them
    ("symbol", _SYMBOL),
)
_PRIVATE = range(0xF000, 0xF100)  # where such fonts keep their signs


def is_of_signs(font: str) -> bool:
    """Say whether a font shows signs and no letters."""
    return _table(font) is not None


def is_of_formulas(font: str) -> bool:
    """Say whether the signs of a font mean something in a sentence, as ≥ does; others adorn."""
    return _plain(font).startswith(("symbol", "opensymbol"))


def sign_of(font: str, code: int) -> str:
    """Return the character that a font of signs shows by a code of one byte; "" when nobody can say which."""
    return (_table(font) or {}).get(code & 0xFF, "")


def usual_sign(code: int) -> str:
    """Return what a code shows in the commonest font of signs, where no font is named."""
    return _WINGDINGS.get(code & 0xFF, "")


def is_private(code: int) -> bool:
    """Say whether a character is one of those that only a font of signs can show."""
    return code in _PRIVATE


def _table(font: str) -> dict[int, str] | None:
    plain = _plain(font)
    return next((table for name, table in _TABLES if plain.startswith(name)), None)


def _plain(font: str) -> str:
    """Return the name of a font without blanks, and without the mark of a font of which a part is embedded."""
    return font.rpartition("+")[2].lower().replace(" ", "").replace("-", "")
