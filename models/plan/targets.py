"""Targets: numbers that the result or the conduct of the work must reach, with their operator."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from models.plan.numerals import read_number, read_share
from models.plan.passages import Passage
from models.plan.patterns import pattern
from models.plan.schema import Target
from models.plan.vocabulary import Vocabulary

# A number: 95, 1,200, 99.9, 5万, 二十; a share in words: 九成, 三分之二, 百分之五, 半数.
DIGITS = r"\d{1,3}(?:[,，]\d{3})+|\d{1,12}(?:\.\d{1,6})?|[零一二两三四五六七八九十百千]{1,7}"
NUMBER = rf"(?P<number>{DIGITS})(?P<scale>[万亿千百]{{0,2}})(?:余|多)?"
PER_CENT = rf"百分之(?P<percent>{DIGITS})"
SHARE = r"(?P<share>(?:\d|[一二两三四五六七八九])成[半一二三四五六七八九]?|[一二三四五六七八九十]{1,2}分之[一二三四五六七八九十]{1,2}|半数|过半|一半)"

NOT_LOWER = r"(?:不得?|不能|不应|不可|不宜)?(?:低于|少于|小于|短于)"
# Words in front of the number, by operator; the first row that fits decides. Examples beside.
BEFORE = (
    (
        ">=",
        r"(?:原则上)?(?:不得|不能|不应|不)(?:低于|少于|小于|短于)|至少|最少|最低|≥|≧|>=|大于等于",
    ),  # 不低于
    (
        "<=",
        r"(?:原则上)?(?:不得|不能|不应|不)(?:超过|高于|多于|大于|超出|超|长于)|最多|至多|最长|最高|≤|≦|<=|小于等于|(?<![时期年权界上下])限(?:于|在|定在)",
    ),  # 不超过
    (
        "<=",
        r"(?:控制|稳定控制|限制|压缩|压减|缩短|精简|减少|下降|降低|缩减|压降|降)(?:到|至|在|为)",
    ),  # 压缩至
    (
        ">=",
        r"(?:(?:提高|提升|增加|增长|上升|扩大|提|升|增|保持|稳定|维持|巩固|达|突破)(?:到|至|在)|均?达到?|达成|均为|不断提高到)",
    ),  # 达到
    (">", r"(?:超过|高于|大于|多于|突破|超|优于|>|＞)"),  # 超过
    ("<", r"(?:低于|少于|小于|不足|不到|短于|<|＜)"),  # 低于
)
CHANGE = r"(?P<verb>压减|压缩|压降|减少|下降|降低|缩减|缩短|精简|削减|减|降|提高|提升|增长|增加|上升|增|提速|下浮|上浮|扩大)(?:了|约|幅度)?"
DOWN = r"压|减|降|缩|精简|下浮"
BEHIND = (
    (">=", r"(?:及|或|\()?以上|及其?以上|起步"),  # 98%以上
    ("<=", r"(?:及|或)?以[内下]|之内|内(?![容部外设涵])"),  # 15个工作日以内
)
ZERO = r"零(?P<zero>[\u4e00-\u9fff]{2,4})"
# 零 in these is an attitude, a convenience or another word, not a demand for none.
NOT_ZERO = r"零(?:容忍|距离|散|售|工|星|碎|部件|配件|点|下|门槛|基础|障碍|接触|打扰|乱|关税|时差|八|一|二|三|四|五|六|七|九|用工|食|钱|碳|信任|陪|起点|散煤|敲)"
CLEARED = r"清零|归零|(?:为|降为|降至|降到|保持|实现)(?:零|0)(?![\d.\u4e00-\u9fff])|为零(?=[，。；、）]|$)"
FULL = r"(?<![广半])全(?:员|域|部|面|程|流程|链条|过程|方位|领域|时段|行业|区域|量)?覆盖(?!率|面)"

# Facts, not demands. They are looked for in the clause, in front of the number.
PAST = r"已(?!经?(?:明确|确定)|签|有的|知)|目前|现有|截至目前|截止目前|去年(?!.{0,4}(?:提高|下降|减少|增加|同期))|近年来|以来|累计|共有|现已|据统计|原来|曾|此前|上年末|20[012]\d年(?:度)?(?:实际)?(?:完成|达到).{0,6}的基础上"
COMPARED = r"(?:比|较|同比|环比|对比)"
# Grades and classes are no amounts: 二级以上, 三星级, 三类以上.
GRADES = frozenset({"级", "类", "等", "星", "档"})
# Who is covered: …6个以上的餐饮单位; 超过3次的.
COVERED = r"(?:[及或]?以[上下内]|之内)?的(?!目标|要求|标准|比例|速度|幅度|水平|总量|频次|总体|方可|方能|才|时限|时间|期限)"
COUNTED_FROM_ISSUE = (
    r"(?:印发|下发|发布|公布|施行|通知|方案|文件|会议|召开)(?:之日)?(?:起|后|以?后)?[，]?$"
)
# Verbs that ask for a number of things: 建成…8条, 培育…10个.
MAKE = r"建成|新建|改建|扩建|新增|打造|培育|创建|建设|设立|设置|配备|选树|培养|发展|改造|评选|选聘|聘请|推出|发布|编印|印制|发放|制作|开展|组织|举办|完成|培训|开设|创作|拍摄|征集|招聘|引进|储备|覆盖|达|安装|种植|修复|整治|形成|选派|建立|推广|参与|受众|惠及|服务|开办|命名|认定|布设|张贴|投放|刊播|播放|发送|走访|排查|检查|抽查|办理|化解|新创|遴选|确定|选取|争取|投入|拨付|安排|申报|评定|推选|表彰|宣讲|受教育"
NOT_MADE = r"分为|分|下设|成立|组成|包括|涵盖|涉及|共|围绕|聚焦|对照|按照|依据|根据|列入|分解|梳理|坚持|落实|针对|其中|每|第|各|对|将|把|该|这|由|从|前|本|用|利用|经过|历时|近|约|全[市县区省]"
# Units of a bare number that say when, which or how much it costs, not how many there must be.
NOT_BARE = frozenset(
    [
        "年",
        "月",
        "日",
        "天",
        "周",
        "小时",
        "分钟",
        "秒",
        "级",
        "类",
        "岁",
        "分",
        "度",
        "倍",
        "个月",
        "个小时",
        "工作日",
        "个工作日",
        "个自然日",
        "自然日",
        "环节",
        "个环节",
        "元",
        "项",
        "样",
        "档",
        "节",
        "课",
        "种",
        "对",
        "面",
        "起",
        "例",
        "宗",
        "升",
    ]
)
# A rate without a bound is a recurring duty and no target.
REPEATED = r"每(?:个|一|两|双|半)?(?:年|季|月|周|旬|日|天|工作日|星期|学期)[^，。；]*$|一[年季月周]度?[^，。；]{0,8}$|按[月季年周][^，。；]*$"
# What is measured, in front of a bare number: 治理面积150平方公里.
AMOUNT = r"(?:面积|数量|总量|规模|里程|长度|人数|户数|时长|总数|总额|容量)$"
ENDINGS = frozenset({"", *"，。；、,;）)"})
DATE_UNITS = frozenset({"年", "月", "日"})
# Units in which a change is measured without being compared.
CHANGE_UNITS = frozenset({"个百分点", "分", "倍", "分贝", "个环节"})
# What may stand between an operator and its number: 不低于常住人口人均1.5元.
GAP_ENDS = (
    "的",
    "约",
    "每年",
    "每月",
    "每季度",
    "每周",
    "于",
    "人均",
    "平均",
    "年均",
    "每人",
    "每家",
    "每户",
    "每",
)
STRONG_MAKE = r"建成|新建|打造|培育|创建|新增|选树"
BOUND = r"^(?:原则上)?(?:不|至少|至多|最|≥|≤|控制|压|缩)"
SPAN = r"一年内$|(?:近|最近|过去|用|利用|力争|再用|未来)$"
CASE = r"(?:之日起|起|后|收到|接到|受理|发现|提交|申请|投诉|问题|案件|事项|诉求)"
HANDLE = r"办结|答复|响应|反馈|回复|处置|处理|送达|移交|移送|录入|公示|公开|受理|整改|报送|报告|上报|完成|核查|回访|审核|审批|作出|出具|备案|解决|到达|化解|兑付|支付|拨付|修复|到位|转办|交办|办理|签收|告知"


@dataclass(frozen=True, slots=True)
class Found:
    """A target in a text: its span and its reading."""

    start: int
    end: int
    op: str
    value: float
    unit: str
    change: str | None = None
    implicit: bool = False


@cache
def _unit(words: Vocabulary) -> str:
    plain = "|".join(word for word in words.measures)
    return rf"(?P<unit>(?:万|亿)?(?:%|‰|{plain}))?"


def find_targets(passage: Passage, words: Vocabulary, where: str | None = None) -> list[Target]:
    """Return the targets of a passage in order, each with its sentence.

    达到95% -> >= 95; 压缩至1个工作日以内 -> <= 1; 压减30% -> == 30 decrease; 零反弹 -> == 0; 全覆盖 -> == 100.
    Grades, thresholds (6个以上的…), facts, dates and what stands in quotes are no targets.
    """
    text = passage.text
    targets = []
    for found in sorted(_find(text, words), key=lambda each: each.start):
        targets.append(
            Target(
                raw=text[found.start : found.end],
                metric_hint=_metric(text, found.start),
                op=found.op,
                value=int(found.value) if found.value == int(found.value) else found.value,
                unit=found.unit,
                implicit=found.implicit,
                change=found.change,
                where=where,
                source=passage.source(found.start, found.end),
            )
        )
    return targets


def _find(text: str, words: Vocabulary) -> Iterator[Found]:
    taken: list[tuple[int, int]] = []
    readers = (_worded, _numbered)
    for reader in readers:
        for found in reader(text, words):
            if any(found.start < end and start < found.end for start, end in taken):
                continue
            taken.append((found.start, found.end))
            yield found


def _worded(text: str, words: Vocabulary) -> Iterator[Found]:
    """零反弹, 清零, 全覆盖: words that fix a number."""
    for found in pattern(ZERO).finditer(text):
        other = pattern(NOT_ZERO).match(found[0])
        counted = pattern(r"[\d十百千万第年]$").search(
            text[max(0, found.start() - 1) : found.start()]
        )
        if not other and not counted and not _is_past(text, found.start()):
            yield Found(found.start(), found.start() + 3, "==", 0, "")
    for found in pattern(CLEARED).finditer(text):
        if not _is_past(text, found.start()):
            yield Found(found.start(), found.end(), "==", 0, "")
    for found in pattern(FULL).finditer(text):
        if not _is_past(text, found.start()) and not pattern(r"100%$").search(
            text[: found.start()]
        ):
            yield Found(found.start(), found.end(), "==", 100, "%", implicit=True)


def _numbered(text: str, words: Vocabulary) -> Iterator[Found]:
    """Every number with a unit of measure, if the words around it make it a demand."""
    number = rf"(?:(?P<low>\d{{1,6}}(?:\.\d{{1,3}})?)[至—到])?(?:{PER_CENT}|{SHARE}|{NUMBER}{_unit(words)})"
    last_bound: tuple[int, str] | None = None
    for match in pattern(number).finditer(text):
        read = _read_number(text, match, last_bound)
        if read is None:
            continue
        number_read, found = read
        if found is not None:
            last_bound = (number_read.stop, found.op)
            yield found


@dataclass(frozen=True, slots=True)
class _Number:
    """A number with its unit, and the words around it that decide what it is."""

    text: str
    start: int
    end: int
    value: float
    unit: str
    written: str  # the number as printed, empty for a share in words
    before: str  # its clause up to it
    ahead: tuple[str, int] | None  # the operator in front and its length
    behind: tuple[str, str] | None  # the operator behind and its words

    @property
    def stop(self) -> int:
        """Return the offset behind the number and 以上, 以内."""
        return self.end + len(self.behind[1]) if self.behind else self.end

    @property
    def is_share(self) -> bool:
        """Say whether it is a share of something."""
        return self.unit in {"%", "‰"}

    @property
    def is_time(self) -> bool:
        """Say whether it is a length of time."""
        return self.unit.endswith(("日", "天", "小时", "分钟", "月", "周", "年", "秒"))

    def found(self, start: int, stop: int, op: str, change: str | None = None) -> Found:
        """Return the target that this number is."""
        return Found(start, stop, op, self.value, self.unit, change)


def _read_number(
    text: str, match: re.Match[str], last: tuple[int, str] | None
) -> tuple[_Number, Found | None] | None:
    """Read one number; None when it is no number of its own (part of a date, in quotes, a grade)."""
    groups = match.groupdict()
    start, end = match.span()
    value, unit = _value(groups)
    if (
        value is None
        or (unit == "年" and value >= 1900)
        or unit in GRADES
        or _is_part(text, start)
        or _quoted(text, start)
        or _is_past(text, start)
    ):
        return None
    before = text[_clause_start(text, start) : start]
    if groups["low"]:  # 3至5名: at least 3, or within 5
        low = read_number(groups["low"])
        within = _behind(text, end)
        bounded = (within and within[0] == "<=") or unit in DATE_UNITS
        value = value if bounded or low is None else low
    number = _Number(
        text,
        start,
        end,
        value,
        unit,
        groups["number"] or "",
        before,
        _ahead(before),
        _behind(text, end),
    )
    if not unit and not _is_plain_amount(number):
        return None
    return number, _as_target(number, last)


def _is_plain_amount(number: _Number) -> bool:
    """Say whether a number without a known unit is one all the same: 浮尘不超过5克, 容积率不高于1.8."""
    if number.ahead is None or not number.written[:1].isdigit():
        return False
    word = number.before[len(number.before) - number.ahead[1] :]
    follows = pattern(r"[.\d]|年|月|日|号|时|点").match(number.text, number.end)
    return not follows and bool(pattern(BOUND).match(word))


def _as_target(number: _Number, last: tuple[int, str] | None) -> Found | None:
    """Ask the rules in turn; the first that answers decides."""
    if _says_who_is_covered(number) or _is_starting_point(number):
        return None
    for rule in (_with_operator, _with_change, _with_end):
        found, decided = rule(number)
        if decided:
            return found
    if last and _continues(number, last):
        return number.found(number.start, number.end, last[1])
    if number.is_share:
        return None if _describes(number) else number.found(number.start, number.end, "==")
    return _bare_count(number)


def _with_operator(number: _Number) -> tuple[Found | None, bool]:
    """不低于90%; 至少对1件; 控制在15个工作日以内; 超过3万人."""
    if number.ahead is None:
        return None, False
    op, width = number.ahead
    if number.behind and op in {">=", "<="} and not pattern(BOUND).match(number.before[-width:]):
        op = number.behind[0]  # 稳定在2%以下
    elif number.behind and pattern(r"^(?:控制|限制|稳定)").match(number.before[-width:]):
        op = number.behind[0]
    change = _direction(number.before[: len(number.before) - width])
    return number.found(number.start - width, number.stop, op, change), True


def _with_change(number: _Number) -> tuple[Found | None, bool]:
    """压减30%; 下降40%以上; 较上年提高5个百分点."""
    gap = r"[\u4e00-\u9fff]{0,8}$" if number.is_share else "$"
    verb = pattern(CHANGE + gap).search(number.before)
    if verb is None:
        return None, False
    compared = pattern(COMPARED).search(number.before)
    if not (number.is_share or number.unit in CHANGE_UNITS or number.behind or compared):
        return None, False
    op = _shared_end(number) or "=="
    change = "decrease" if pattern(DOWN).search(verb["verb"]) else "increase"
    return number.found(number.start - len(verb[0]), number.stop, op, change), True


def _with_end(number: _Number) -> tuple[Found | None, bool]:
    """98%以上; 5个工作日内 (each case); 20个以上."""
    if number.behind is None:
        return None, False
    op, words = number.behind
    if op == "<=" and number.is_time:
        binds = _binds_each_case(number)
        return (number.found(number.start, number.stop, op) if binds else None), True
    if words == "内":
        return None, not number.is_share  # 3个区内: a place
    return number.found(number.start, number.stop, op), True


def _shared_end(number: _Number) -> str | None:
    """Return the operator behind the number, or behind the last of 分别下降15%、20%以上."""
    if number.behind:
        return number.behind[0]
    if "分别" in number.before:
        found = pattern(r"(?:[、和，]\d+(?:\.\d+)?%){1,4}").match(number.text, number.end)
        ending = _behind(number.text, found.end()) if found else None
        return ending[0] if ending else None
    return None


def _continues(number: _Number, last: tuple[int, str]) -> bool:
    """Say whether it goes on behind 分别: 分别达到90%、95%."""
    between = number.text[last[0] : number.start]
    sentence = number.text[_sentence_start(number.text, number.start) : number.start]
    return between in {"、", "和", "，", ",", "以及", "及"} and "分别" in sentence


def _is_part(text: str, start: int) -> bool:
    """Say whether the number is part of a longer one, of a date or of an ordinal: 第3, 1.5, 每5."""
    if not start:
        return False
    if text[start - 1] in "第.每/·":
        return True
    return text[start - 1].isdigit() or (
        text[start - 1] == "-" and text[start - 2 : start - 1].isdigit()
    )


def _is_starting_point(number: _Number) -> bool:
    """Say whether it is where a change begins: 由60%提高到80%."""
    begins = pattern(r"(?:由|从)[^，。；]{0,8}$").search(number.before)
    goes_on = pattern(r"的?(?:[提升降压缩减增下]|上升)[^，。；\d]{0,4}(?:到|至|为)").match(
        number.text, number.stop
    )
    return bool(begins and goes_on)


def _says_who_is_covered(number: _Number) -> bool:
    """Say whether the number tells who is meant: 6个以上的餐饮单位, 超过3次的, 对满意度低于90%的单位.

    不少于40学时的培训 and 不少于9米的方可办理 stay demands, and so does 95%以上的企业.
    """
    if not number.before and not number.is_share and number.behind:
        noun = pattern(r"[\u4e00-\u9fff]{2}").match(number.text, number.stop)
        if noun and number.behind[0] == ">=":
            return True  # 1000人以上学校配备…
    found = pattern(COVERED).match(number.text, number.end)
    if found is None:
        return False
    last = pattern(r"[，；。、：]|$").match(number.text, found.end()) is not None
    if last or pattern(r"(?:对|凡|对于|凡是)[^，。；]{0,30}$").search(number.before):
        return True
    if number.ahead is None:
        return not number.is_share
    op, width = number.ahead
    word = number.before[len(number.before) - width :]
    if op in {"<", ">"}:
        return True
    return bool(pattern(r"^均?达").match(word)) or not (
        number.is_share or pattern(BOUND).match(word)
    )


def _value(groups: dict[str, str | None]) -> tuple[float | None, str]:
    if groups["percent"]:
        return read_number(groups["percent"]), "%"
    if groups["share"]:
        return read_share(groups["share"]), "%"
    number, scale, unit = groups["number"] or "", groups["scale"] or "", groups["unit"] or ""
    return read_number(number), scale + unit


def _ahead(before: str) -> tuple[str, int] | None:
    """Return the operator in front of the number and how many characters it takes, with its object.

    不低于本单位执法人员总数的 | 5%; 至少对 | 1件; 达到 | 95%.
    """
    tail = before[-24:]
    best: tuple[str, int, int] | None = None
    for op, expression in BEFORE:
        for found in pattern(expression).finditer(tail):
            gap = tail[found.end() :]
            if not _gap_fits(gap, found[0]):
                continue
            rank = (found.end(), -found.start())
            if best is None or rank > (best[1], best[2]):
                best = (op, found.end(), -found.start())
    if best is None:
        return None
    return best[0], len(tail) + best[2]


def _gap_fits(gap: str, word: str) -> bool:
    if not gap:
        return True
    if pattern(r"[，。；：、“”（）\d]").search(gap):
        return False
    if word.endswith("达"):
        return False  # 达标率100%
    if word in {"至少", "最少", "最多", "至多"}:
        return len(gap) <= 14
    if pattern(r"(?:低于|少于|小于|超过|高于|多于|大于|达到?|控制在|稳定在|保持在)$").search(word):
        return len(gap) <= 16 and (gap.endswith(GAP_ENDS) or len(gap) <= 2)
    return gap in {"约", "到", "在", "为", "全部", "原则上"}


def _behind(text: str, end: int) -> tuple[str, str] | None:
    for op, expression in BEHIND:
        if found := pattern(expression).match(text, end):
            return op, found[0]
    return None


def _direction(head: str) -> str | None:
    """Return the direction when a bound is put on a change: 降幅不低于10%, 较上年提高不少于5个百分点."""
    head = head[-8:]
    if pattern(r"(?:降幅|减幅|下降|减少|压减|压缩|降低|缩短|缩减)(?:率|比例|幅度)?$").search(head):
        return "decrease"
    if pattern(r"(?:增幅|涨幅|增长率?|提高|提升|增加|增速)(?:比例|幅度)?$").search(head):
        return "increase"
    return None


def _clause_start(text: str, at: int) -> int:
    return max(text.rfind(mark, 0, at) for mark in "，。；：,;:！？") + 1


def _sentence_start(text: str, at: int) -> int:
    return max(text.rfind(mark, 0, at) for mark in "。；;！？") + 1


def _is_past(text: str, at: int) -> bool:
    clause = text[_clause_start(text, at) : at]
    return bool(pattern(PAST).search(clause)) and not pattern(COMPARED + r"[^，。]{0,8}$").search(
        clause
    )


def _quoted(text: str, at: int) -> bool:
    """Say whether ``at`` is within quotes or a book title."""
    start = max(text.rfind(mark, 0, at) for mark in "。；！？")
    piece = text[start + 1 : at]
    return (
        piece.count("“") > piece.count("”")
        or piece.count("《") > piece.count("》")
        or piece.count('"') % 2 == 1
    )


def _binds_each_case(number: _Number) -> bool:
    """Say whether a time limit binds every case (5个工作日内办结), not the plan (印发之日起15日内)."""
    if pattern(COUNTED_FROM_ISSUE).search(number.before) or pattern(SPAN).search(number.before):
        return False
    if number.unit.endswith("年"):
        return False
    if number.unit.endswith(("工作日", "小时", "分钟", "秒")):
        return True
    return bool(
        pattern(CASE + r"[^，。；]{0,12}$").search(number.before)
        or pattern(rf"^[^，。；]{{0,10}}(?:{HANDLE})").match(
            number.text[number.stop : number.stop + 16]
        )
    )


def _describes(number: _Number) -> bool:
    """Say whether a bare share describes: 占…的30%, 近九成, 权重为5%."""
    before = number.before
    return bool(
        pattern(r"(?:占|近|约|仅|仅为|由|从|权重为?|分值)$").search(before)
        or (before.endswith("为") and not pattern(r"率(?:均)?为$").search(before))
        or (
            pattern(r"占[^，。；]{0,12}$").search(before)
            and not pattern(r"占比.{0,2}$").search(before)
        )
        or pattern(r"(?:的)?(?:比例|权重)?(?:计分|扣分|计入|折算|奖励|补助|补贴)").match(
            number.text, number.end
        )
    )


def _bare_count(number: _Number) -> Found | None:
    """建成…8条; 打造5个…: a bare number that must be reached, asked for by a verb of making."""
    text, before = number.text, number.before
    if number.unit in NOT_BARE or not number.written:
        return None
    printed = number.written[0].isdigit()
    if not printed and number.value < 2:
        return None
    if pattern(REPEATED).search(before):
        return None  # a rate without a bound is a recurring duty
    if printed and pattern(AMOUNT).search(before) and text[number.end : number.end + 1] in ENDINGS:
        return number.found(number.start, number.end, ">=")
    makes = list(pattern(MAKE if printed else STRONG_MAKE).finditer(before))
    if not makes:
        return None
    between = before[makes[-1].end() :]
    if pattern(NOT_MADE).search(between[-8:]) or len(between) > 24:
        return None
    ends = text[number.end : number.end + 1] in ENDINGS
    if not (
        ends
        or between in {"", "了"}
        or pattern(r"^(?:不|新|至|力争|全[市县区]).{0,3}$").match(between)
    ):
        return None
    return number.found(number.start, number.end, ">=")


def _metric(text: str, start: int) -> str:
    """Return the words in front of the number that name what is measured."""
    clause = text[_clause_start(text, start) : start]
    if len(clause) < 3:  # 达到95% behind a comma: the clause before names it
        earlier = _clause_start(text, max(0, _clause_start(text, start) - 1))
        clause = text[earlier:start].rstrip("，,")
    clause = pattern(
        r"^(?:确保|力争|实现|推动|使|并|且|其中|到\d{4}年底?|\d{4}年\d*月?底?前?)"
    ).sub("", clause)
    return pattern(r"(?:均|都|要|应|须|在|为)+$").sub("", clause)[-40:]
