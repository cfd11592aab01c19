"""What a power cut leaves in Prefect: runs that nobody runs, places they still hold, missed hours.

Prefect keeps a deployment's place taken as long as its run looks alive; after a power cut in the
middle of the patrol every later patrol would be cancelled as one too many, for ever. And it has made
the next runs of every schedule in advance: after hours without power all of them are due at once.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.states import Crashed, Scheduled

from flows.running.missed import BY_SCHEDULE, missed
from models.rules.calendar.moment import Moment

ALIVE = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]
CUT_OFF = "断电或被强行结束；定时的由下一次运行补做，自己提交的请看办成没有，没有办成的再提交一次"
PAGE = 200


async def clear_leftovers(
    client: PrefectClient, deployments: Iterable[UUID], superseded: UUID
) -> None:
    """Close the runs of ``deployments`` that look alive and give back their places.

    Only for the one process that serves these deployments, before it starts to: nothing of theirs
    can be running then. Suspended and scheduled runs stay, and what somebody asked for that had not
    begun waits to be run again. May run twice; killed in the middle, the next start does the rest.
    """
    ids = list(deployments)
    while left := await client.read_flow_runs(
        flow_run_filter=FlowRunFilter(
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=ALIVE))
        ),
        deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=ids)),
        limit=PAGE,
    ):
        for run in left:
            await client.set_flow_run_state(run.id, left_as(run, superseded), force=True)
    mine = {f"deployment:{one}" for one in ids}
    for place in await client.read_global_concurrency_limits(limit=PAGE):
        if place.name in mine and place.active_slots:
            await client.update_global_concurrency_limit(
                place.name, GlobalConcurrencyLimitUpdate(active_slots=0)
            )


def left_as(run: FlowRun, superseded: UUID) -> State:
    """Return what becomes of a run that looks alive and is not.

    One that somebody asked for, of which no line ran yet, is run now: a filled-in form is not lost.
    The ticks of a schedule come again, and of ``superseded`` the start itself asks for one.
    """
    begun = run.state_type != StateType.PENDING or run.run_count > 0
    comes_again = BY_SCHEDULE in run.tags or run.deployment_id == superseded
    return Crashed(message=CUT_OFF) if begun or comes_again else Scheduled()


async def close_missed(
    client: PrefectClient, deployments: Iterable[UUID], moment: Moment, superseded: UUID
) -> None:
    """Close the ticks of ``deployments`` whose hour passed while nothing ran.

    Of each deployment the newest of today's stays and runs late; of ``superseded``, which the start
    itself asks for, none does. What a person asked for stays too. May run twice, as `clear_leftovers`.
    """
    ids = list(deployments)
    while True:
        due = await client.read_flow_runs(
            flow_run_filter=FlowRunFilter(
                tags=FlowRunFilterTags(all_=[BY_SCHEDULE]),
                expected_start_time=FlowRunFilterExpectedStartTime(before_=moment.now),
                state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
            ),
            deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=ids)),
            sort=FlowRunSort.EXPECTED_START_TIME_DESC,
            limit=PAGE,
        )
        late = stale(due, moment, superseded)
        for run in late:
            hour = run.expected_start_time or moment.now
            state = missed(hour, "那时没有运行，现在的情况由最近一次运行处理")
            await client.set_flow_run_state(run.id, state, force=True)
        if not late or len(due) < PAGE:
            return


def stale(due: Sequence[FlowRun], moment: Moment, superseded: UUID) -> list[FlowRun]:
    """Return those of ``due`` (newest first) that need not run any more."""
    stays: set[UUID | None] = {superseded}
    late = []
    for run in due:
        hour = run.expected_start_time or moment.now
        today = hour.astimezone(moment.zone).date() == moment.today
        if today and run.deployment_id not in stays:
            stays.add(run.deployment_id)
        else:
            late.append(run)
    return late
