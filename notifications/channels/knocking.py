"""How far we come at each robot's door without a message."""

import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from notifications.robots.base import WIDE, Robot
from notifications.saying.answer import Answer, refused

KNOCK_IN_ALL = 15.0  # seconds to connect, to encrypt, to log in


def knocked(robots: Iterable[Robot]) -> list[tuple[Robot, Answer | None]]:
    """Return with each robot how far we came without sending anything; None where we cannot look.

    What shares a door (one mail account, one robot) is looked at once; ends in time.
    """
    doors: dict[tuple[str, ...], list[Robot]] = {}
    for robot in robots:
        doors.setdefault(robot.door, []).append(robot)
    with ThreadPoolExecutor(WIDE.width) as pool:
        answers = list(pool.map(_looked, [same[0] for same in doors.values()]))
    return [(one, a) for same, a in zip(doors.values(), answers, strict=True) for one in same]


def _looked(robot: Robot) -> Answer | None:
    """Return what `look` finds; one that takes too long is left to end by itself."""
    found: list[Answer | None] = []
    look = threading.Thread(target=lambda: found.append(robot.look()), daemon=True)
    look.start()
    look.join(KNOCK_IN_ALL)
    words = f"{KNOCK_IN_ALL:g} 秒内没有连上对方"
    return found[0] if found else refused("no-connection", words)
