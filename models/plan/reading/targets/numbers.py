"""A number in a text: its value and unit, and the words around it that say what it is."""

from dataclasses import dataclass

from models.plan.reading.targets.patterns import (
    BEFORE,
    BEHIND,
    BOUND,
    COMPARED,
    COUNTED,
    GAP_ENDS,
    IN_TIME,
    PAST,
    TELLS,
    WANTED,
)
from models.plan.reading.text.patterns import pattern
from models.plan.reading.text.stops import clause_start, sentence_end, sentence_start

SHARES = ("%", "‰", "个百分点")
NO_BASE = r"率|率[为达]|{升}|{降}|[达为至到在]"  # …what stands before such a share is what it is a share of


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
    part: bool = False  # of the target in front


@dataclass(frozen=True, slots=True)
class Number:
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


def operator_ahead(before: str, unit: str = "") -> tuple[str, int] | None:
    """Return the operator in front of the number and how many characters it takes, with its object.

    不低于本单位执法人员总数的 | 5%; 至少对 | 1件; 达到 | 95%.
    """
    tail = before[-24:]
    best: tuple[str, int, int] | None = None
    for op, expression in BEFORE:
        for found in pattern(expression).finditer(tail):
            gap = tail[found.end() :]
            if not _gap_fits(gap, found[0], unit):
                continue
            rank = (found.end(), -found.start())
            if best is None or rank > (best[1], best[2]):
                best = (op, found.end(), -found.start())
    if best is None:
        return None
    return best[0], len(tail) + best[2]


def _gap_fits(gap: str, word: str, unit: str) -> bool:
    if not gap:
        return True
    if pattern("[，。；：、“”（）]|{数值}").search(gap):
        return False
    above = rf"{BOUND}" if unit != "个百分点" else r"{低于}|{超过}"
    if unit in SHARES and pattern(above).search(word) and not pattern(NO_BASE).search(gap):
        return True  # 不低于投放量5‰, 高于全市平均水平2个百分点
    if word.endswith("达"):
        return False  # 达标率100%
    if word in {"至少", "最少", "最多", "至多"}:
        return len(gap) <= 14
    if pattern(r"(?:{低于}|{超过}|达到?|控制在|稳定在|保持在)$").search(word):
        per = pattern(r"每[\u4e00-\u9fff]{1,3}$").search(gap)  # 每公里
        return len(gap) <= 16 and (gap.endswith(GAP_ENDS) or bool(per) or len(gap) <= 2)
    if word.endswith(("到", "至")) and pattern(r"^每[人生户亩][^，。；]{0,4}$|^人均$").search(gap):
        return True  # 提高到每生每年1300元
    return gap in {"约", "到", "在", "为", "全部", "原则上"}


def operator_behind(text: str, end: int) -> tuple[str, str] | None:
    for op, expression in BEHIND:
        if found := pattern(expression).match(text, end):
            return op, found[0]
    return None


def is_past(text: str, at: int) -> bool:
    first = sentence_start(text, at)
    if pattern(TELLS).match(text, first):
        return True
    if pattern(COUNTED).match(text, first) and not pattern(WANTED).search(
        text, first, sentence_end(text, at)
    ):
        return True
    if text.startswith("近年来") and pattern("{某年}(?![^。；]*(?:将|要|力争|确保))").match(
        text, first
    ):
        return True  # 近年来，…。2024年，出庭应诉率为96%
    begin = clause_start(text, at)
    told = pattern(PAST).search(text, begin)  # what stands behind the number says what 累计 means
    compared = pattern(COMPARED + r"[^，。]{0,8}$").search(text, begin, at)
    asked = pattern(r"(?:不[得能]?{低于}|不[得能]?{超过}|{至少})[^，。；]{0,4}$")
    demanded = told is not None and asked.search(text, told.end(), at)  # 已结算病历不少于200份
    return told is not None and told.end() <= at and not (compared or demanded)


def is_part(text: str, start: int) -> bool:
    """Say whether the number is part of a longer one, of a date or of an ordinal: 第3, 1.5, 每5."""
    if not start:
        return False
    if text[start - 1] in "第.每/·":
        return True
    return text[start - 1].isdecimal() or (
        text[start - 1] == "-" and text[start - 2 : start - 1].isdecimal()
    )


def is_plain_amount(number: Number) -> bool:
    """Say whether a number without a known unit is one all the same: 浮尘不超过5克, 容积率不高于1.8."""
    if number.ahead is None or not number.written[:1].isdecimal():
        return False
    word = number.before[len(number.before) - number.ahead[1] :]
    follows = pattern("[.年月日号时点]|{数值}").match(number.text, number.end)
    ratio = "." in number.written  # 利用系数提高到0.58以上
    return not follows and (ratio or bool(pattern(rf"{BOUND}|[≥≤><=＞＜]").match(word)))


def direction_of(head: str) -> str | None:
    """Return the direction when a bound is put on a change: 降幅不低于10%, 较上年提高不少于5个百分点."""
    head = head[-8:]
    if pattern(r"(?:降幅|减幅|{降})(?:率|比例|幅度)?$").search(head):
        return "decrease"
    if pattern(r"(?:增幅|涨幅|增长率?|{升}|增速)(?:比例|幅度)?$").search(head):
        return "increase"
    return None


# Another of the same list in front: 城区40座、农村80座; but in 下降15%、10%和26% there is one name for all.
_LISTED = r"^.*{数值}(?:%|[^\d，。；、岁%]{1,4})(?:以[上下]|之?内|以内)?、(?={H}{2})(?!每)"


def metric_hint(text: str, start: int) -> str:
    """Return the words in front of the number that name what is measured."""
    clause = text[clause_start(text, start) : start]
    if len(clause) < 3:  # 达到95% behind a comma: the clause before names it
        earlier = clause_start(text, max(0, clause_start(text, start) - 1))
        clause = text[earlier:start].rstrip("，,")
    # Of a row: its own cell, or the one in front (任务|办理环节压减60%, 满意率|98%).
    *before, own = clause.split("|")
    if not pattern("{H}{2}").search(own):  # 小时 in front is its measure
        clause = next(filter(pattern(r"[^\d]*{H}{3}").match, reversed(before)), clause)
    else:
        clause = own
    clause = pattern(f"^(?:{{力争}}|使|并|且|其中|{IN_TIME})").sub("", clause)
    clause = pattern(_LISTED).sub("", clause)
    return pattern(r"(?:均|都|要|应|须|在|为)+$").sub("", clause)[-40:]
