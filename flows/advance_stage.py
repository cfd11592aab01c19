"""On request: somebody wants a stage moved; the question goes to the decider named in the plan."""

from typing import Annotated

from prefect.states import Completed, State
from pydantic import Field

from flows.running import clock
from flows.running.forms import Form, NumberOrNone, OfCampaign, Post
from flows.running.question_runs import start_run
from flows.running.step import shown, step
from notifications import links
from tasks.campaign.naming import campaign_in_words
from tasks.decisions.asking import ask_by_hand, foresee_asking
from tasks.decisions.deputies.entanglements import entanglements_of, own_request_of
from tasks.decisions.runs import open_runs
from tasks.notices.delivery import deliver


class AdvanceForm(Form):
    """提请推进一个阶段。"""

    stage: NumberOrNone = Field(
        default=0,
        title="阶段序号",
        description="如 2；0 表示最早的进行中的阶段；未启动的阶段就是提请提前启动",
    )
    by_post: Post = Field(title="发起人职务", description="如 创建办；只写职务")
    campaign: OfCampaign = ""

    def foresee(self) -> None:
        """Raise in one line what the run would fail for; nothing is written."""
        foresee_asking(self.campaign or None, self.stage or None, self.by_post)


@shown(
    "阶段推进",
    "提请领导审批一个阶段是否结束，或未启动的阶段是否提前启动；填表后领导会收到表单链接和另发的验证码。",
    "request",
)
def advance_stage(request: Annotated[AdvanceForm, Field(title="提请推进")]) -> State:
    """The decider is asked, with a code of their own and a form that waits; nothing has moved yet.

    May be repeated: a stage that is asked about already keeps its question.
    """
    moment = clock.moment()
    decision_id, name = step("提请审批", ask_by_hand)(
        request.campaign or None, request.stage or None, request.by_post, moment
    )
    asked = next((one.flow_run for one in open_runs() if one.decision_id == decision_id), "")
    run = asked or start_run(decision_id, moment)
    sent = step("发送", deliver)(clock.now)
    where = f"，网页在 {links.question(decision_id)}" + (
        f"，表单在 {links.run(run)}" if run else ""
    )
    bites = own_request_of(decision_id, moment.today)
    bites += entanglements_of(request.campaign or None, moment.today)
    bites += [sent.clock] if sent.clock else []  # while it is not believed, no code goes out
    noted = "".join(f"；注意：{line}" for line in bites)
    of = campaign_in_words(request.campaign or None)
    return Completed(message=f"{of}：已就“{name}”提请审批（编号 {decision_id}）{where}{noted}")
