"""Register deployments so that nothing is switched on that somebody switched off."""

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from contextlib import suppress
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    FlowFilter,
    FlowFilterId,
)
from prefect.client.schemas.responses import DeploymentResponse
from prefect.deployments.runner import RunnerDeployment

from deployments.service.server import runs_by_itself
from flows.running import clock
from models.audit.switch import UNKNOWN
from models.errors import CampaignError
from tasks.office.switches import keep_switches, schedules_off

Put = Callable[[RunnerDeployment], Awaitable[UUID]]
Known = Mapping[tuple[str, str], DeploymentResponse]  # by the names of flow and deployment


async def register(
    put: Put, client: PrefectClient, deployments: Iterable[RunnerDeployment]
) -> tuple[dict[str, UUID], set[str]]:
    """Register ``deployments`` by ``put`` as they stand; return the id of each, and which are switched off."""
    deployments = list(deployments)
    known = await _known(client, [str(one.name) for one in deployments])
    off = seen_off([one for one in deployments if one.schedules], known)
    ids = {}
    for one in deployments:
        name = str(one.name)
        ids[name] = await put(as_it_stands(one, known.get((str(one.flow_name), name)), off))
    return ids, off


async def _known(client: PrefectClient, names: list[str]) -> Known:
    found = await client.read_deployments(
        deployment_filter=DeploymentFilter(name=DeploymentFilterName(any_=names))
    )
    flows = {one.flow_id for one in found}
    read = await client.read_flows(flow_filter=FlowFilter(id=FlowFilterId(any_=list(flows))))
    called = {flow.id: flow.name for flow in read}
    return {(called[one.flow_id], one.name): one for one in found if one.flow_id in called}


def seen_off(scheduled: Iterable[RunnerDeployment], known: Known) -> set[str]:
    """Return which of ``scheduled`` are off, and write down what nobody saw being switched.

    What Prefect knows is as it says, also where another flow bore the name until now; of the rest our
    own tables tell.
    """
    off: set[str] = set()
    with suppress(CampaignError):  # a locked database keeps no schedule from its hour
        off = {switch.schedule for switch in schedules_off()}
    runs = {
        name: runs_by_itself(one.model_dump(include={"paused", "schedules"}))
        for (_, name), one in known.items()
    }
    on = {}
    for one in scheduled:
        name = str(one.name)
        exact = known.get((str(one.flow_name), name))
        on[name] = (
            runs_by_itself(exact.model_dump(include={"paused", "schedules"}))
            if exact
            else runs.get(name, name not in off)
        )
    with suppress(CampaignError):
        keep_switches(on, UNKNOWN, clock.moment())
    return {name for name, runs_itself in on.items() if not runs_itself}


def as_it_stands(
    one: RunnerDeployment, known: DeploymentResponse | None, off: Collection[str]
) -> RunnerDeployment:
    """Return ``one`` so that registering it switches nothing on.

    Left to itself Prefect switches on whatever is registered. What is not said it leaves alone, so of
    a known deployment nothing is said: a switch in the very moment of a start holds too, and so do
    schedules that somebody added to ours. Only where the schedule itself is another (a new version), it
    is handed in as it stood. A deployment that Prefect does not know (the first start, or its database
    was lost) is off when it is in ``off``.
    """
    if known is None:
        return _with_schedules(one, active=str(one.name) not in off)
    ours, there = ([s.schedule for s in each.schedules or ()] for each in (one, known))
    if ours == there or (ours and all(schedule in there for schedule in ours)):
        one.schedules = None
        one.model_fields_set.discard("schedules")
    else:
        stood = [schedule.active for schedule in known.schedules]
        one = _with_schedules(one, active=any(stood) or not stood)
    one.model_fields_set.discard("paused")  # at last: each of the lines above sets it again
    return one


def _with_schedules(one: RunnerDeployment, *, active: bool) -> RunnerDeployment:
    one.schedules = [s.model_copy(update={"active": active}) for s in one.schedules or ()] or None
    return one
