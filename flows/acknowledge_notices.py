"""On request, from the link in every message: say that it was received."""

from typing import Annotated

from prefect.states import Completed, State
from pydantic import Field

from flows.running import clock
from flows.running.forms import Form, Name, NumberOrNone, Remark
from flows.running.step import shown, step
from models.errors import ProgressError
from tasks.campaign.naming import item_in_words
from tasks.notices.acknowledging import acknowledge, acknowledge_message, foresee_acknowledgement

NOTHING = "消息编号和事项编号至少填一个"


class AcknowledgementForm(Form):
    """签收收到的提醒。"""

    message: NumberOrNone = Field(
        default=0, title="消息编号", description="链接已填好；签收其中全部事项"
    )
    code: Name = Field(
        default="", title="编号", description="只签收一个事项时填，如 W5、W5/市司法局"
    )
    by_post: Name = Field(title="签收人职务", description="如 市司法局联络员；只写职务")
    note: Remark = ""
    campaign: Name = Field(
        default="", title="创建活动或工作计划", description="简称；按消息编号签收时留空"
    )

    def foresee(self) -> None:
        """Raise in one line what the run would fail for; nothing is written."""
        if not self.message and not self.code:
            raise ProgressError(NOTHING)
        foresee_acknowledgement(self.campaign or None, self.message, self.code, self.by_post)


@shown(
    "签收提醒", "从提醒里的链接打开，签收其中的事项；重复提交不会重复签收。", "receipt", "by_post"
)
def acknowledge_notices(
    # Links that were sent call it a receipt.
    receipt: Annotated[AcknowledgementForm, Field(title="签收")],
) -> State:
    """The items are acknowledged with an audit entry, or the run says in one line why not.

    May be repeated: the same form again changes nothing.
    """
    if not receipt.message and not receipt.code:
        raise ProgressError(NOTHING)
    campaign, moment = receipt.campaign or None, clock.moment()
    said = receipt.by_post, receipt.note
    if receipt.code:
        count = step("签收", acknowledge)(campaign, receipt.code, *said, moment=moment)
    else:
        count = step("签收", acknowledge_message)(receipt.message, *said, moment=moment)
    of = f"{item_in_words(campaign, receipt.code)}：" if receipt.code else ""
    done = f"已签收 {count} 个事项" if count else "此前已签收，没有变化"
    return Completed(message=of + done)
