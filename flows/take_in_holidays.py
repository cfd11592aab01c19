"""On request: the State Council's arrangement of a year's holidays is pasted in, once a year."""

from typing import Annotated

from prefect.states import Completed, State
from pydantic import Field

from flows.running import clock
from flows.running.forms import LINES, Form, Name, NumberOrNone, Post
from flows.running.step import shown, step
from models.rules.bounds import LONGEST_TYPED
from models.rules.calendar.arrangement_text import read_arrangement
from tasks.office.holidays import HandedIn, take_in


class HolidaysForm(Form):
    """放假安排。"""

    text: Annotated[str, Field(max_length=LONGEST_TYPED), LINES] = Field(
        title="通知全文",
        description="把国务院办公厅《关于……年部分节假日安排的通知》从标题到落款整篇粘贴进来，不要连同网页上别的文字",
    )
    by_post: Post = Field(title="装入人职务", description="如 创建办；只写职务")
    number: Name = Field(
        default="", title="文号", description="如 国办发明电〔2025〕7号；文中写了的可留空"
    )
    source: Name = Field(default="", title="取自哪里", description="如网址；可留空")
    year: NumberOrNone = Field(default=0, title="年份", description="0 表示以文中写的为准")
    sure: bool = Field(
        default=False,
        title="已核对",
        description="调休上班的天数与放假对不上，而原文确实如此时才勾选",
    )


@shown(
    "录入放假安排",
    "国务院公布下一年的放假安排后，把通知全文粘贴进来；星期、天数、法定假日和调休会互相核对。",
)
def take_in_holidays(holidays: Annotated[HolidaysForm, Field(title="放假安排")]) -> State:
    """The year's arrangement holds from now on, or the run says in its lines what is wrong with it.

    May be repeated: the same text again changes nothing.
    """
    read = read_arrangement(holidays.text, holidays.year or None)
    source = holidays.source or "界面表单"
    notice = HandedIn("通知", holidays.number, source, holidays.by_post, holidays.sure)
    line = step("核对并装入", take_in)(read, notice, clock.moment())
    return Completed(message=line[:500])
