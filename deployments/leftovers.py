"""What a power cut leaves in Prefect: runs that nobody runs, and places in the queue they still hold.

Prefect keeps a deployment's place taken as long as its run looks alive; after a power cut in the
middle of the patrol every later patrol would be cancelled as one too many, for ever.
"""

from collections.abc import Iterable
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.states import Crashed

ALIVE = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]
CUT_OFF = "断电或被强行结束；没有做完的由下一次运行补做"
PAGE = 200


async def clear_leftovers(client: PrefectClient, deployments: Iterable[UUID]) -> int:
    """Close the runs of ``deployments`` that look alive and give back their places; return how many.

    Only for the one process that serves these deployments, before it starts to: nothing of theirs
    can be running then. Suspended and scheduled runs stay. May run twice; killed in the middle, the
    next start does the rest.
    """
    ids = list(deployments)
    closed = 0
    while left := await client.read_flow_runs(
        flow_run_filter=FlowRunFilter(
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=ALIVE))
        ),
        deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=ids)),
        limit=PAGE,
    ):
        for run in left:
            await client.set_flow_run_state(run.id, Crashed(message=CUT_OFF), force=True)
        closed += len(left)
    mine = {f"deployment:{one}" for one in ids}
    for place in await client.read_global_concurrency_limits(limit=PAGE):
        if place.name in mine and place.active_slots:
            await client.update_global_concurrency_limit(
                place.name, GlobalConcurrencyLimitUpdate(active_slots=0)
            )
    return closed
