"""Our own robots: one per provider, each of which reads what its provider answered."""

from notifications.robots.dingtalk import DingRobot
from notifications.robots.feishu import FeishuRobot
from notifications.robots.serverchan import ServerChan3
from notifications.robots.smsgw import SmsGateway
from notifications.robots.webhook import Webhook
from notifications.robots.wecom import WeComApp, WeComRobot

ROBOTS: dict[str, type[Webhook]] = {
    robot.scheme: robot
    for robot in (WeComRobot, WeComApp, DingRobot, FeishuRobot, ServerChan3, SmsGateway)
}


def ours(url: str) -> str:
    """Return our URL for an address copied from a service's own page, else ``url`` as it is."""
    return next((own for robot in ROBOTS.values() if (own := robot.from_native(url))), url)


__all__ = ["ROBOTS", "ours"]
