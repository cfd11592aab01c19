"""On request: a person says what day it is, so that a clock that jumped is believed again."""

from typing import Annotated

from prefect.states import Completed, State
from pydantic import Field

from flows.running import clock
from flows.running.forms import DayText, Form, Note, Post, day_in
from flows.running.step import shown, step
from models.errors import ProgressError
from tasks.office.clock_watch import believe_clock


class ClockForm(Form):
    """确认本机时钟。"""

    today: DayText = Field(
        title="今天是几号", description="看日历填写，如 2026-11-27；与时钟一致才算数"
    )
    by_post: Post = Field(title="确认人职务", description="如 创建办；只写职务")
    note: Note = Field(default="", title="说明", description="如 电脑停了三周；可留空")


@shown(
    "确认时钟",
    "本机时钟跳动后，领导的提醒、阶段启动和审批会先停着；确认今天的日期后照常进行，时钟走快时写下的收回，到日子再办。",
    called="确认时钟 {told.by_post}",
)
def confirm_clock(told: Annotated[ClockForm, Field(title="时钟")]) -> State:
    """The clock is believed again with an entry of the audit, or the run says that it is wrong.

    May be repeated: a clock that is believed stays so.
    """
    day = day_in(told.today)
    if day is None:
        raise ProgressError("没有写今天是几号")
    return Completed(
        message=step("确认", believe_clock)(day, told.by_post, told.note, clock.now())[:500]
    )
