"""Prefect's server with the door in front of it, as one ASGI application."""

import asyncio
import logging
import os
from time import monotonic

from deployments.door.callers.counting import Tally
from deployments.door.callers.who import TOKEN, Doorkeeper
from deployments.door.calls.filling import Deployments
from deployments.door.calls.prefilled import fuller
from deployments.door.guard import Guard, Hands
from deployments.door.refused import Refused
from deployments.door.transport import App
from deployments.door.under import inside, outside
from flows.running import clock
from models.errors import CampaignError
from models.files.home_key import home_key
from models.settings import settings
from tasks.notices.message_page import message_page
from tasks.office.refusals import keep_refusal
from tasks.office.switches import keep_switches


def create_app() -> App:
    """Return Prefect's application behind the door, with the office's password and this start's token."""
    from prefect.server.api.server import create_app as prefect_app

    app: App = prefect_app(final=True)
    return behind_the_door(app)


def behind_the_door(app: App) -> App:
    """Return ``app`` with the door in front of it, under the path of the office's public address."""
    office, tally = settings(), Tally()
    within = inside(app, office.public_path)
    deployments = Deployments(within)
    password = office.password.get_secret_value() if office.password else None

    async def note(refused: Refused, source: str, method: str, path: str) -> None:
        times = tally.count(source, refused.reason.word, monotonic())
        if times is None:
            return
        try:
            await asyncio.to_thread(
                keep_refusal, source, refused.reason.word, f"{method} {path}", times, clock.moment()
            )
        except CampaignError as error:  # locked or full: the call is refused all the same
            logging.getLogger("shifan.door").warning("refusal not kept: %s", error)

    async def keep_switch(path: str, who: str) -> None:
        try:
            on = await deployments.switched(path)
            await asyncio.to_thread(keep_switches, on, who, clock.moment())
        except (CampaignError, Refused) as error:  # the next start finds it, and not who it was
            logging.getLogger("shifan.door").warning("switch not kept: %s", error)

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
        note=note,
        now=clock.now,
        message=message_page,
        fuller=fuller,
    )
    keeper = Doorkeeper(os.environ.get(TOKEN, ""), password, home_key("door.key"))
    guard = Guard(within, keeper, office.public_url, hands)
    return outside(guard, office.public_path, office.public_url, loopback=password is None)
