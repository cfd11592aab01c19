"""On request, from the form behind every alert: write down how far something is."""

from typing import Annotated, Literal

from prefect.states import Completed, State
from pydantic import Field

from flows.running import clock
from flows.running.forms import DayText, Form, Name, OfCampaign, Post, Remark, day_in
from flows.running.step import shown, step
from models.rules.progress import WORDS
from tasks.campaign.naming import item_in_words
from tasks.campaign.progress import Report, foresee_report, register_report

ProgressWord = Literal["未开始", "进行中", "已完成", "不适用"]


class ProgressForm(Form):
    """登记一项进展。"""

    code: Name = Field(title="编号", description="如 W5（第5项工作任务）、S2.1（第2阶段第1步）")
    item: Name = Field(
        default="", title="事项（供核对）", description="从链接打开时已填好；不必填写和改动"
    )
    state: ProgressWord = Field(title="进度", description="不适用须在说明里写理由")
    by_post: Post = Field(title="登记人职务", description="如 市司法局联络员；只写职务")
    done_on: DayText = Field(
        default="", title="完成日期", description="如 2025-07-18；留空表示今天"
    )
    unit: Name = Field(default="", title="单位", description="只登记一个单位的部分；留空表示整项")
    note: Remark = ""
    campaign: OfCampaign = ""

    def report(self) -> Report:
        """Return the report that the form writes; raises ProgressError for a day that is none."""
        return Report(
            code=self.code,
            state=WORDS[self.state],
            by_post=self.by_post,
            unit=self.unit or None,
            done_on=day_in(self.done_on),
            note=self.note,
        )

    def foresee(self) -> None:
        """Raise in one line what the run would fail for; nothing is written."""
        foresee_report(self.campaign or None, self.report(), self.item, clock.today())


@shown(
    "登记进展", "填表登记一项任务或节点的进展，重复提交不会重复登记。", "progress", "code", "unit"
)
def register_progress(progress: Annotated[ProgressForm, Field(title="进展")]) -> State:
    """The progress is registered with its audit entry, or the run says in one line why not.

    May be repeated: the same form again changes nothing.
    """
    report = progress.report()
    foresee_report(progress.campaign or None, report, progress.item, clock.today())
    changed = step("登记", register_report)(progress.campaign or None, report, clock.moment())
    item = item_in_words(
        progress.campaign or None, "/".join(filter(None, (progress.code, progress.unit)))
    )
    said = f"{progress.state}，{changed} 处变更" if changed else "没有变化，此前已登记"
    return Completed(message=f"{item}：{said}")
