"""When a number is a target: the rules, asked in turn."""

from collections.abc import Callable
from dataclasses import replace

from models.plan.reading.targets import patterns as said
from models.plan.reading.targets.bare_counts import bare_count
from models.plan.reading.targets.following import Last, continues, is_part_of
from models.plan.reading.targets.numbers import (
    Found,
    Number,
    direction_of,
    operator_behind,
)
from models.plan.reading.text.patterns import pattern
from models.plan.reading.text.stops import sentence_start


def as_target(number: Number, last: Last | None) -> Found | None:
    """Ask the rules in turn; the first that answers decides."""
    if pattern(said.CAPACITY).search(number.before) and not (number.is_time or number.behind):
        return number.found(number.start, number.end, ">=")
    if number.unit == "年" and pattern(r"(?:专项|攻坚|提升)?(?:行动|计划|规划)").match(
        number.text, number.end
    ):
        return None  # 全面振兴新突破三年行动
    if (
        number.unit in {"人", "名"}
        and number.behind
        and pattern(said.TEAM).search(number.before)
        and pattern(said.TEAM_BEHIND).match(number.text, number.stop)
    ):
        return number.found(number.start, number.stop, number.behind[0])
    if _says_who_is_covered(number) or _is_starting_point(number):
        return None
    for rule in (_with_operator, _with_change, _with_end):
        found, decided = rule(number)
        if decided:
            return found
    if last and continues(number, last):
        return number.found(number.start, number.end, last.op)
    if last and is_part_of(number, last):
        return replace(number.found(number.start, number.end, last.op), part=True)
    if number.is_time and pattern(
        r"(?:{办理}|审理|等候|等待)[^，。；]{0,4}(?:时间|时限|时长|周期|用时)为?$"
    ).search(number.before):
        return number.found(number.start, number.end, "<=")  # 平均办理时间1个工作日
    if (
        number.behind is None
        and _is_short(number)
        and pattern(said.HANDLE).match(number.text, number.end)
    ):
        return number.found(number.start, number.end, "<=")  # 一般登记3个工作日办结
    if number.is_share:
        return None if _describes(number) else number.found(number.start, number.end, "==")
    return bare_count(number)


def _with_operator(number: Number) -> tuple[Found | None, bool]:
    """不低于90%; 至少对1件; 控制在15个工作日以内; 超过3万人."""
    if number.ahead is None:
        return None, False
    op, width = number.ahead
    if (
        number.behind
        and op in {">=", "<="}
        and not pattern(said.BOUND).match(number.before[-width:])
    ):
        op = number.behind[0]  # 稳定在2%以下
    elif number.behind and pattern(r"^(?:控制|限制|稳定)").match(number.before[-width:]):
        op = number.behind[0]
    change = direction_of(number.before[: len(number.before) - width])
    return number.found(number.start - width, number.stop, op, change), True


def _with_change(number: Number) -> tuple[Found | None, bool]:
    """压减30%; 下降40%以上; 较上年提高5个百分点."""
    gap = r"[\u4e00-\u9fff]{0,8}$" if number.is_share else "$"
    verb = pattern(said.CHANGE + gap).search(number.before)
    if verb is None:
        return None, False
    compared = pattern(said.COMPARED).search(number.before)
    if not (number.is_share or number.unit in said.CHANGE_UNITS or number.behind or compared):
        return None, False
    op = _shared_end(number) or "=="
    change = "decrease" if pattern(said.DOWN).search(verb["verb"]) else "increase"
    return number.found(number.start - len(verb[0]), number.stop, op, change), True


def _with_end(number: Number) -> tuple[Found | None, bool]:
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


def _shared_end(number: Number) -> str | None:
    """Return the operator behind the number, or behind the last of 分别下降15%、20%以上."""
    if number.behind:
        return number.behind[0]
    if "分别" in number.before:
        found = pattern("(?:[、和，]{数值}%){1,4}").match(number.text, number.end)
        ending = operator_behind(number.text, found.end()) if found else None
        return ending[0] if ending else None
    return None


def _is_starting_point(number: Number) -> bool:
    """Say whether it is where a change begins: 由60%提高到80%."""
    begins = pattern(r"(?:由|从)[^，。；]{0,8}$").search(number.before)
    goes_on = pattern(r"的?(?:[提升降压缩减增下]|上升)[^，。；\d]{0,4}(?:到|至|为)").match(
        number.text, number.stop
    )
    return bool(begins and goes_on)


def _counts_at_least(number: Number) -> bool:
    return bool(number.behind and number.behind[0] == ">=" and not number.is_share)


def _is_below_or_above(number: Number) -> bool:
    return bool(number.ahead and number.ahead[0] in {"<", ">"})


# Numbers that tell who is meant: what stands in front, what behind, and of which numbers. Examples beside.
_WHO_IS_MEANT: tuple[tuple[str, str, Callable[[Number], bool]], ...] = (
    (rf"^(?:{said.LEAD_IN})?$", "{H}{2}", _counts_at_least),  # 1000人以上学校配备…
    # 货值5万元以上案件不少于2件
    ("", r"{H}{2,8}(?:不少于|不低于|达到|占比|覆盖率|{H}率)", _counts_at_least),
    ("", "{H}", lambda number: number.unit == "岁" and _counts_at_least(number)),  # 为60岁以上老人
    (r"处以?$", "", _counts_at_least),  # 处以5万元以上罚款
    # 对存在3处以上教学点的机构
    (
        r"^(?:对|凡|对于|凡是)",
        r"[^，。；]{1,30}的",
        lambda number: bool(number.behind) and not number.is_share,
    ),
    # 知晓率低于90%、兑现率低于95%的
    ("", r"(?:、[^，。；、]{1,20}){1,4}的(?:[，。；]|$)", _is_below_or_above),
)


def _says_who_is_covered(number: Number) -> bool:
    """Say whether the number tells who is meant: 6个以上的餐饮单位, 超过3次的, 对满意度低于90%的单位.

    不少于40学时的培训 and 不少于9米的方可办理 stay demands, and so does 95%以上的企业.
    """
    if (
        number.behind
        and number.behind[1].endswith("以下")
        and not (number.is_share or number.ahead)
    ):
        return bool(pattern(r"的?{H}{2}").match(number.text, number.stop))  # 35蒸吨/小时以下锅炉
    for ahead, behind, fits in _WHO_IS_MEANT:
        if (
            fits(number)
            and pattern(ahead).search(number.before)
            and pattern(behind).match(number.text, number.stop)
        ):
            return True
    found = pattern(said.COVERED).match(number.text, number.end)
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
        number.is_share or pattern(said.BOUND).match(word)
    )


def _binds_each_case(number: Number) -> bool:
    """Say whether a time limit binds every case (5个工作日内办结), not the plan (印发之日起15日内)."""
    minutes = number.unit.endswith(("小时", "分钟", "秒"))  # of a case, whatever it is counted from
    issued = pattern(said.COUNTED_FROM_ISSUE).search(number.before) and not minutes
    if issued and pattern(said.OTHERS_ISSUE).search(number.before):
        return True  # 自规范性文件公布之日起15日内报送备案
    if issued or pattern(said.SPAN).search(number.before):
        return False
    if number.unit.endswith("年"):
        return False
    if number.unit.endswith(("工作日", "小时", "分钟", "秒")):
        return True
    return bool(
        pattern(
            said.CASE
            + r"[^，。；]{0,12}$|[^，。；]{3}(?:的|之日起)(?:必?须|应当?|要)?在?$|责令[^，。；]{0,12}$"
        ).search(number.before)
        or pattern(rf"^[^，。；]{{0,10}}(?:{said.HANDLE})").match(
            number.text[number.stop : number.stop + 16]
        )
    )


def _is_short(number: Number) -> bool:
    """Say whether the number is a time in which one case is handled, not one counted from the issue."""
    counted = pattern(rf"{said.COUNTED_FROM_ISSUE}|(?:最后|第|首|每|前)$").search(number.before)
    return number.unit.endswith(("工作日", "小时", "分钟")) and not counted


# Shares that describe: what stands in front, but not if it is that, and what behind. Examples beside.
_DESCRIBED = (
    (r"(?:占|近|约|仅|仅为|由|从|权重为?|分值|偏[多少高低](?:{N}至)?)$", "", ""),  # 近九成
    ("为$", r"率[均须应需]?为$", ""),  # 群众为60%; 满意率应为90% is a demand
    (r"占[^，。；]{0,12}$", r"占比.{0,2}$", ""),  # 占总数的30%
    # 按80%计入
    ("", "", r"的?(?:比例|权重)?(?:给予|予以)?(?:计分|扣分|计入|折算|奖励|补助|补贴)"),
)


def _describes(number: Number) -> bool:
    """Say whether a bare share describes: 占…的30%, 近九成, 权重为5%."""
    before = number.before
    weight = pattern(r"{分值列}$").search(before)
    if weight and "考核" in number.text[sentence_start(number.text, number.start) : number.start]:
        return True  # 纳入绩效考核，占比5%
    return any(
        pattern(ahead).search(before)
        and not (unless and pattern(unless).search(before))
        and pattern(behind).match(number.text, number.end)
        for ahead, unless, behind in _DESCRIBED
    )
