"""Start and look after the runs that ask decisions: every open question has a form that waits.

A run that somebody set to Completed, Failed or Cancelled, deleted, or that went down with Prefect's
database has moved nothing; it is reported and the question asked again.
"""

from typing import cast
from uuid import UUID

from prefect import get_client
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.deployments import run_deployment
from prefect.exceptions import ObjectNotFound
from prefect.states import Completed, State

from flows.running.run_inputs import forget_answers
from models.rules.calendar.moment import Moment
from tasks.decisions.questions import title_of
from tasks.decisions.runs import (
    AskedRun,
    forget_runs,
    leftover_runs,
    open_runs,
    remember_run,
)

DEPLOYMENT = "阶段审批/阶段审批"
LOST = "在 Prefect 里找不到（被删除，或 Prefect 数据库已更换）"
STATES = {
    StateType.COMPLETED: "被设为“已完成”",
    StateType.FAILED: "被设为“失败”或等待超时",
    StateType.CANCELLED: "被取消",
    StateType.CANCELLING: "被取消",
    StateType.CRASHED: "意外中断",
}


def look_after_runs(moment: Moment) -> list[str]:
    """Give every open question a waiting run and end the forms of closed ones; return what to report.

    Repeatable: a question whose run waits is left alone. Without the deployment (a flow tried out
    on its own) questions wait for the served patrol.
    """
    with get_client(sync_client=True) as client:
        news = [line for one in open_runs() if (line := _ensure(client, one, moment))]
        ended = [one for one in leftover_runs() if _end(client, one)]
    forget_runs([one.decision_id for one in ended])
    return news


def start_run(decision_id: int, moment: Moment, *, before: str = "", found: str = "") -> str:
    """Start a run that asks the question and remember it; return its id, "" where none could start.

    Two patrols at once start the same run: the key of idempotency is the question and the run before.
    """
    try:
        started = run_deployment(
            DEPLOYMENT,
            parameters={"decision_id": decision_id},
            flow_run_name=title_of(decision_id),
            timeout=0,
            as_subflow=False,
            idempotency_key=f"decision-{decision_id}-{before or 'first'}",
        )
    except ObjectNotFound:
        return ""
    run = str(cast(FlowRun, started).id)
    remember_run(decision_id, run, before=before, found=found, moment=moment)
    return run


def _ensure(client: SyncPrefectClient, one: AskedRun, moment: Moment) -> str:
    found = _what_became(client, one.flow_run) if one.flow_run else ""
    if one.flow_run and not found:
        return ""
    if one.flow_run and found != LOST:
        forget_answers(client, one.flow_run)
    start_run(one.decision_id, moment, before=one.flow_run, found=found)
    if not one.flow_run:
        return ""
    return f"{one.campaign}“{one.title}”的审批运行{found}，阶段没有变动，已重新请求审批"


def _what_became(client: SyncPrefectClient, flow_run: str) -> str:
    """Return what is wrong with a run that should wait; empty while it waits or works."""
    try:
        state = client.read_flow_run(UUID(flow_run)).state
    except ObjectNotFound:
        return LOST
    return STATES.get(state.type, "") if state else ""


def _end(client: SyncPrefectClient, one: AskedRun) -> bool:
    """End the form of a closed question, so that the list of runs says it is void."""
    try:
        state = client.read_flow_run(UUID(one.flow_run)).state
    except ObjectNotFound:
        return True
    if state and (state.is_final() or state.is_running() or state.is_pending()):
        return state.is_final()
    forget_answers(client, one.flow_run)
    void: State = Completed(name="已失效", message=f"本次审批已失效：{one.ended}")
    client.set_flow_run_state(UUID(one.flow_run), void, force=True)
    return True
