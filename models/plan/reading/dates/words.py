"""Words of dates and what they mean: parts of months and years, festivals, five-year plans."""

from collections.abc import Mapping

from models.calendar.festivals import NAMES
from models.plan.reading.text.numerals import TEN, read_integer
from models.plan.reading.text.patterns import pattern, quoted

# Part of a month -> first day, last day (0 is the last of the month), in the words of the conventions.
PARTS = {
    "初": (1, 10),
    "上旬": (1, 10),
    "月初": (1, 10),
    "中旬": (11, 20),
    "中": (11, 20),
    "月中": (11, 20),
    "下旬": (21, 0),
    "底": (0, 0),
    "末": (0, 0),
    "月底": (0, 0),
    "月末": (0, 0),
    "上半月": (1, 15),
    "下半月": (16, 0),
    "上中旬": (1, 20),
    "中下旬": (11, 0),
    None: (1, 0),
}
EXACT = {None, "上旬", "中旬", "下旬", "底", "末", "月底", "月末", "上半月", "下半月"}
# Part of a year -> first month, months, first day, last day.
YEAR_PARTS = {
    "年底": (12, 1, 31, 31),
    "年末": (12, 1, 31, 31),
    "年终": (12, 1, 31, 31),
    "底": (12, 1, 31, 31),
    "末": (12, 1, 31, 31),
    "岁末": (12, 1, 31, 31),
    "年初": (1, 1, 1, 10),
    "初": (1, 1, 1, 10),
    "年中": (6, 1, 30, 30),
    "中": (6, 1, 30, 30),
    "全年": (1, 12, 1, 31),
    "年内": (1, 12, 1, 31),
    "内": (1, 12, 1, 31),
}
VAGUE = "年中、月中、年初等说法没有确切日期"
# Part of a quarter -> months after its first, first day, last day, why it is doubtful.
QUARTER_PARTS: Mapping[str | None, tuple[int, tuple[int, int], str]] = {
    "末": (2, (0, 0), ""),
    "底": (2, (0, 0), ""),
    "首月": (0, (1, 0), ""),
    "末月": (2, (1, 0), ""),
    "尾月": (2, (1, 0), ""),
    "初": (0, (1, 10), VAGUE),
    "中": (1, (1, 0), VAGUE),
    "中期": (1, (1, 0), VAGUE),
}
OF_A_NAMED_YEAR = {"底", "末", "初", "中", "内"}  # these say nothing alone
VAGUE_PARTS = {"年初", "初", "年中", "中", "年终"}

# Words for a year -> years after, and whether they count from the issue or from the date before.
RELATIVE: Mapping[str, tuple[int, bool]] = {
    "次年": (1, False),
    "翌年": (1, False),
    "第二年": (1, False),
    "下一年": (1, False),
    "下年": (1, False),
    "明年": (1, True),
    "来年": (1, False),
    "后年": (2, True),
    "当年": (0, False),
    "同年": (0, False),
    "本年": (0, True),
    "今年": (0, True),
}

# Names that are a festival only with 节 (劳动 is a word), and numbers that are one only before their day.
_WITH_FEAST = "劳动|妇女|青年|儿童|教师|记者|建军|建党|植树"
_NUMBERED = "五一|十一|三八|五四|六一|八一|七一"
_KNOWN_BY_NAME = "|".join(
    sorted((n for n in NAMES if n not in f"{_WITH_FEAST}|{_NUMBERED}".split("|")), key=len)[::-1]
)
_HOLIDAY = "(?:节日|节|假期|假日|长假|小长假|放假)"
_ONE = (
    f"[“]?(?:(?:{_KNOWN_BY_NAME})[”]?{_HOLIDAY}?|(?:国际)?(?:{_WITH_FEAST})[”]?节"
    f"|(?:{_NUMBERED})[”]?(?:(?:国际)?(?:{_WITH_FEAST})?{_HOLIDAY}|(?=之前|以前|前|[至到—（]|起|开始|期间|[以之]?后|[、和及]?[“]?(?:{_KNOWN_BY_NAME}|{_NUMBERED}))))"
)
_ANY_NAME = f"{_KNOWN_BY_NAME}|{_NUMBERED}|{_WITH_FEAST}"
FESTIVALS = f"(?P<festivals>{_ONE}(?:[、和及暨]?{_ONE})*)"


def festivals_in(words: str) -> tuple[str, ...]:
    """Return the names of the festivals in words that ``FESTIVALS`` matched."""
    return tuple(found[0] for found in pattern(_ANY_NAME).finditer(words))


# “十四五”末, “八五”普法规划期末. Sources: the outlines of the five-year plans (第十四个: 2021 to 2025), and the
# centre's five-year plans of law publicity (一五: 1986 to 1990; 八五: 2021 to 2025).
FIVE_YEARS = (
    r"[“]?(?:(?P<economic>十{一})五[”]?|(?P<publicity>{一})五[”]?普法)"
    r"(?:规划|计划)?(?P<opening>(?:期间|时期)?的?(?:开局(?:起步)?之?年|起步之年|第[一1]年|首年|头一年)(?P<first>年?[底末])?)?(?P<close>(?:期|时期|实施期|规划期)?(?:末期?|期末|底|结束|收官之?年?))?(?:期间|时期|期内)?"
)
_ENDED_BEFORE = {"economic": 1955, "publicity": 1985}  # the year that "plan 0" would have ended


def last_year_of(kind: str, number: int) -> int:
    """Return the last year of a five-year plan: (economic, 14) and (publicity, 8) -> 2025."""
    return _ENDED_BEFORE[kind] + 5 * number


# What stands around a period: in front of it, behind its start, in place of a start or of an end.
FROM = r"(?:自|从|由|于)?"
STARTS = r"起|开始|启动|以后|之后|以来|后"
NOW = r"(?:自|从)?(?:即日|现在|目前|方案印发之日|本方案印发之日|印发之日|发文之日|发布之日|通知印发之日|文件印发之日|下发之日)(?:起|开始)?|立即启动|立即开始|立即"
ONGOING = r"长期坚持|持续推进|常态化?(?:推进|开展|坚持)?|长期(?:推进|开展)?|持续(?:开展|坚持|深化|巩固)?|贯穿(?:始终|全程|全过程)|全程|常年"
ISSUE = r"(?:自|从)?(?:本)?(?:实施|工作|行动)?{本件}?(?:正式)?(?:印发|下发|发布|公布|发文|施行)(?:之日)?(?:起|后|以后|之后|之日起)?"
WITHIN = r"(?P<count>{N}|半)(?P<unit>个?{周期}|个?自然日)(?:之内|以内|内)"
TO = r"(?:[—]{1,3}(?:至|到)?|至|到|直到|直至|截至)"
DOTTED_DAY = (
    r"\d{1,2}\.\d{1,2}(?=[—至到和、或，；：。）日前]|$)"  # 3.15—4.20 where a date is looked for
)
BEFORE = r"(?:之前|以前|前(?![后期列]))"  # 前后 is around, 前期 the beginning
# …behind the hour, the day of the week or its name: 12月10日（周四）17时前, 12月4日国家宪法日前.
BEFORE_AN_HOUR = rf"(?:（[^（）]{{1,8}}）)?(?P<beside>[“]?(?:(?:(?![至到直和及与后起前]){{H}}){{1,6}}[节日]|元旦|春节|中秋|端午|清明|国庆|五一|除夕)[”]?)?(?:[上下中]午)?(?:\d{{1,2}}[时点：](?:\d{{2}}分?)?|下班)?{BEFORE}"

# Words in place of a date that is not set yet.
NOT_YET = r"另行(?:通知|确定|安排)|待定|待通知|为准(?!备)|按.{0,10}{另定}|视情|见附件|见附表|详见|根据.{0,12}{另定}"

# What a deadline may hang on that has no day of its own; each year another or each place.
NO_FIXED_DAY = (
    r"(?:全国|{区划})?[“]?两会[”]?|主?汛期|[暑寒]假|[暑寒]期|开学|春耕|秋收|春运|高考|中考|供暖季?|采暖季?|入冬|冬季|夏季|雨季"
    r"|防火期|旅游旺季|元旦春节|[“]?(?:两节|双节)[”]?|上级验收|省级验收|迎检|检查组到来|换届"
)
# Terms and seasons: 2026年春季学期末, 2026—2027学年第一学期, 新学期开学前, 2026年秋季.
TERMS = (
    r"(?:\d{4}(?:[—]{1,2}\d{4})?年?|[今明本去次]年|当年)?(?:学年)?(?:"
    r"(?P<season>[春秋夏冬]季)(?!度|运动|行动)|(?=[新本下上第每]?[一二]?个?学[期年]|[上下]学期|开学))"
    r"(?P<term>[新本下上第每]?[一二]?个?(?:学[期年]|开学))?(?:开学|初|中|末|底|内|期末|期间|结束)*(?:之前|以前|前)?"
)
VAGUE_EVENT = rf"(?:\d{{4}}年|[今明]年)?(?:{NO_FIXED_DAY})[”]?(?:来临|到来|开始|召开|举行)?{BEFORE}"


def no_fixed_day(words: str) -> str:
    """Return why an event is no deadline: 汛期前."""
    return f"{quoted(words)}没有固定的日子，请写明日期"


_DIGITS = str.maketrans(
    {**dict.fromkeys("〇零○oOＯ", "0"), **{one: str(at) for at, one in enumerate(TEN[:9], 1)}}
)


def read_year(text: str) -> int | None:
    """Return 2025 for 2025 and 二〇二五."""
    plain = text.translate(_DIGITS)
    return int(plain) if plain.isdecimal() and len(plain) == 4 else None


def day_of_month(text: str) -> int:
    """Return the number a day is written as, 0 for none: 廿一 -> 21."""
    return read_integer(text.replace("廿", "二十").replace("卅", "三十")) or 0
