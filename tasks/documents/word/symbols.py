"""Characters that Word draws from a symbol font by number (w:sym, 17.3.3.30)."""

from typing import Any

from tasks.documents.word.names import W

# Fonts of symbols put their characters at 0xF000 and above; those that mean something in a sentence,
# by the vendors' tables (Adobe Symbol, Microsoft Wingdings).
_SYMBOL = {
    0x25: "%", 0x2B: "+", 0x2D: "−", 0x3C: "<", 0x3D: "=", 0x3E: ">", 0x7E: "～", 0xA3: "≤", 0xA5: "∞", 0xAE: "→",
    0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB7: "●", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…",
    0xD7: "·", 0xDE: "⇒",
}  # fmt: skip
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0x74: "◆", 0x75: "◆", 0x76: "◆", 0x77: "◆",
    0x9F: "●", 0xA1: "○", 0xA8: "□", 0xA7: "■", 0xAB: "★", 0xD8: "➢", 0xE0: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
    0xFE: "☑", **{0x80 + number: chr(0x245F + number) for number in range(1, 11)},
}  # fmt: skip


def symbol_of(element: Any) -> str:
    """Return the character that a symbol shows; "" when nobody can say which."""
    code = element.get(f"{W}char") or ""
    try:
        number = int(code[:8], 16)
    except ValueError:
        return ""
    return shown_by(element.get(f"{W}font") or "", number)


def shown_by(font: str, number: int) -> str:
    """Return the character that a font shows by a number; "" when nobody can say which."""
    font = font.lower()
    table = _SYMBOL if font.startswith("symbol") else _WINGDINGS if "wingdings" in font else {}
    if 0xF000 <= number <= 0xF0FF or number < 0x100 and table:
        plain = number & 0xFF
        return table.get(plain, chr(plain) if 0x30 <= plain < 0x3A and table is _SYMBOL else "")
    return chr(number) if 0x20 <= number < 0x11_0000 and not 0xD800 <= number < 0xE000 else ""
