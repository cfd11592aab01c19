"""What stands beside a date that was read and may make it another: another calendar, a choice, more dates."""

from collections.abc import Iterable

from models.plan.reading.dates.date_words import FESTIVALS
from models.plan.reading.text.patterns import pattern

# What reckons in another way, a choice between two, and what only tells about when.
OTHER_RECKONING = (
    r"(?:农历|阴历)(?!春节|新年|除夕|元宵|端午|中秋|重阳)|正月|腊月|双十[一二]|[春秋]季|学[期年]"
    r"|(?<=[\d月底末旬日前])或(?=\d|[{一}年])|(?:(?<=[\d底末旬前])|(?<=\d[月日]))或(?!每)|(?<=[\d月底末旬日节庆])(?:前后|左右)"
    r"|每(?:个)?[年月季半][^，。；（）]{0,12}?(?:{日期尾})(?=$|[，。；）])|暂定|预计|大约|约(?=\d)"
)
_IN_YEAR = r"(?:\d{1,2}|{一}{1,2})月|第?{四}季度|[上下]半年"
_FEAST = FESTIVALS.replace("?P<festivals>", "?:")
_YEAR = r"(?:19|20)\d{2}(?:年度?|(?=[.—/]))"
# No noun follows a pair of numbers (3—5天).
_NO_NOUN = r"(?![\d.%]|(?!{日期后}){H})"
# Any words of a date, where those that were read are replaced by ，.
ANY = (
    rf"(?:{_YEAR})?(?:{_IN_YEAR}|年[底末初中终内]|全年|{_FEAST})|{_YEAR}|[次翌明后]年|[上中下]旬"
    rf"|(?<![\d.])\d{{1,2}}(?:[.—/]\d{{1,2}}|日|号|[至到]\d{{1,2}}){_NO_NOUN}"
    r"|(?<=，)[、至到—和及]{1,2}第?(?:\d{1,2}|{一}{1,3})"  # behind the words that were read
    r"|第?(?:{四}|\d{1,2})[、至到—]第?(?=，|$)"  # in front of them
    r"|第[{一}\d]{1,2}个?(?:周|星期|工作日)|最后一个?(?:周|星期|工作日)"
    r"|主?汛期|[暑寒][假期]|春耕|秋收|春运|高考|中考|[供采]暖季?|防火期|两会"
    r"|(?<=，)(?:[—]{1,3}|至|到)(?=$|[，。；])"  # a range that is cut off
    r"|(?<=，)[./—]?\d{1,4}(?=[./—\d]|$|，)(?!\d*：)|[“]?(?:五一|十一(?!月))[”]?"
    rf"|(?<=，){{H}}{{2,10}}?(?:之前|以前|前(?![后期列]))"  # 2026年省考核前
)


# …of a stage, whose days must be both read: 五一至，.
ANY_OF_STAGE = rf"{ANY}|(?<=[^，])(?:[—]{{1,3}}|至|到)(?=，)"
REPEATED = r"每(?:个)?[年月周季旬日半][^，。；（）]*"  # 每月25日前报送进展 is a duty of its own


def other_reckoning(words: str) -> str:
    """Return the words of another calendar or of a choice, empty for none: 农历, 或."""
    found = pattern(OTHER_RECKONING).search(words)
    return found[0] if found else ""


def left_of(printed: str, taken: Iterable[str], what: str) -> str:
    """Return the first words of the form ``what`` outside those ``taken`` as dates, empty for none."""
    rest = printed
    for raw in filter(None, taken):
        rest = rest.replace(raw, "，", 1)
    rest = pattern(rf"{REPEATED}|（含[^（）]*）").sub("，", rest)
    found = pattern(what).search(rest)
    return found[0] if found else ""
