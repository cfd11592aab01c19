"""A run for each of many campaigns on a work pool: a few at a time, watched by one question, made up for.

Nothing is kept in memory that the server does not know: a run carries the day as its tag and its
campaign as its parameter, and its key is day, campaign and number. Who begins again, because the
process before was killed, goes on with the runs there are; two at once start the same ones.
"""

import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

import httpx
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import FlowRunFilter
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.exceptions import ObjectNotFound
from prefect.states import Cancelled, Cancelling, State

from models.errors import DatabaseError, ServerError

R = TypeVar("R")
Runs = dict[str, list[FlowRun]]  # by campaign

AT_ONCE = 8  # more at once brought time-outs to everybody else
STARTED_TOGETHER = 4  # of them, between two looks
TRIES = 3
LOOK_EVERY = 1.0  # seconds
PICKED_UP_WITHIN = timedelta(minutes=3)
GONE_FOR_GOOD = timedelta(minutes=15)
PAGE = 200
GONE = "Prefect 服务或者数据库有一刻钟联系不上，没有巡查完；恢复以后再运行一次，从停下的地方接着做"
WAITS = "Prefect 服务或者数据库暂时联系不上，等它恢复"
DELETED = "运行被删除"
NOBODY = "没有工作进程接手"
STUCK = "工作进程接手后没有开始"
TOO_LONG = "分钟没有办完，已停下"
BY_OPERATOR = "操作人员取消"
BAD = {StateType.FAILED: "运行失败", StateType.CRASHED: "意外中断"}
ENDED_EARLY = (StateType.CANCELLING, StateType.CANCELLED)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long one run may take, and how long it may wait while nobody works at all."""

    lasts: timedelta
    picked_up_within: timedelta = PICKED_UP_WITHIN
    tries: int = TRIES
    at_once: int = AT_ONCE


def what_is_wrong(state: State | None, lasted: timedelta, limits: Limits) -> str:
    """Return why a run came to nothing or will not come to anything; empty while all is well.

    ``lasted`` is for how long its ``state`` has been seen.
    """
    if state is None or state.type in (StateType.SCHEDULED, StateType.COMPLETED):
        return ""
    if (
        state.type in ENDED_EARLY
    ):  # two rounds at once share their runs: the other may have ended it
        ours = state.message in (NOBODY, STUCK) or (state.message or "").endswith(TOO_LONG)
        return f"被取消：{state.message}" if ours else BY_OPERATOR
    if said := BAD.get(state.type):
        return f"{said}：{state.message}" if state.message else said
    if state.type == StateType.PENDING:
        return STUCK if lasted > limits.picked_up_within else ""
    if lasted > limits.lasts:
        return f"{int(limits.lasts.total_seconds() / 60)} {TOO_LONG}"
    return ""


class PoolRuns:
    """The runs of one round on the pool; `see_to` brings them about."""

    def __init__(
        self,
        client: SyncPrefectClient,
        deployment: str,
        tag: str,
        limits: Limits,
        say: Callable[[str], None],
    ) -> None:
        """Take the ``deployment`` that a run for one campaign is of, and the ``tag`` of this round's runs.

        What an operator may want to know at once is said to ``say``.
        """
        self._client, self._tag, self._limits, self._say = client, tag, limits, say
        try:
            self._deployment = client.read_deployment_by_name(deployment).id
        except ObjectNotFound:
            raise ServerError(f"还没有登记“{deployment}”，请先运行 shifan deploy") from None
        self._under_way: dict[UUID, str] = {}
        self._tries: Counter[str] = Counter()
        self._faults: dict[str, str] = {}
        # Time is counted here: the clocks of servers and workers may differ.
        self._moved = time.monotonic()  # when a run was last seen to begin or to end
        self._since: dict[UUID, tuple[StateType, float]] = {}  # of each, its state and since when
        self._ended: set[UUID] = set()
        self._gone_since = 0.0

    def see_to(self, slugs: Sequence[str], done: Callable[[], Collection[str]]) -> dict[str, str]:
        """Have every campaign of ``slugs`` run; return why it came to nothing, by campaign.

        ``done`` says which need no run any more, whatever became of theirs. A slow or failed one holds
        nobody up: it gives its place back and is tried again behind all others. Raises ServerError
        where Prefect does not answer for a quarter of an hour.
        """
        queue, earlier = deque(slugs), None
        while queue or self._under_way:
            earlier = earlier or self._or_later(self._earlier)
            if earlier is not None:
                self._or_later(self._start_some, queue, earlier)
            time.sleep(LOOK_EVERY)
            self._or_later(self._look, queue, done)
            if self._nobody_works():
                self._or_later(self._give_up, queue)
                break
        return self._faults

    def _or_later(self, ask: Callable[..., R], *about: Any) -> R | None:
        """Return what Prefect or our database answers; None where neither can now: it is asked again.

        Meanwhile nobody's time runs out.
        """
        try:
            answer = ask(*about)
        except (httpx.TransportError, httpx.HTTPStatusError, DatabaseError) as error:
            if isinstance(error, httpx.HTTPStatusError) and not error.response.is_server_error:
                raise
            self._moved = now = time.monotonic()
            self._gone_since = self._gone_since or now
            if now - self._gone_since > GONE_FOR_GOOD.total_seconds():
                raise ServerError(GONE) from error
            self._say(WAITS)
            return None
        self._gone_since = 0.0
        return answer

    def _earlier(self) -> Runs:
        """Return the runs of this round that there are already, by campaign."""
        found: dict[str, list[FlowRun]] = defaultdict(list)
        for first in range(0, PAGE * PAGE, PAGE):
            some = self._client.read_flow_runs(
                flow_run_filter=FlowRunFilter.model_validate({"tags": {"all_": [self._tag]}}),
                sort=FlowRunSort.EXPECTED_START_TIME_ASC,
                limit=PAGE,
                offset=first,
            )
            for run in some:
                found[str(run.parameters.get("campaign"))].append(run)
            if len(some) < PAGE:
                break
        return found

    def _start_some(self, queue: deque[str], earlier: Runs) -> None:
        room = self._limits.at_once - len(self._under_way)
        for _ in range(min(room, STARTED_TOGETHER, len(queue))):
            slug = queue[0]
            runs = earlier[slug]
            alive = (one for one in runs if _is_alive(one) and one.id not in self._ended)
            run = next(alive, None)
            if run is None:
                run = self._client.create_flow_run_from_deployment(
                    self._deployment,
                    parameters={"campaign": slug},
                    tags=[self._tag],
                    idempotency_key=f"{self._tag} {slug} {len(runs) + 1}",
                )
                runs.append(run)
            self._under_way[run.id] = slug
            self._since[run.id] = StateType.SCHEDULED, time.monotonic()
            self._tries[slug] += 1
            queue.popleft()

    def _look(self, queue: deque[str], done: Callable[[], Collection[str]]) -> None:
        """Ask after all that is under way at once; put what needs another try behind the others."""
        wanted = FlowRunFilter.model_validate({"id": {"any_": list(self._under_way)}})
        known = {run.id: run for run in self._client.read_flow_runs(flow_run_filter=wanted)}
        wrong = {id: self._wrong(id, known.get(id)) for id in self._under_way}
        well = done() if any(wrong.values()) else ()
        for id, why in wrong.items():
            run, slug = known.get(id), self._under_way[id]
            if not why and not (run and run.state_type == StateType.COMPLETED):
                continue
            if run and why:
                self._stop(run, why)
            del self._under_way[id]
            self._ended.add(id)
            self._moved = time.monotonic()
            self._faults.pop(slug, None)
            if why and slug not in well:
                self._faults[slug] = why
                if why != BY_OPERATOR and self._tries[slug] < self._limits.tries:
                    self._say(f"{slug}：{why}，再试一次")
                    queue.append(slug)

    def _wrong(self, id: UUID, run: FlowRun | None) -> str:
        if run is None or run.state is None:
            return DELETED
        now = time.monotonic()
        before, since = self._since[id]
        if before != run.state.type:
            self._since[id] = run.state.type, now
            self._moved = since = now
        return what_is_wrong(run.state, timedelta(seconds=now - since), self._limits)

    def _nobody_works(self) -> bool:
        """Say whether everything waits, and for too long."""
        idle = time.monotonic() - self._moved > self._limits.picked_up_within.total_seconds()
        states = {self._since[id][0] for id in self._under_way}
        return idle and states == {StateType.SCHEDULED}

    def _give_up(self, queue: deque[str]) -> None:
        for slug in (*self._under_way.values(), *queue):
            self._faults[slug] = NOBODY
        for id in self._under_way:
            self._set(id, Cancelled(message=NOBODY))

    def _stop(self, run: FlowRun, why: str) -> None:
        """Let whoever runs it end it; what has not begun is ended here."""
        if run.state_type == StateType.RUNNING:
            self._set(run.id, Cancelling(message=why))
        elif run.state_type == StateType.PENDING:
            self._set(run.id, Cancelled(message=why))

    def _set(self, id: UUID, state: State) -> None:
        with suppress(ObjectNotFound):  # somebody deleted it meanwhile
            self._client.set_flow_run_state(id, state, force=True)


def _is_alive(run: FlowRun) -> bool:
    return run.state_type in (StateType.SCHEDULED, StateType.PENDING, StateType.RUNNING)
