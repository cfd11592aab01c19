"""Characters that Word draws from a symbol font by number (w:sym, 17.3.3.30)."""

from typing import Any

from models.plan.reading.text.marks import UNREADABLE
from tasks.documents.pages import SIGN
from tasks.documents.signs import is_of_formulas, is_of_signs, is_private, sign_of
from tasks.documents.word.drawn_codes import Drawn
from tasks.documents.word.names import W

UNKNOWN = "〓"  # stands in print for a character that one has not


def symbol_of(element: Any) -> Drawn:
    """Return the character that a symbol shows, or that nobody can say which."""
    font, code = element.get(f"{W}font") or "", element.get(f"{W}char") or ""
    try:
        return shown_by(font, int(code[:8], 16))
    except ValueError:
        return _unknown(font)


def shown_by(font: str, number: int) -> Drawn:
    """Return the character that a font shows by a number, or that nobody can say which."""
    if is_private(number) or number < 0x100 and is_of_signs(font):
        shown = sign_of(font, number)
        return Drawn(shown) if shown or number & 0xFF == 0x20 else _unknown(font)
    if 0x20 <= number < 0x11_0000 and not 0xD800 <= number < 0xE000:
        return Drawn(chr(number))
    return _unknown(font)


def _unknown(font: str) -> Drawn:
    return Drawn(UNKNOWN, UNREADABLE if is_of_formulas(font) else SIGN)
