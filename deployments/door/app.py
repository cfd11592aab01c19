"""Prefect's server and the window with the door in front of them, as one ASGI application."""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable
from datetime import datetime
from time import monotonic

from deployments.door.callers.counting import Tally
from deployments.door.callers.gateway import seen_from
from deployments.door.callers.who import ASKS, TOKEN, Doorkeeper, Entrances
from deployments.door.guard import Guard, Hands
from deployments.door.refused import Refused
from deployments.door.transport import App
from deployments.door.under import inside, outside
from deployments.window.after import runs_by
from deployments.window.frame import create_window
from flows.running import clock
from models.errors import CampaignError
from models.rules.evidence.links import networks_in
from models.settings import moment_of, settings
from tasks.office.refusals import keep_refusal
from tasks.window.entering import enter_with_password
from tasks.window.links import Refusal
from tasks.window.visitors import Visitor, visitor_of

LOG = logging.getLogger("shifan.door")


def create_app() -> App:
    """Return Prefect's application and the window behind the door, with this start's token."""
    from deployments.door.prefects import prefects

    return behind_the_door(prefects())


def behind_the_door(app: App) -> App:
    """Return ``app`` with the door in front of it, under the path of the office's public address."""
    from deployments.door.calls.filling import Deployments
    from deployments.door.calls.inside import past_the_door
    from deployments.door.calls.prefilled import fuller
    from deployments.door.calls.waiting import WaitingRuns
    from tasks.office.switches import keep_switches

    within = inside(app, settings().public_path)
    deployments, runs = Deployments(within), WaitingRuns(past_the_door(within))
    runs_by(runs.end, runs.start)

    async def keep_switch(path: str, who: str) -> None:
        try:
            on = await deployments.switched(path)
            await asyncio.to_thread(keep_switches, on, who, clock.moment())
        except (CampaignError, Refused) as error:  # the next start finds it, and not who it was
            LOG.warning("switch not kept: %s", error)

    hands = Hands(
        fillings={
            "/deployments/{id}/create_flow_run": deployments.fill_run,
            "/deployments/{id}/schedules/{id}": deployments.fill_switch,
            "/flow_runs/{id}/resume": deployments.fill_answer,
        },
        keepings={
            "/deployments/{id}": keep_switch,
            "/deployments/{id}/schedules/{id}": keep_switch,
        },
        note=noting(Tally()),
        now=clock.now,
        fuller=fuller,
    )
    return runs.heard_by(guarded(within, hands))


def guarded(within: App, hands: Hands) -> App:
    """Return the door before ``within`` and the window; who must show an account the surroundings say."""
    office = settings()
    asks = os.environ.get(ASKS) == "1"
    keeper = Doorkeeper(os.environ.get(TOKEN, ""), Entrances(visitor_of, _by_password), asks=asks)
    window = create_window(office.public_url)
    guard = Guard(within, window, keeper, office.public_url, hands)
    behind = outside(guard, office.public_path, office.public_url, loopback=not asks)
    return seen_from(behind, networks_in(office.gateway) if asks else ())


def noting(tally: Tally) -> Callable[[Refused, str, str, str], Awaitable[None]]:
    """Return what keeps refusals, few rows of a flood."""

    async def note(refused: Refused, source: str, method: str, path: str) -> None:
        times = tally.count(source, refused.reason.word, monotonic())
        if times is None:
            return
        try:
            await asyncio.to_thread(
                keep_refusal, source, refused.reason.word, f"{method} {path}", times, clock.moment()
            )
        except CampaignError as error:  # locked or full: the call is refused all the same
            LOG.warning("refusal not kept: %s", error)

    return note


def _by_password(name: str, password: str, source: str, now: datetime) -> Visitor | Refusal:
    return enter_with_password(name, password, source, moment_of(now))
