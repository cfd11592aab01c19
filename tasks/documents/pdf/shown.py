"""What the codes of a PDF's letters show: bullets of symbol fonts, radicals, ligatures; the one table.

Full-width marks and all other characters stay what they are.
"""

import unicodedata

# Radicals without a compatibility mapping, and the character each stands for (Unicode 15,
# EquivalentUnifiedIdeograph.txt): a font maps the shape of 长 to either code.
_RADICALS = (
    "⺁⺂⺃⺄⺅⺆⺈⺉⺊⺋⺌⺍⺎⺏⺐⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺫⺬⺭⺯⺰⺱⺲⺳⺴⺶⺹⺺⺻⺼⺾⺿⻀"
    "⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
_STANDS_FOR = (
    "厂乛乚乙亻冂刀刂卜㔾小小兀尣尢巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王目示礻糹纟罓罒㓁冗羊耂肀聿肉艹艹艹"
    "虎衤覀西见角讠贝车辶辶辶邑钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
# Fonts of symbols put their characters at U+F020 to U+F0FF, by the vendors' tables (Adobe Symbol,
# Microsoft Wingdings, Wingdings 2); any other is a bullet.
_SYMBOL = {
    0x25: "%", 0x2B: "+", 0x2D: "−", 0x3C: "<", 0x3D: "=", 0x3E: ">", 0x7E: "～", 0xA3: "≤", 0xA5: "∞",
    0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈",
    0xBC: "…", 0xD7: "·", 0xDE: "⇒",
    **{code: chr(code) for code in range(0x30, 0x3A)},
}  # fmt: skip
_WINGDINGS = {
    0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0x74: "◆", 0x75: "◆", 0x76: "◆", 0x77: "◆",
    0xA1: "○", 0xA7: "■", 0xA8: "□", 0xAB: "★", 0xD8: "➢", 0xE0: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
    0xFE: "☑",
    **{0x80 + number: chr(0x245F + number) for number in range(1, 11)},
}  # fmt: skip
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA2: "■", 0xA3: "□"}
_BULLET = "●"

_SHOWN: dict[int, str] = {
    code: unicodedata.normalize("NFKC", chr(code))
    for first, last in ((0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0xFB00, 0xFB06), (0x2F800, 0x2FA1D))
    for code in range(first, last + 1)
}
_SHOWN.update({ord(a): b for a, b in zip(_RADICALS, _STANDS_FOR, strict=True)})


def as_shown(text: str, font: str) -> str:
    """Return what ``text``, the text of one letter in ``font``, shows to a reader."""
    if text < "\u2e80":
        return text
    if "\uf020" <= text[0] <= "\uf0ff":
        return "".join(_symbol(ord(letter), font) for letter in text)
    return text.translate(_SHOWN)


def _symbol(code: int, font: str) -> str:
    plain, font = code & 0xFF, font.lower().replace(" ", "").replace("-", "")
    if "wingdings2" in font:
        return _WINGDINGS_2.get(plain, _BULLET)
    if "opensymbol" in font:  # LibreOffice draws with it what was set in any of them
        return _WINGDINGS.get(plain) or _SYMBOL.get(plain, _BULLET)
    if any(name in font for name in ("wingdings", "webdings", "dingbats")):
        return _WINGDINGS.get(plain, _BULLET)
    if "symbol" in font:
        return _SYMBOL.get(plain, _BULLET)
    # A font of letters that is encoded like a font of symbols: U+F031 is its 1.
    return chr(plain) if 0x20 < plain < 0x7F and _is_named(font) else _guess(plain)


def _is_named(font: str) -> bool:
    return any(letter.isalpha() for letter in font.split("+")[-1])


def _guess(plain: int) -> str:
    return _WINGDINGS.get(plain, _BULLET)
