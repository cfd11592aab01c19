"""On request, from a form: what a team found on its visit."""

from typing import Annotated

from prefect.states import Completed, State
from pydantic import Field

from flows.running import clock
from flows.running.forms import DayText, Form, Name, Note, OfCampaign, Post, day_in
from flows.running.step import shown, step
from models.rules.visits.results import problems_in
from tasks.inspection.results import SaidOfVisit, set_result


class VisitForm(Form):
    """登记走访。"""

    code: Name = Field(title="走访编号", description="如 V1.12（第 1 轮第 12 次），写在检查清单上")
    by_post: Post = Field(title="走访人职务", description="如 第一督导组组长；只写职务")
    visited_on: DayText = Field(
        default="", title="走访日期", description="如 2026-06-05；留空表示今天"
    )
    problems: Note = Field(
        default="", title="问题", description="一行一个；没有发现问题的留空，并勾选下一项"
    )
    nothing_found: bool = Field(
        default=False, title="未发现问题", description="每次走访都要列出问题，或勾选这一项"
    )
    item: Name = Field(
        default="", title="涉及事项", description="这些问题涉及的任务或指标编号，如 W5；可留空"
    )
    due: DayText = Field(default="", title="建议整改期限", description="如 2026-06-30；可留空")
    campaign: OfCampaign = ""

    def said(self) -> SaidOfVisit:
        """Return what the form says; raises ProgressError for a day that is none."""
        return SaidOfVisit(
            self.code,
            day_in(self.visited_on) or clock.today(),
            self.by_post,
            self.nothing_found,
            problems_in(self.problems),
            self.item,
            day_in(self.due),
        )


@shown(
    "登记走访",
    "登记督导组一次走访的结果：列出的问题随即交办，或写明未发现问题；重复提交不会重复登记。",
    "visit",
    "code",
)
def register_visit(visit: Annotated[VisitForm, Field(title="走访")]) -> State:
    """The visit is held and what it found are findings, or the run says in one line why not.

    May be repeated: the same form again changes nothing.
    """
    outcome = step("登记", set_result)(visit.campaign or None, visit.said(), clock.moment())
    new = "已登记" if outcome.changes else "此前已登记，没有变化"
    return Completed(message=f"{outcome.code} {outcome.found}，{new}")
