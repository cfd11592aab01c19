"""What the codes of a PDF's letters show: bullets of symbol fonts, radicals, ligatures; the one table.

Full-width marks and all other characters stay what they are.
"""

import unicodedata

from tasks.documents.signs import is_of_signs, sign_of, usual_sign

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
# Fonts of symbols put their characters at U+F020 to U+F0FF; one that no table knows is a bullet.
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
    plain = code & 0xFF
    if is_of_signs(font):
        return sign_of(font, plain) or _BULLET
    # A font of letters that is encoded like a font of symbols: U+F031 is its 1.
    named = 0x20 < plain < 0x7F and _is_named(font)
    return chr(plain) if named else usual_sign(plain) or _BULLET


def _is_named(font: str) -> bool:
    return any(letter.isalpha() for letter in font.split("+")[-1])
