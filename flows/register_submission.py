"""On request, from a form: what a unit sent for a recurring duty has come."""

from typing import Annotated

from prefect.states import Completed, State
from pydantic import Field

from flows.running import clock
from flows.running.forms import DayText, Form, Name, OfCampaign, Post, Remark, day_in
from flows.running.step import shown, step
from tasks.publicity.submissions import Given, take_submission


class SubmissionForm(Form):
    """登记报送。"""

    unit: Name = Field(title="单位", description="哪个单位报送的")
    code: Name = Field(
        title="哪一项", description="如 D1，按收到的日子算是哪一次；或写明 D1.2026-07-28"
    )
    by_post: Post = Field(title="登记人职务", description="如 创建办、市公安局联络员；只写职务")
    arrived_on: DayText = Field(
        default="", title="收到日期", description="如 2026-07-27；留空表示今天"
    )
    note: Remark = ""
    campaign: OfCampaign = ""


@shown(
    "登记报送",
    "登记收到一个单位的定期报送，按收到的日子算按时还是迟报；重复提交不会重复登记。",
    "submission",
    "code",
    "unit",
)
def register_submission(submission: Annotated[SubmissionForm, Field(title="报送")]) -> State:
    """The submission is done on the day it came, or the run says in one line why not.

    May be repeated: the same day again changes nothing.
    """
    form = submission
    given = Given(form.code, form.unit, form.by_post, day_in(form.arrived_on), form.note)
    said = step("登记", take_submission)(form.campaign or None, given, None, clock.moment())
    return Completed(message=said)
