"""Numbers are written as the paper shows them, and a hostile one costs nothing."""

import pytest

from tasks.documents.counters import MOST, written


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        ("chineseCountingThousand", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "一百"}),
        ("chineseCountingThousand", {101: "一百零一", 110: "一百一十", 1001: "一千零一", 10010: "一万零一十"}),
        ("chineseCounting", {0: "〇", 10: "十", 21: "二十一", 100: "一〇〇"}),
        ("taiwaneseCounting", {10: "十", 19: "十九", 20: "二十"}),
        ("taiwaneseCountingThousand", {10: "十", 105: "一百零五", 10000: "一萬"}),
        ("japaneseCounting", {1: "一", 10: "十", 100: "百", 101: "百一", 120: "百二十"}),
        ("ideographDigital", {1: "一", 10: "一〇", 12: "一二"}),
        ("chineseLegalSimplified", {1: "壹", 2: "贰", 3: "叁", 10: "壹拾", 20: "贰拾", 101: "壹佰零壹"}),
        ("ideographLegalTraditional", {2: "貳", 3: "參", 6: "陸", 10: "壹拾", 11: "壹拾壹"}),
        ("ideographTraditional", {1: "甲", 2: "乙", 3: "丙", 10: "癸", 11: "11"}),
        ("ideographZodiac", {1: "子", 2: "丑", 12: "亥", 13: "13"}),
        ("ideographZodiacTraditional", {1: "甲子", 60: "癸亥", 61: "61"}),
        ("upperRoman", {1: "I", 4: "IV", 9: "IX", 40: "XL", 99: "XCIX"}),
        ("lowerRoman", {3: "iii", 8: "viii"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA", 28: "BB", 53: "AAA"}),
        ("lowerLetter", {0: "", 1: "a", 27: "aa", 780: "z" * 30, 781: "a"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedCircleChinese", {10: "⑩", 0: "0"}),
        ("decimalEnclosedParen", {1: "⑴", 20: "⒇", 21: "21"}),
        ("decimalEnclosedFullstop", {1: "⒈", 20: "⒛"}),
        ("ideographEnclosedCircle", {1: "㊀", 10: "㊉", 11: "11"}),
        ("decimalFullWidth", {1: "１", 10: "１０"}),
        ("aiueo", {1: "ｱ", 46: "ﾝ", 47: "47"}),
        ("aiueoFullWidth", {1: "ア", 6: "カ", 46: "ン"}),
        ("iroha", {1: "ｲ", 2: "ﾛ"}),
        ("irohaFullWidth", {1: "イ", 47: "ス", 48: "ン", 49: "49"}),
        ("ganada", {1: "가", 14: "하", 15: "15"}),
        ("chosung", {1: "ㄱ", 14: "ㅎ"}),
        ("decimalZero", {1: "01", 9: "09", 10: "10", 100: "100"}),
        ("numberInDash", {1: "- 1 -"}),
        ("ordinal", {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 21: "21st", 112: "112th"}),
        ("hex", {10: "A", 16: "10"}),
        ("none", {1: ""}),
        ("a format of the future", {7: "7"}),
    ],
)  # fmt: skip
def test_a_number_is_written_as_word_prints_it(kind, numbers):
    assert {value: written(value, kind) for value in numbers} == numbers


@pytest.mark.parametrize("value", [-1, 10**12])
@pytest.mark.parametrize("kind", ["upperRoman", "lowerLetter", "chineseCountingThousand", "hex"])
def test_a_hostile_number_stays_short(kind, value):
    assert written(value, kind) == written(max(0, min(value, MOST)), kind)
    assert len(written(value, kind)) < 100
