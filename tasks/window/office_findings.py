"""What of findings and visits waits for the office, and what it registers of them: a new finding, a visit's result."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.calendar.calendar import work_calendar
from models.campaign.campaign import looking_at
from models.findings.listing import FindingLine, finding_lines
from models.keys import key_of
from models.rules.findings.complainants import without_complainant
from models.rules.findings.days import LOOK_BACK_DAYS
from models.rules.findings.words import FindingKind, FindingState
from tasks.findings.acting import TypedFinding
from tasks.inspection.results import SaidOfVisit
from tasks.window.findings import FindingRow, finding_rows

_S = FindingState
# What waits for the office, in the order of a life: the words, and which findings are meant on a day.
_WAITS: Sequence[tuple[str, Callable[[FindingLine, date], bool]]] = (
    ("等交办或裁定", lambda one, _: one.state in (_S.RAISED, _S.DECLINED)),
    ("报了整改，等核实", lambda one, _: one.state == _S.RECTIFIED),
    ("观察期已过，可以销号", lambda one, today: _watched_enough(one, today)),
    (f"销号满 {LOOK_BACK_DAYS} 天，等回头看", lambda one, today: _to_look_back(one, today)),
)


@dataclass(frozen=True, slots=True)
class OfficeFindings:
    """What waits for the office, each kind under its words, and how many findings there are at all."""

    waiting: Sequence[tuple[str, Sequence[FindingRow]]]
    total: int


def office_findings(slug: str, today: date) -> OfficeFindings:
    """Return what of the findings waits for the office; reads only, three statements at any size."""
    with looking_at(slug) as (session, campaign):
        calendar = work_calendar(session)
        lines = finding_lines(session, key_of(campaign))
    waiting = [
        (words, finding_rows([one for one in lines if meant(one, today)], today, calendar))
        for words, meant in _WAITS
    ]
    return OfficeFindings([(words, rows) for words, rows in waiting if rows], len(lines))


def new_finding_foretold(typed: TypedFinding) -> Sequence[str]:
    """Return what registering ``typed`` will do, a sentence each; nothing of whoever complained stands in it."""
    problem = typed.kind is FindingKind.PROBLEM
    kept = without_complainant(typed.problem)
    said = [f"登记为{typed.kind.chinese}：{kept}"]
    if kept != typed.problem:
        said.append("里面像姓名、电话的已经去掉，请再看一遍还有没有")
    if not typed.unit:
        return [*said, "还不交给哪个单位，由创建办以后交办"]
    until = f"，{typed.due.month}月{typed.due.day}日前" if typed.due else "，按通常的期限"
    deed = "整改" if problem else "答复"
    return [*said, f"登记后当即交{typed.unit}{until}{deed}；临近、逾期照样提醒和逐级上报"]


def visit_foretold(said: SaidOfVisit, unit: str) -> Sequence[str]:
    """Return what registering the result of a visit to ``unit`` will do, a sentence each."""
    day = f"{said.visited_on.month}月{said.visited_on.day}日"
    head = f"{said.code} 登记为{day}已走访，{said.by_post}报的结果"
    if said.nothing_found:
        return [head, "未发现问题"]
    raised = [f"问题：{one}" for one in said.problems]
    return [head, *raised, f"这 {len(raised)} 个问题随即交{unit}整改，交办以后这次走访不能撤回"]


def _watched_enough(one: FindingLine, today: date) -> bool:
    return one.state == _S.WATCHED and one.watch_until is not None and one.watch_until < today


def _to_look_back(one: FindingLine, today: date) -> bool:
    old = one.closed_on is not None and one.closed_on <= today - timedelta(days=LOOK_BACK_DAYS)
    closed = one.state == _S.CLOSED and one.kind == FindingKind.PROBLEM
    return closed and old and one.looked_on is None
