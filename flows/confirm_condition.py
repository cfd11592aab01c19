"""On request: the office vouches for a condition that no table measures, or takes that back."""

from typing import Annotated, Literal

from prefect.states import Completed, State
from pydantic import Field

from flows.running import clock
from flows.running.forms import (
    DayText,
    Form,
    Name,
    NumberOrNone,
    OfCampaign,
    Post,
    Remark,
    day_in,
)
from flows.running.step import shown, step
from tasks.campaign.naming import campaign_in_words
from tasks.gates.confirming import (
    Vouching,
    Which,
    conditions,
    confirm,
    foresee_confirmation,
    foresee_withdrawal,
    withdraw,
)


class ConfirmForm(Form):
    """登记一条确认。"""

    condition: Name = Field(
        title="哪一条",
        description="只列出表里衡量不了的推进条件",
        json_schema_extra={"enum": list(conditions())},
    )
    by_post: Post = Field(title="确认人职务", description="如 创建办；只写职务")
    deed: Literal["确认", "撤回"] = Field(
        default="确认", title="确认还是撤回", description="撤回时请在说明里写理由"
    )
    stage: NumberOrNone = Field(default=0, title="阶段序号", description="0 表示有这一条的那个阶段")
    on: DayText = Field(default="", title="哪一天办成", description="如 2025-07-18；留空表示今天")
    count: NumberOrNone = Field(
        default=0, title="办成几个", description="特色亮点、演练、培训等按个数计的才填；0 表示不填"
    )
    note: Remark = ""
    campaign: OfCampaign = ""

    @property
    def which(self) -> Which:
        """Return the condition that is meant."""
        return Which(self.campaign or None, self.condition, self.stage or None)

    @property
    def vouching(self) -> Vouching:
        """Return what is said of it."""
        return Vouching(self.by_post, day_in(self.on), self.count or None, self.note)

    def foresee(self) -> None:
        """Raise in one line what the run would fail for; nothing is written."""
        if self.deed == "撤回":
            foresee_withdrawal(self.which, self.by_post, self.note)
        else:
            foresee_confirmation(self.which, self.vouching, clock.today())


@shown(
    "登记确认",
    "确认一条系统衡量不了的推进条件，写明谁在哪天确认；登记的进展里没办完的仍算障碍。",
    "confirmation",
    "condition",
)
def confirm_condition(confirmation: Annotated[ConfirmForm, Field(title="确认")]) -> State:
    """The condition is confirmed or taken back with an audit entry, or the run says why not.

    May be repeated: the same confirmation again changes nothing.
    """
    form, moment = confirmation, clock.moment()
    if form.deed == "撤回":
        said = step("撤回", withdraw)(form.which, form.by_post, form.note, moment)
    else:
        said = step("登记", confirm)(form.which, form.vouching, moment)
    return Completed(message=f"{campaign_in_words(form.campaign or None)}：{said}")
