"""Register deployments anew, and leave switched off what somebody switched off."""

from collections.abc import Collection, Iterable

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterName
from prefect.client.schemas.responses import DeploymentResponse
from prefect.deployments.runner import RunnerDeployment


async def read_registered(
    client: PrefectClient, deployments: Iterable[RunnerDeployment]
) -> dict[str, DeploymentResponse]:
    """Return those of ``deployments`` that Prefect has already, by their names."""
    names = [str(one.name) for one in deployments]
    found = await client.read_deployments(
        deployment_filter=DeploymentFilter(name=DeploymentFilterName(any_=names))
    )
    return {one.name: one for one in found}


def as_it_stands(
    one: RunnerDeployment, known: DeploymentResponse | None, off: Collection[str]
) -> RunnerDeployment:
    """Return ``one`` so that registering it switches nothing on.

    Left to itself Prefect switches on whatever is registered. What is not said it leaves alone, so of
    a known deployment nothing is said: a switch in the very moment of a start holds too. Only where
    the schedule itself is another (a new version), it is handed in as it stood. A deployment that
    Prefect does not know (the first start, or its database was lost) is off when it is in ``off``.
    """
    if known is None:
        return _with_schedules(one, active=str(one.name) not in off)
    if [s.schedule for s in one.schedules or ()] == [s.schedule for s in known.schedules]:
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
