"""Make the work pool, and register every deployment to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import WorkPoolCreate, WorkPoolUpdate
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterTags
from prefect.client.schemas.objects import WorkPool
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectNotFound

from deployments.pools.job_templates import Kind, job_template
from deployments.service.registering import register
from deployments.service.schedules import OURS, all_deployments
from models.errors import ServerError

LIMIT = 8  # runs at once: more brought time-outs to others (Prefect's #22314)
SAID = "示范的运行；由 shifan deploy 建立"


@dataclass(frozen=True, slots=True)
class WantedPool:
    """The pool as it should be; ``limit`` is None where whatever stands there stays."""

    name: str
    kind: Kind
    image: str = ""
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Deployed:
    """What a deploy did, or would do: of the pool in a word, and the names of deployments."""

    pool: str
    registered: list[str]
    off: list[str]
    dropped: list[str]


async def deploy_to_pool(
    client: PrefectClient, wanted: WantedPool, time_zone: str, *, dry: bool
) -> tuple[Deployed, dict[str, UUID]]:
    """Make or mend the pool and register every deployment; return what was done, and the ids.

    May be repeated: what stands already stays, what is switched off stays off, a deployment of ours
    that this version no longer has goes. With ``dry`` nothing is written. Raises ServerError where
    the pool is of another kind.
    """
    word = await _make_pool(client, wanted, dry=dry)
    deployments = all_deployments(time_zone, wanted.name)
    gone = await _gone(client, deployments)
    names = [str(one.name) for one in deployments]
    if dry:
        return Deployed(word, names, [], [name for name, _ in gone]), {}
    ids, off = await register(_put, client, deployments)
    for _, number in gone:
        await client.delete_deployment(number)
    return Deployed(word, names, sorted(off), [name for name, _ in gone]), ids


async def _put(one: RunnerDeployment) -> UUID:
    return await one.aapply()


async def _make_pool(client: PrefectClient, wanted: WantedPool, *, dry: bool) -> str:
    template = job_template(wanted.kind, wanted.image)
    try:
        there = await client.read_work_pool(wanted.name)
    except ObjectNotFound:
        if not dry:
            made = WorkPoolCreate(
                name=wanted.name,
                type=wanted.kind,
                description=SAID,
                base_job_template=template,
                concurrency_limit=LIMIT if wanted.limit is None else wanted.limit,
            )
            await client.create_work_pool(made)
        return "新建"
    if there.type != wanted.kind:
        raise ServerError(
            f"工作池“{wanted.name}”已经有了，类型是 {there.type}，不是 {wanted.kind}："
            f"请写 --type {there.type}（如果支持），或用 --pool 另起一个名字"
        )
    changes = _changes(there, wanted, template)
    if changes and not dry:
        await client.update_work_pool(wanted.name, WorkPoolUpdate(**changes))
    return "更新" if changes else "不变"


def _changes(there: WorkPool, wanted: WantedPool, template: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if there.base_job_template != template:
        found["base_job_template"] = template
    if wanted.limit is not None and there.concurrency_limit != wanted.limit:
        found["concurrency_limit"] = wanted.limit
    return found


async def _gone(
    client: PrefectClient, deployments: Sequence[RunnerDeployment]
) -> list[tuple[str, UUID]]:
    """Return the deployments of ours that this version does not have, also of another flow by an old name."""
    found = await client.read_deployments(
        deployment_filter=DeploymentFilter(tags=DeploymentFilterTags(all_=[OURS]))
    )
    flows = {one.flow_id: (await client.read_flow(one.flow_id)).name for one in found}
    kept = {(str(one.flow_name), str(one.name)) for one in deployments}
    return [(one.name, one.id) for one in found if (flows[one.flow_id], one.name) not in kept]
