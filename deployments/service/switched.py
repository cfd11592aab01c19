"""Whether a deployment is switched on, as Prefect tells it."""

from collections.abc import Mapping
from typing import Any


def runs_by_itself(deployment: Mapping[str, Any]) -> bool:
    """Say whether a deployment (an answer of Prefect's) runs by itself, or would if it had a schedule.

    Paused or with every schedule off is the same to whoever waits for it.
    """
    active = [schedule["active"] for schedule in deployment["schedules"]]
    return not deployment["paused"] and (any(active) or not active)
