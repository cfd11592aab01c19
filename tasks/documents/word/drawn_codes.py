"""What fields show that hold no result: their own code says it, or their properties (17.16.5)."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from tasks.documents.pages import PLACEHOLDER
from tasks.documents.signs import sign_of
from tasks.documents.word.formulas import ANY, SUMS
from tasks.documents.word.lists import is_on
from tasks.documents.word.names import VALUE, W

MOST_NESTED = 20  # parts of a formula within parts
LONGEST = 2_000  # letters of a code; a longer one shows nothing
_CODE = re.compile(r"\s*(EQ|MACROBUTTON|GOTOBUTTON|SYMBOL|QUOTE)\b(.*)", re.IGNORECASE | re.DOTALL)
# A character in a ring, which Word and WPS draw by a field: eq \o\ac(○,1)
_RING = re.compile(r"\s*\\o\s*\\ac\s*\(\s*[○◯〇]\s*[,，;]\s*(\w{1,3})\s*\)", re.IGNORECASE)
_RINGED = {str(number): chr(0x245F + number) for number in range(1, 21)}
_FRAME = re.compile(
    r"(\\o\s*\\ac\s*\()\s*[○◯〇□△◇▲■◆●]\s*[,，;]", re.IGNORECASE
)  # around a character
_READING = re.compile(
    r"(\\o\s*\\a[a-z]\s*\()\s*\\s\s*\\up\s*[\d.]*\s*\([^()\u4e00-\u9fff]*\)\s*[,，;]", re.IGNORECASE
)
_FRACTION = re.compile(r"\\f\s*\(([^()]*)[,，;]([^()]*)\)", re.IGNORECASE)
_ROOT = re.compile(r"\\r\s*\((?:([^(),;，]*)[,，;])?([^()]*)\)", re.IGNORECASE)
_SWITCH = re.compile(r"\\\*\s*(?:\"[^\"]*\"|\w+)|\\[a-z]+[ \t]*[\d.]*", re.IGNORECASE)
_BRACKET = re.compile(r"\\[blr]c\s*\\.", re.IGNORECASE)  # drawn around, whatever its sign
_ESCAPED = re.compile(r"\\([(),;\\])")
_INNERMOST = re.compile(r"\(([^()]*)\)")
_BETWEEN = re.compile(r"[ \t]*[,;][ \t]*")
_KEPT = {",": "\ue000", ";": "\ue001", "(": "\ue002", ")": "\ue003", "\\": "\ue004"}
_ASKS = re.compile(r"\s*(?:[\[【<《]|单击|点击|请|键入|输入|双击)")
_QUOTED = re.compile(r"\"([^\"]*)\"|“([^”]*)”|(\S+)")
_NUMBER = re.compile(r"\s*(0x[0-9a-f]{1,6}|[0-9]{1,7})", re.IGNORECASE)
_FONT = re.compile(r"\\f\s*\"?([^\"\\]+)", re.IGNORECASE)


class Drawn(NamedTuple):
    """What is shown and stands nowhere as text; with a reason, what cannot be shown."""

    text: str = ""
    why: str = ""


def drawn_by(code: str, begin: Any) -> Drawn:
    """Return what a field without a result shows, whose first mark is ``begin``."""
    said = begin.find(f"{W}ffData")
    if said is not None:
        return Drawn(_chosen_in(said) or _checked(said))
    found = _CODE.match(code) if len(code) <= LONGEST else None
    return _SHOWN[found[1].upper()](found[2]) if found else Drawn()


def _formula(code: str) -> Drawn:
    """Return the letters of a formula in their order: signs one over another, a fraction as a/b."""
    if ring := _RING.match(code):
        return Drawn(_RINGED.get(ring[1], ring[1]))
    text = _ESCAPED.sub(lambda found: _KEPT[found[1]], _BRACKET.sub("", code))
    text = _FRAME.sub(r"\1", _READING.sub(r"\1", text))
    text = _ROOT.sub(lambda found: f"({found[1] or ''}√{_in_brackets(found[2], ANY)})", text)
    text = _SWITCH.sub("", _FRACTION.sub(_over, text))
    for _ in range(MOST_NESTED):
        text, changed = _INNERMOST.subn(lambda found: _BETWEEN.sub("", found[1]), text)
        if not changed:
            break
    for sign, kept in _KEPT.items():
        text = text.replace(kept, sign)
    return Drawn(text.strip())


def _over(found: re.Match[str]) -> str:
    return f"({_in_brackets(found[1], SUMS)}/{_in_brackets(found[2], ANY)})"


def _in_brackets(part: str, signs: re.Pattern[str]) -> str:
    return f"{_KEPT['(']}{part.strip()}{_KEPT[')']}" if signs.search(part) else part


def _button(code: str) -> Drawn:
    """Return the words of a button, behind the name of what it calls; most ask for something to be typed."""
    words = code.strip().partition(" ")[2].strip()
    return Drawn(words, PLACEHOLDER if _ASKS.match(words) else "")


def _sign(code: str) -> Drawn:
    number, font = _NUMBER.match(code), _FONT.search(code)
    if number is None:
        return Drawn()
    value = int(number[1], 0) if number[1].lower().startswith("0x") else int(number[1])
    shown = sign_of(font[1].strip(), value) if font and value < 0x100 else ""
    if not shown and 0x20 <= value < 0x11_0000 and not 0xD800 <= value < 0xE000:
        shown = chr(value)
    return Drawn(shown)


def _quoted(code: str) -> Drawn:
    found = _QUOTED.match(code.strip())
    return Drawn((found[1] or found[2] or found[3] or "") if found else "")


_SHOWN: dict[str, Callable[[str], Drawn]] = {
    "EQ": _formula,
    "MACROBUTTON": _button,
    "GOTOBUTTON": _button,
    "SYMBOL": _sign,
    "QUOTE": _quoted,
}


def _chosen_in(said: Any) -> str:
    """Return what a list to choose from shows, which stands nowhere but in its properties (17.16.9)."""
    choices = said.find(f"{W}ddList")
    if choices is None:
        return ""
    entries = [each.get(VALUE) or "" for each in choices.iterfind(f"{W}listEntry")]
    for name in ("result", "default"):
        chosen = choices.find(f"{W}{name}")
        number = chosen.get(VALUE) or "" if chosen is not None else ""
        if number.isascii() and number.isdecimal() and int(number[:5]) < len(entries):
            return entries[int(number[:5])]
    return entries[0] if entries else ""


def _checked(said: Any) -> str:
    """Return the box of a choice with its cross, if it has one (17.16.7)."""
    box = said.find(f"{W}checkBox")
    if box is None:
        return ""
    own = box.find(f"{W}checked")
    return "☑" if is_on(own if own is not None else box.find(f"{W}default")) else "□"
