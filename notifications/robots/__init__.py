"""Our own Apprise plugins, registered beside Apprise's: each reads what its provider answered."""

from functools import cache

from apprise.manager_plugins import NotificationManager

from notifications.robots.base import Robot
from notifications.robots.dingtalk import DingRobot
from notifications.robots.feishu import FeishuRobot
from notifications.robots.serverchan import ServerChan3
from notifications.robots.smsgw import SmsGateway
from notifications.robots.wecom import WeComRobot
from notifications.robots.wecomapp import WeComApp

ROBOTS: tuple[type[Robot], ...] = (
    WeComRobot,
    WeComApp,
    DingRobot,
    FeishuRobot,
    ServerChan3,
    SmsGateway,
)


@cache
def register() -> None:
    """Make our schemes known to Apprise in this process."""
    known = NotificationManager()
    for robot in ROBOTS:
        known[str(robot.secure_protocol)] = robot


def ours(url: str) -> str:
    """Return our URL for an address copied from a service's own page, else ``url`` as it is."""
    return next((own for robot in ROBOTS if (own := robot.from_native(url))), url)


__all__ = ["ROBOTS", "Robot", "ours", "register"]
