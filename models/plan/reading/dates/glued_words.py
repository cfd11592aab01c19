"""Words glued to a date that was read, which make it another: 2206年|6月底, 2026年|前10个月, “十五五”|中期."""

from collections.abc import Iterable, Iterator

from models.plan.reading.text.patterns import pattern

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
    """Yield the words that stand glued to a date of ``taken`` and were read as no part of it."""
    at = 0
    for raw in filter(None, taken):
        start = printed.find(raw, at)
        if start < 0:
            continue
        at = start + len(raw)
        if odd := pattern(_ODD_YEAR).search(printed[max(0, start - 12) : start]):
            yield odd[0] + raw
        if not pattern(_WHOLE).search(raw):
            continue
        if part := pattern(_PART).match(printed, at):
            yield raw + part[0]
        ahead = pattern(_JUST_AS).search(printed[max(0, start - 12) : start])
        if ahead and (together := pattern(_TOGETHER).match(printed, at)):
            yield ahead[0] + raw + together[0]
