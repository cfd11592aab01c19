"""Numbers without a bound that must be reached all the same: 建成…8条, 三年推介项目60个."""

from models.plan.reading.targets import patterns as said
from models.plan.reading.targets.numbers import Found, Number
from models.plan.reading.text.patterns import pattern
from models.plan.reading.text.stops import sentence_start


def bare_count(number: Number) -> Found | None:
    """建成…8条; 打造5个…: a bare number that must be reached, asked for by a verb of making."""
    text, before = number.text, number.before
    if number.unit.lstrip("万亿") in said.NOT_BARE and not _is_result(number):
        return None
    if number.before.endswith(("（", "(")) and pattern("）").match(number.text, number.end):
        return None  # 城建类（11件）
    if not number.written or pattern(said.ASPECTS).match(text, number.end):
        return None
    printed = number.written[0].isdecimal()
    if number.unit == "路" and not printed:
        return None  # 纬二路
    if not printed and number.value < 2:
        return None
    if pattern(said.REPEATED).search(before):
        return None  # a rate without a bound is a recurring duty
    if (
        printed
        and pattern(said.AMOUNT).search(before)
        and (
            text[number.end : number.end + 1] in said.ENDINGS
            or pattern("（其中").match(text, number.end)
        )
    ):
        return number.found(number.start, number.end, ">=")
    if pattern(said.LIVE).match(text, number.end) and pattern(said.WISHED).search(before):
        return number.found(number.start, number.end, ">=")
    if printed and _ends_a_clause(number):
        if less := pattern(r"^(?:{降})(?=[^到至])").match(before):  # 压减自建机房15个
            at = number.start - len(before) + less.start()
            return number.found(at, number.end, "==", "decrease")
        return number.found(number.start, number.end, ">=")
    makes = list(pattern(said.MAKE if printed else said.STRONG_MAKE).finditer(before))
    if pattern(said.ACCOUNT).search(text, sentence_start(text, number.start), number.start):
        return None
    if not makes or (number.value < 2 and makes[-1][0] == "组建"):
        return None  # 组建护学队1支: a team, not how many
    between = before[makes[-1].end() :]
    if pattern(said.NOT_MADE).search(between[-8:]) or len(between) > 24:
        return None
    about = 2 if text.startswith("左右", number.end) else 0
    behind = text[number.end + about : number.end + about + 1]
    ends = behind in said.ENDINGS or behind in {"赴", "到"}
    ends = ends or pattern("（(?:其中|含|包括)").match(text, number.end + about) is not None
    if not (
        ends
        or (between in {"", "了"} and pattern(said.RESULT).search(makes[-1][0]))
        or pattern(r"^(?:不|新|至|力争|全{区划}).{0,3}$").match(between)
    ):
        return None
    return number.found(number.start, number.end, ">=")


def _ends_a_clause(number: Number) -> bool:
    """Say whether a count is the end of what a clause asks for, whatever its verb: 推介项目60个，带动….

    Who sits in a group (组长1人), what there is (我市共有…) and what a plan counts of itself ask for nothing.
    """
    before, first = number.before, sentence_start(number.text, number.start)
    sentence = number.text[first : number.start]
    return (
        number.text[number.end : number.end + 1] in said.ENDINGS
        and bool(pattern(r"{H}[^\W\d_或至到比超第]$").search(before))
        and number.value > 1
        and not pattern(said.NOT_MADE).search(before)
        and not pattern(said.DESCRIBES).search(sentence)
        and not (number.unit in {"人", "名", "位"} and pattern(said.SEAT).search(before))
    )


def _is_result(number: Number) -> bool:
    """Say whether money or 项 are a result: 完成投资12亿元, 新增事项15项; no 专项经费50万元, no 34项指标."""
    before = number.before
    if number.unit == "项":
        return bool(
            pattern(r"(?:新增|新推出?|推出|上线|新建|办成)[^，。；]{0,12}$|形成$").search(before)
        )
    if number.unit.endswith("元") and pattern(r"设立[^，。；]{0,10}(?:资金|基金)$").search(before):
        return True
    earned = r"(?:{力求}|引进|招引|到位|新增|发放|带动|拉动|撬动)[^，。；]{0,14}$"
    return number.unit.endswith("元") and bool(pattern(earned).search(before))
