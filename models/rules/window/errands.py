"""What the office may have to do on a day: each errand with its page's name, in the order in which they press."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.rules.words import Worded


class Errand(Worded):
    """An errand of the office: the last part of its page's address, and what the page is called.

    In the order in which they press: what stops everything, what reached nobody, what others wait for,
    what can wait until the week is over, and what is only looked up. Where nothing waits, the usual ones
    come first.
    """

    CLOCK = "clock", "确认时钟"
    UNHEARD = "unheard", "谁没有收到"
    DOCTOR = "doctor", "体检"
    DECISIONS = "decisions", "提请审批、打印验证码单"
    UNANSWERED = "unanswered", "谁没有签收"
    BURDEN = "burden", "同意多提醒一次"
    CONDITIONS = "conditions", "确认推进条件"
    FINDINGS = "findings", "问题整改、投诉建议"
    VISITS = "visits", "登记走访结果"
    SUCCESSION = "succession", "移交接手单位"
    GROUPS = "groups", "单位类别的成员"
    HOLIDAYS = "holidays", "放假安排"
    SILENCES = "silences", "静默"
    REHEARSAL = "rehearsal", "演练"
    REPORT = "report", "替人登记进展"
    ACTS = "acts", "最近办过的事、撤回"
    LINKS = "links", "收回个人链接"
    ACCOUNTS = "accounts", "账号"


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits under an errand, in one line; ``count`` 0 for one that nothing waits under."""

    errand: Errand
    count: int
    line: str


# What an office does every day, whether anything waits or not; the other errands follow.
USUAL = (
    Errand.REPORT,
    Errand.FINDINGS,
    Errand.SILENCES,
    Errand.DECISIONS,
    Errand.ACTS,
    Errand.UNHEARD,
    Errand.UNANSWERED,
)


def in_pressing_order(found: Iterable[Waiting]) -> Sequence[Waiting]:
    """Return every errand once: those under which something waits as `Errand` has them, then the usual ones."""
    said = {one.errand: one for one in found}
    every = [said.get(errand, Waiting(errand, 0, "")) for errand in Errand]
    waiting = [one for one in every if one.count]
    usual = [said.get(errand, Waiting(errand, 0, "")) for errand in USUAL]
    return list(dict.fromkeys([*waiting, *(one for one in usual if not one.count), *every]))
