"""The marks of a text: every body, date, number with a measure, repetition and role word, with its place.

Found apart from the rules that read a plan, so that what those miss is seen all the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from models.plan.reading.accounting.role_lists import role_lists
from models.plan.reading.roles.roles import Grammar
from models.plan.reading.text.patterns import pattern
from models.plan.vocabulary import Vocabulary


class MarkKind(StrEnum):
    """What a mark is."""

    BODY = "body"
    DATE = "date"
    NUMBER = "number"
    REPEAT = "repeat"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of one kind at a place of a text.

    ``role`` is what a list says of a body that stands in it (`models.plan.reading.roles.roles`), else empty.
    """

    kind: MarkKind
    start: int
    end: int
    text: str
    role: str = ""

    def within(self, start: int, end: int) -> bool:
        """Say whether the mark lies between two offsets."""
        return start <= self.start and self.end <= end


_MONTH = r"(?:\d{1,2}|{一}{1,3})月"
_YEAR = r"(?:(?:19|20)\d{2}|[一二]{〇}{3})年"
_DAY = r"(?:\d{1,2}|{一}{1,3})[日号]"
_PART = r"(?:上中旬|中下旬|[上中下]旬|上半月|下半月|月?[初底末中](?!心|央|国|小|级|层|型|药|医))"
_QUARTER = r"(?:第?[{四}1-4]个?季度[初末底]?)"
_HALF = r"[上下]半年"
# Every way of writing a day or a period; examples beside.
DATES = (
    rf"{_YEAR}(?:度)?(?:{_MONTH}(?:{_DAY}|{_PART})?|{_QUARTER}|{_HALF}|[底末初内])?",  # 2026年6月底
    rf"(?:次|翌|明|今|当|本|后)年(?:{_MONTH}(?:{_DAY}|{_PART})?|{_QUARTER}|{_HALF}|[底末初])?",
    r"(?<![\d.])(?:19|20)\d{2}[.．/-]\d{1,2}(?:[.．/-]\d{1,2})?(?![\d.])",  # 2026.6.30
    rf"(?<![\d每])(?:{_MONTH})(?:{_DAY}|{_PART})?",  # 6月底
    rf"(?:年|本月|次月|当月|下月|月)[底末初](?=[前之以完，。；）]|$)|{_QUARTER}|(?<!每){_HALF}",
    r"即日起|印发之日",
    rf"(?<=[至—到、和])(?:{_DAY}|[上中下]旬|月底)",  # 3月1日至15日
)
_PERIOD = r"(?:半年度?|半个?月|工作日|季度?|星期|礼拜|周|旬|月|年度?|天|日(?!常)|[两二三2-9]个?(?:月|周|年|天|季度))"
# What repeats; behind 定期 and the like nothing is fixed.
REPEATS = (
    rf"每(?:隔|个|一|逢)?{_PERIOD}",
    r"每隔?(?:\d{1,2}|[两二三五六十]{1,2})个?(?:工作日|天|日|周|月)",
    r"(?<=[“、])(?:双周|半月|半年|[日周旬月季年])度?{H}{2}(?=[、”“])|(?<=[”、])(?:双周|半月|半年|[日周旬月季年])度?{H}{2}(?=[，。；”“的等])",
    r"[按逐](?:季度?|月|周|旬|日|年度?|半年)(?!期)",
    r"(?<![\d第])一(?:年|季度?|月|周|旬|日|天)一|隔周|双周|双月|日日|月月|天天",
    r"(?<![{一}\d第每上下本次当])(?:半年|双周|半月|[日周旬月季])(?:度)?(?:调度|通报|例会|研判|报告|会商|小结|督查|点评|评比|巡查|碰头|排查|考评|考核|督导|排名|观摩|讲评|报送|汇总|分析|自查|公示|盘点|复盘|晾晒|简报|总结|清单|评议|讲评)",
    r"(?:年|季|月|周)均",
)
LOOSE = r"不?定期|适时|随时|经常性?|常态化|动态"
_NUMERAL = r"(?:\d{1,3}(?:[,，]\d{3})+|\d{1,12}(?:\.\d{1,6})?)(?:余|多)?[万亿千百]{0,2}|[{一}两百千万]{1,7}"
SHARES = (
    r"(?<=[≥≤<>＜＞])\d{1,9}(?:\.\d{1,4})?(?![\d.%])",
    r"百分之[\d.{一}百点]{1,8}",
    r"\d{1,12}(?:\.\d{1,6})?(?:%|％|‰|个百分点)",
    r"(?:\d{1,3}(?:\.\d)?|[{一}两]{1,3})个?(?:工作日|自然日|日|天|小时|分钟)(?=之?内|以内)",
    r"(?:\d|[{一}两])成(?!立|员|果|效|为|就|本|熟|长|都|功|交|品|型|绩)|{一}{1,2}分之{一}{1,2}",
    r"零(?!售|散|星|部|配|距|基|门|容|障|接|工|时|食|钱|下|点|碎|乱)[\u4e00-\u9fff]{2}|全覆盖|翻(?:一)?番|清零|归零",
)
_ENDS = r"(?:人民政府|政府办公室|政府办|政府|委员会|管委会|办事处|法院|检察院|分局|总局|局|办公室|纪委监委|纪委|监委|党委|党工委|组织部|宣传部|统战部|武装部|政法委|编办|网信办|信访办|(?<=[县市区州省旗团])委(?!托|派|员|任)|委(?!托|派|员|任|办局)|厅|支队|大队|总队|中心(?!城|城区|镇|工作|任务|组|环节)|公司|集团|总工会|工商联|妇联|残联|科协|文联|团委|学会|协会|医院|学院|大学|银行|支行|海关|街道|专班|领导小组|指挥部|联席会议)"
_BODY = rf"(?:(?:[省市县区州旗盟师团乡镇](?!场(?!监)|域|民(?![政族宗])|级|直(?!属)|属|容(?!管)|政(?![府协法务数])|长(?!办)|情|际|内|外)|兵团|国家|中共)(?:[\u4e00-\u9fff]{{0,14}}?){_ENDS})"
_CLASS = r"(?:[省市县区州旗镇乡]?(?:直|级|属|驻)?(?:各|有关|相关)(?:县（市、区）|县（区）|乡镇（街道）|镇（街道）|市[、]?县区?|县市区|县区|县|区|乡镇|镇街|乡|镇|街道|村|社区|园区|部门|单位|成员单位|机关|学校|医院|企业|行业主管部门)(?:[、和及（）]?(?:部门|单位|街道|园区|镇|乡|社区|村))*(?:人民政府|政府|党委|办事处|管委会)?|成员单位|有关部门|相关部门|市直部门|县直部门|区直部门|职能部门|主管部门)"


@cache
def _numbers(words: Vocabulary) -> str:
    measures = "|".join(map(_escaped, words.measures))
    shares = "|".join(SHARES)
    # A measure that the vocabulary has not, at the end of a clause: 法治帐篷60筐，
    other = r"(?<![\d.第（A-Za-z—-])\d{1,9}(?:\.\d{1,3})?万?(?![年月日号时点分版届路])[\u4e00-\u9fff](?=[，。；、]|(?:及|或)?以上)"
    return rf"(?:{shares})|(?<![\d.第（])(?:{_NUMERAL})(?:{measures})(?!类|型)|{other}"


def _escaped(word: str) -> str:
    return word.replace("/", "/").replace("（", "[（]")


def find_marks(text: str, cells: Sequence[str], grammar: Grammar) -> list[Mark]:
    """Return the marks of ``text`` in their order; no two of them overlap.

    Bodies that a list gives a role come first, then what repeats, dates, numbers, other bodies, other
    role words: 每月25日前 is one repetition, 市政协办公室 holds no 协办.
    """
    found: list[Mark] = []
    taken = bytearray(len(text))

    def keep(marks: Iterable[Mark]) -> None:
        for mark in marks:
            if not any(taken[mark.start : mark.end]):
                found.append(mark)
                taken[mark.start : mark.end] = b"x" * (mark.end - mark.start)

    keep(_listed(text, cells, grammar))
    keep(_all(MarkKind.REPEAT, _either(REPEATS), text))
    keep(_all(MarkKind.DATE, _either(DATES), text))
    keep(_all(MarkKind.BODY, _CLASS, text))
    keep(_all(MarkKind.BODY, _BODY, text))
    keep(_all(MarkKind.NUMBER, _numbers(grammar.words), text))
    keep(_all(MarkKind.ROLE, _roles(grammar), text))
    return sorted(found, key=lambda mark: mark.start)


def _either(expressions: Iterable[str]) -> str:
    return "|".join(f"(?:{each})" for each in expressions)


@cache
def _roles(grammar: Grammar) -> str:
    return grammar.words.role_pattern


def _all(kind: MarkKind, expression: str, text: str) -> Iterator[Mark]:
    for found in pattern(expression).finditer(text):
        yield Mark(kind, found.start(), found.end(), found[0])


def _listed(text: str, cells: Sequence[str], grammar: Grammar) -> Iterator[Mark]:
    for each in role_lists(text, cells, grammar):
        yield Mark(MarkKind.BODY, each.start, each.end, each.name, each.role)
