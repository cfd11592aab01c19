"""On request: what a unit that is gone left open becomes another unit's."""

from typing import Annotated

from prefect.states import Completed, State
from pydantic import Field

from flows.running import clock
from flows.running.forms import Form, Name, Note, OfCampaign, Post
from flows.running.step import shown, step
from tasks.campaign.succession import hand_over


class SuccessionForm(Form):
    """移交事项。"""

    unit: Name = Field(title="原单位", description="已停用，或岗位全部空缺的单位")
    to: Name = Field(title="接手单位", description="没办完的事项交给它")
    by_post: Post = Field(title="登记人职务", description="如 创建办；只写职务")
    reason: Note = Field(default="", title="理由", description="如 机构改革；可留空")
    campaign: OfCampaign = ""


@shown(
    "移交事项",
    "单位停用或没有人了以后，把它没办完的事项一次交给接手单位，办完的仍记在原单位名下，留痕。",
    "succession",
    "unit",
)
def hand_over_items(succession: Annotated[SuccessionForm, Field(title="移交")]) -> State:
    """The new unit has what the old one left open, or the run says in one line why not.

    May be repeated: there is nothing to hand over then.
    """
    form = succession
    said = step("移交", hand_over)(
        form.campaign or None, form.unit, form.to, form.by_post, form.reason, clock.moment()
    )
    return Completed(message=said)
