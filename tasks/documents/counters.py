"""Numbers as Word and web pages write them: 一 壹 甲 子 ア I i A a ① 01 １, by the name of the format.

The names are Word's (ECMA-376 17.18.59, ST_NumberFormat). What a format has no sign for is written in
Arabic digits, as Word does.
"""

from collections.abc import Callable, Sequence

MOST = 32_767  # the largest number that Word counts to; a larger one in a file is hostile
LETTERS_AGAIN = 30  # after Z come AA, BB; after thirty of one letter Word starts anew

_DIGITS = "〇一二三四五六七八九"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def written(value: int, kind: str) -> str:
    """Return ``value`` in the number format ``kind``; of an unknown one, in Arabic digits."""
    value = max(0, min(value, MOST))
    write = _FORMATS.get(kind)
    return write(value) if write is not None else str(value)


def _counting(
    digits: str, units: str, one_ten: bool = False, zero: str = "零"
) -> Callable[[int], str]:
    """Return a writer of 一百零五; ``one_ten``: 10 is 一十. Units are of ten, hundred, thousand, 万."""

    def write(value: int) -> str:
        if value == 0:
            return digits[0]
        if value >= 10_000:
            high, low = divmod(value, 10_000)
            gap = zero if 0 < low < 1000 else ""
            return write(high) + units[3] + gap + (tail(low, True) if low else "")
        return tail(value, one_ten)

    def tail(value: int, whole: bool) -> str:
        if not whole and 10 <= value < 20:
            return units[0] + (digits[value % 10] if value % 10 else "")
        words, gap = "", False
        for power, unit in ((1000, units[2]), (100, units[1]), (10, units[0]), (1, "")):
            digit = value // power % 10
            if digit:
                words += (zero if gap and words else "") + digits[digit] + unit
            gap = not digit
        return words

    return write


def _japanese(digits: str, units: str) -> Callable[[int], str]:
    """Return a writer of 百五: no 零 between, and no 一 before a unit."""

    def write(value: int) -> str:
        if value == 0:
            return digits[0]
        words = ""
        if value >= 10_000:
            high, value = divmod(value, 10_000)
            words = digits[high] + units[3]
        for power, unit in ((1000, units[2]), (100, units[1]), (10, units[0]), (1, "")):
            digit = value // power % 10
            if digit:
                words += (digits[digit] if digit > 1 or power == 1 else "") + unit
        return words

    return write


def _digit_by_digit(value: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(value))


def _to_hundred(value: int) -> str:
    """Return 九十九, and from 100 on digit by digit: 一〇〇."""
    return _THOUSAND(value) if value < 100 else _digit_by_digit(value)


def _signs(signs: Sequence[str]) -> Callable[[int], str]:
    """Return a writer of signs that end somewhere; behind their end are Arabic digits."""
    return lambda value: signs[value - 1] if 0 < value <= len(signs) else str(value)


def _letter(value: int, first: str) -> str:
    if value == 0:
        return ""
    again, at = divmod(value - 1, 26)
    return chr(ord(first) + at) * (again % LETTERS_AGAIN + 1)


def _roman(value: int) -> str:
    words = ""
    for worth, sign in _ROMAN:
        count, value = divmod(value, worth)
        words += sign * count
    return words


def _ordinal(value: int) -> str:
    teens = value % 100 in (11, 12, 13)
    return f"{value}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"


def _run(first: str, count: int) -> str:
    return "".join(chr(ord(first) + at) for at in range(count))


_THOUSAND = _counting(_DIGITS, "十百千万")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_SYLLABLES = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
_HALF_WIDTH = str.maketrans(
    _SYLLABLES,
    "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ",
)
_CIRCLED = _signs(_run("①", 20))

_FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda value: "",
    "chineseCountingThousand": _THOUSAND,
    "taiwaneseCountingThousand": _counting(_DIGITS, "十百千萬"),
    "chineseCounting": _to_hundred,
    "taiwaneseCounting": _to_hundred,
    "koreanDigital2": _digit_by_digit,
    "ideographDigital": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "japaneseCounting": _japanese(_DIGITS, "十百千万"),
    "japaneseLegal": _counting("〇壱弐参四伍六七八九", "拾百阡萬", True, ""),
    "chineseLegalSimplified": _counting("零壹贰叁肆伍陆柒捌玖", "拾佰仟万", True),
    "ideographLegalTraditional": _counting("零壹貳參肆伍陸柒捌玖", "拾佰仟萬", True),
    "ideographTraditional": _signs(_STEMS),
    "ideographZodiac": _signs(_BRANCHES),
    "ideographZodiacTraditional": _signs(
        [_STEMS[at % 10] + _BRANCHES[at % 12] for at in range(60)]
    ),
    "ideographEnclosedCircle": _signs(_run("㊀", 10)),
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedFullstop": _signs(_run("⒈", 20)),
    "decimalEnclosedParen": _signs(_run("⑴", 20)),
    "aiueo": _signs(_SYLLABLES.translate(_HALF_WIDTH)),
    "aiueoFullWidth": _signs(_SYLLABLES),
    "iroha": _signs(_IROHA.translate(_HALF_WIDTH)),
    "irohaFullWidth": _signs(_IROHA),
    "ganada": _signs("가나다라마바사아자차카타파하"),
    "chosung": _signs("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"),
    "decimalFullWidth": lambda value: str(value).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda value: str(value).translate(_FULL_WIDTH),
    "decimalZero": lambda value: f"{value:02}",
    "numberInDash": lambda value: f"- {value} -",
    "hex": lambda value: f"{value:X}",
    "ordinal": _ordinal,
    "upperLetter": lambda value: _letter(value, "A"),
    "lowerLetter": lambda value: _letter(value, "a"),
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
}
