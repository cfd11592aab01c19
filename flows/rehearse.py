"""On request: walk a whole campaign ahead on a copy, and see every message before anybody gets one."""

from typing import Annotated, Literal

from prefect import get_run_logger
from prefect.states import Completed, State
from pydantic import Field

from flows.running import clock
from flows.running.forms import DayText, Form, OfCampaign, day_in
from flows.running.progress import RunProgress
from flows.running.publish import show
from flows.running.step import shown, step
from models.rules.rehearsal.findings import rehearsal_line
from models.rules.rehearsal.pace import PaceKind
from notifications import links
from notifications.markdown import typed
from tasks.rehearsal.asked import AskedRehearsal
from tasks.rehearsal.keeping import Result
from tasks.rehearsal.kept import keep_for_window
from tasks.rehearsal.pages import markdown_of, rehearsal_page_of
from tasks.rehearsal.rehearsing import rehearse as walked

PACES = {kind.chinese: kind for kind in PaceKind}
PaceWord = Literal["谁也不办", "按期办结", "照目前的进度"]


class RehearsalForm(Form):
    """What is to be walked ahead."""

    campaign: OfCampaign = ""
    first: Annotated[
        DayText,
        Field(title="从哪一天", description="如 2026-03-02；留空从方案的第一天，已经进行的从今天"),
    ] = ""
    last: Annotated[
        DayText,
        Field(title="到哪一天", description="留空到方案的最后一天，没有结束日的再走 60 个工作日"),
    ] = ""
    pace: Annotated[PaceWord, Field(title="各单位的进度", description="谁什么时候办结")] = (
        "谁也不办"
    )


@shown(
    "演练",
    "在一份副本上把整个活动走一遍：每天会给谁发什么、请谁审批、哪里要先改正。不发给任何人，不改动任何登记。",
    "rehearsal",
)
def rehearse(rehearsal: Annotated[RehearsalForm, Field(title="演练")]) -> State:
    """The rehearsal's page stands in the window, its workbook and every word of its messages beside it.

    May be repeated, and at the same time as itself: the last to end is what is shown. Writes no fact and
    sends nothing; stopped midway it leaves nothing behind.
    """
    asked = AskedRehearsal(
        rehearsal.campaign, day_in(rehearsal.first), day_in(rehearsal.last), PACES[rehearsal.pace]
    )
    found = step("演练", walked)(asked, clock.moment(), RunProgress("rehearsal", "演练（按天数）"))
    result = Result(found)
    address = step("写成文件", keep_for_window)(result, clock.now())
    title = typed(f"{found.label}：演练")
    way = ("网页", links.board(address, "o/rehearsal"))
    step("发布到界面", show)(
        f"rehearsal-{address}", markdown_of(rehearsal_page_of(found)), title, ways=[way]
    )
    line = rehearsal_line(found)
    get_run_logger().info(line)
    return Completed(message=line[:500])
