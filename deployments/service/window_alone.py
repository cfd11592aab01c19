"""`shifan window`: the window alone, in the foreground, where `shifan up` does not run."""

import os

from deployments.door.callers.who import ASKS
from deployments.say import say
from deployments.service.entrances import (
    EVERY_ADDRESS,
    open_accounts,
    require_free_port,
    say_entrances,
    say_open_settings,
    shown,
)
from deployments.service.only_one import only_one
from models.files.home import home
from models.rules.calendar.moment import Moment
from models.settings import settings
from notifications import links


def run_alone(host: str, port: int, moment: Moment) -> None:
    """Serve the window until told to end; nothing of Prefect is started or needed.

    Raises ServerError in one line where `shifan up` runs on this home (the window is there), where the
    port is taken, or where others could reach us and nobody has an account.
    """
    with only_one(home().resolve(), "窗口就在它的端口上", shared=True):
        asks = open_accounts(host, None, moment)
        require_free_port(host, port, wait=8)
        os.environ[ASKS] = "1" if asks else "0"
        url = settings().public_url or f"http://{shown(host)}:{port}"
        links.remember_ui(url)
        say(f"窗口　　　{url}")
        say_entrances(host, port, url, moment, asks=asks)
        say_open_settings()
        say("按 Ctrl-C 停止")
        from deployments.window.alone import serve_alone

        serve_alone(host or EVERY_ADDRESS[0], port)
