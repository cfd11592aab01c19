"""Dates that were read and may mean others: another calendar, a choice, words beside them that were not read."""

from collections.abc import Iterable, Iterator, Sequence

from models.plan.reading.dates.lexer import times_in
from models.plan.reading.dates.points import day_in_words
from models.plan.reading.text.patterns import pattern, quoted
from models.plan.schema import Deadline

# What reckons in another way, a choice between two, and what only tells about when.
OTHER_RECKONING = (
    r"(?:农历|阴历)(?!春节|新年|除夕|元宵|端午|中秋|重阳)|正月|腊月|双十[一二]|[春秋]季|学[期年]"
    r"|(?<=[\d月底末旬日前])或(?=\d|[{一}年])|(?:(?<=[\d底末旬前])|(?<=\d[月日]))或(?!每)|(?<=[\d月底末旬日节庆])(?:前后|左右)"
    r"|每(?:个)?[年月季半][^，。；（）]{0,12}?(?:{日期尾})(?=$|[，。；）])|暂定|预计|大约|约(?=\d)"
)
# No noun follows a pair of numbers (3—5天).
_NO_NOUN = r"(?![\d.%]|(?!{日期后}){H})"
# Words of a date that begin no time of their own, where those that were read are replaced by ，.
ANY = (
    rf"年[初中]|全年|[次翌明后]年|[上中下]旬|(?<![\d.])\d{{1,2}}(?:[.—/]\d{{1,2}}|日|号|[至到]\d{{1,2}}){_NO_NOUN}"
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
# Two marks in one date: 2026.4-10.
DAY_OR_MONTHS = r"(?<!\d)(?:19|20)\d{2}[.．/](\d{1,2})[—](1[0-2]|0?[1-9])(?![\d月.])"


def other_reckoning(words: str) -> str:
    """Return the words of another calendar or of a choice, empty for none: 农历, 或."""
    found = pattern(OTHER_RECKONING).search(words)
    return found[0] if found else ""


def left_of(printed: str, taken: Iterable[str], what: str = ANY) -> str:
    """Return the first words of the form ``what`` outside those ``taken`` as dates, empty for none."""
    rest = printed
    for raw in filter(None, taken):
        rest = rest.replace(raw, "，", 1)
    rest = pattern(rf"{REPEATED}|（含[^（）]*）").sub("，", rest)
    time = next((rest[one.start : one.end] for one in times_in(rest)), "")
    found = pattern(what).search(rest)
    if time and found:
        return min(time, found[0], key=rest.index)
    return found[0] if found else time


_SAID = r"[^，。；、（）]{0,12}"
# A year that was not read as one, in front of the month: 226年6月底, 2206年6月底.
_ODD_YEAR = r"[\d{〇}]{2,6}年度?$"
# A year or a five-year plan alone is the whole of it only where no part of it follows.
_WHOLE = r"(?:年度?|五[”]?(?:普法)?(?:规划|计划)?(?:期间|时期|期内)?)前?$"
_PART = (
    rf"(?:[“]?\d|(?<=前)[{{一}}两半几]个?[年月季]|[壹贰叁肆伍陆柒捌玖拾]|[前后][\d{{一}}两半几]|第[\d{{一}}]+(?!批)"
    rf"|[初中前后]期|[初中](?=[，。；、（）]|$)){_SAID}"
)
_JUST_AS = r"与[^，。；（）]{0,6}$"  # 与2026年度考核同步
_TOGETHER = r"[^，。；（）]{0,12}?(?:同步|同时|一并)"


def glued_to(printed: str, taken: Iterable[str]) -> Iterator[str]:
    """Yield the words glued to a date of ``taken`` that make it another: 2206年|6月底, 2026年|前10个月."""
    at = 0
    for raw in filter(None, taken):
        start = printed.find(raw, at)
        if start < 0:
            continue
        at = start + len(raw)
        front = printed[max(0, start - 12) : start]
        if odd := pattern(_ODD_YEAR).search(front):
            yield odd[0] + raw
        if not pattern(_WHOLE).search(raw):
            continue
        if part := pattern(_PART).match(printed, at):
            yield raw + part[0]
        ahead = pattern(_JUST_AS).search(front)
        if ahead and (together := pattern(_TOGETHER).match(printed, at)):
            yield ahead[0] + raw + together[0]


def unsure(
    printed: str, deadline: Deadline, taken: Sequence[str], said: Sequence[str]
) -> Iterator[str]:
    """Yield why a label that was read may mean another day, but what was ``said`` of it already.

    Another calendar, a choice, words of dates beside those that were ``taken``.
    """
    if deadline.date is None:
        return
    read = f"按{day_in_words(deadline.date)}读，请核对"
    odd = other_reckoning(printed)
    if odd and not any(quoted(odd) in why for why in said):
        yield f"时限{quoted(printed[:40])}里写着{quoted(odd)}，{read}"
    if pair := pattern(DAY_OR_MONTHS).search(printed):
        yield f"{quoted(pair[0])}可能是{pair[1]}月{pair[2]}日，也可能是{pair[1]}月至{pair[2]}月，{read}"
    for words in glued_to(printed, taken):
        yield f"时限里的{quoted(words)}没有读全，{read}"
    if left := left_of(printed, taken):
        yield f"时限里的{quoted(left)}没有读，请核对"
