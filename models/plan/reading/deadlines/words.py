"""Where a deadline begins in a text, and the words that stand in place of one."""

from models.plan.reading.dates.words import (
    BEFORE,
    FESTIVALS,
    FIVE_YEARS,
    NO_FIXED_DAY,
    ONGOING,
    RELATIVE,
    VAGUE_EVENT,
)
from models.plan.reading.text.patterns import pattern

LONGEST_CLAUSE = 40

_YEAR = rf"(?:(?:19|20)\d{{2}}年度?|[2-4]\d年(?=\d{{1,2}}月)|[一二]{{〇}}{{3}}年度?|(?:{'|'.join(RELATIVE)})度?)"
_LISTED = r"\d{1,2}[—至到](?=\d{1,2}月)|上[、和及与](?=下半年)|(?:\d{1,2}[、和及与])+(?=\d{1,2}月)|(?:第?[{四}1-4][、和及与至到—])+(?=第?[{四}1-4]季度)"
_MOON = r"(?:农历|阴历)(?:[正冬腊\d{一}]{1,3}月|年[底末]|岁末)"
_IN_YEAR = (
    rf"{_LISTED}|{_MOON}|"
    + r"(?:\d{1,2}|[{一}元正]{1,3})月份?|[本下]个?(?:月|季度)(?=[\d底末内上中下])|第?[{四}1-4]季度|[上下]半年|年[底末终内]"
)
_UNNAMED = FESTIVALS.replace("?P<festivals>", "?:")
_FIVE = FIVE_YEARS.replace("?P<economic>", "?:").replace("?P<publicity>", "?:")
_FIVE = _FIVE.replace("?P<close>", "?:").replace("?P<opening>", "?:").replace("?P<first>", "?:")
# Where a deadline can begin; none within a number or a longer word (一年内, 二十四日).
_BEHIND = r"(?<![\d{一}半两几数多])"
_NAMED = rf"{_YEAR}[底末内]|(?:{_YEAR})?(?:{_IN_YEAR}|{_UNNAMED})|{_FIVE}|(?={VAGUE_EVENT})(?:{NO_FIXED_DAY})"
WHEN = rf"{_BEHIND}(?:{_NAMED}|{_YEAR}|(?:19|20)\d{{2}}[./]\d{{1,2}}(?!\d)|(?<!\.)\d{{1,2}}\.\d{{1,2}}(?=[日号]?{BEFORE}))"
# In running text only words that say it is a deadline.
_DONE = r"(?:全部|全面|基本|按期|如期)?{做成}(?!了|情况|后|的|率)"
_A_FACT = "后|未|已|尚|形成|竣工|遗留|发生|出生|欠|[建组]成的|[成设]立的"  # behind 前: 2024年底前形成的积案
_AT_THE_LATEST = "(?:(?<=不迟于)|(?<=不晚于)|(?<=最迟于)|(?<=最迟)|(?<=最晚))"
_BEHIND_IT = "|".join(
    (
        rf"[^，。；、（）]{{0,8}}?(?:（[^（）]{{1,8}}）[^，。；、（）]{{0,6}}?)?{BEFORE}(?!{_A_FACT})",
        r"(?(last)|(?!))",  # 不迟于12月10日
        r"(?(until)[底末]?(?<=[底末])(?=，|实现|达)|(?!))",  # 到2027年底，
        rf"[^，。；、（）]{{0,6}}?(?P<done>(?={_DONE}))",
    )
)
DUE_BY = (
    rf"{_BEHIND}(?:{_YEAR}内|年内|(?P<whole>{_YEAR}(?={BEFORE}(?!{_A_FACT}))))(?=[^，。；]{{0,12}}{{完成于}})"
    rf"|(?P<last>{_AT_THE_LATEST})?(?P<until>(?<=到))?{_BEHIND}(?:{_NAMED})(?:{_BEHIND_IT})"
)
# Without one of these in it a text is not searched: as most are not.
SIGNS = (
    "前",
    "年内",
    "度内",
    "月完",
    "份完",
    "底完",
    "日完",
    "旬完",
    "末完",
    "月建",
    "底建",
    "底全",
    "月全",
    "底基",
    "月基",
    "迟",
    "晚",
    "底，",
    "末，",
    "底实现",
)
_TIME_OF_A_YEAR = r"(?:\d{1,2}月份?(?:\d{1,2}[日号]|[上中下]旬|[底末初])?|\d{1,2}[日号]|[上下]半年|第?{四}季度|年[底中末])"
# …and of a list every date: 每年6月底前、12月底前.
REPEATED = rf"每(?:个)?[年月季周旬日天半度]{{0,3}}(?:的|于|在)?(?:{_TIME_OF_A_YEAR}(?:{BEFORE})?(?:、|，?以及|[和及与]))*$"
# What may stand in front of a deadline within its clause.
LEAD_IN = r"^(?:并|再|应|须|需|要|务必|{力求}|保证|原则上|最迟|最晚|限|于|在|至|到|截至|截止|计划|预计|其中|分别|首批|时限|完成|时间|为|是|和|及|与|以及|：){0,5}$"
NOT_YET = r"另行(?:通知|确定|安排)|待定|待通知|为准|按.{0,10}{另定}|视情|见附件|见附表|详见|根据.{0,12}{另定}"
BLANK = r"^(?:[—／/\\一]{1,4}|无|空)$"  # a cell that is crossed out
AT_ONCE = r"立行立改|即知即改|即行即改|即查即改|边查边改|立即|马上|尽快|及时|随时|近期"
CERTAIN = rf"(?:{BEFORE}|[底末内终])$"

# A clause of a list of units that says until when, and words that say so without a date.
_TIME_CLAUSE = rf"^[^，；。、]{{0,6}}?(?:{WHEN})(?:$|[^，；。]*?(?:[前底末内旬日号月季完起至—]|推进|实施|开展|落实))"
_TIMELESS = rf"^(?:{ONGOING}|全年|待定|另行通知|{AT_ONCE})|^(?:时间|时限)?(?:按|以|根据).*(?:要求|通知|为准)的?(?:时间|时限)?$"


def deadline_in_list(text: str) -> str | None:
    """Return the clauses of a list of units that say until when: 市司法局牵头，6月底前摸排，9月底前整治."""
    clauses = pattern(r"[，；。（）]").split(text)
    said = [c for c in clauses if len(c) <= LONGEST_CLAUSE and _says_when(c)]
    return "，".join(dict.fromkeys(said)) or None


def _says_when(clause: str) -> bool:
    dated = pattern(r"[年月季半节前末]").search(clause) and pattern(_TIME_CLAUSE).match(clause)
    return bool(dated or pattern(_TIMELESS).match(clause))
