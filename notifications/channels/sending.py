"""Send through one plugin, or knock at its door: whatever goes wrong becomes an answer."""

from typing import Any

from notifications.apprise_own import plugins as foreign
from notifications.apprise_own.log import listening
from notifications.apprise_own.log_reasons import reason
from notifications.apprise_own.replies import objection, refusal, replies
from notifications.apprise_own.send import taken
from notifications.channels.knock import knock
from notifications.robots import Robot
from notifications.robots.mail import posted
from notifications.robots.transport import Reply
from notifications.saying.answer import Answer, refused
from notifications.saying.deadline import within
from notifications.saying.message import Message
from notifications.saying.scrub import scrubber

KNOCK_SECONDS = 15.0  # in all: to connect, to encrypt, to log in


def sent(plugin: Any, message: Message) -> Answer:
    """Send through one plugin alone; whatever goes wrong becomes an answer."""
    try:
        with listening() as heard, replies() as came:
            if isinstance(plugin, Robot):
                return plugin.deliver(message)
            if foreign.is_mail(plugin):
                return posted(plugin, message).told(scrubber(foreign.secrets(plugin)))
            yes = taken(plugin, message)
        return _verdict(yes, heard, came).told(scrubber(foreign.secrets(plugin)))
    except Exception as error:
        return Answer(False, "failed", f"发送时出错（{type(error).__name__}）", uncertain=True)


def knocked(plugin: Any) -> Answer | None:
    """Return how far we came at one plugin's provider without sending; ends in time, never raises."""
    found = within(KNOCK_SECONDS, lambda: [_knock_once(plugin)])
    return found[0] if found else refused("no-connection", f"{KNOCK_SECONDS:g} 秒内没有连上对方")


def _knock_once(plugin: Any) -> Answer | None:
    try:
        with listening():
            return knock(plugin)
    except Exception as error:
        return refused("failed", f"检查时出错（{type(error).__name__}）")


def _verdict(yes: bool, heard: list[str], came: list[Reply]) -> Answer:
    """Return the answer for what Apprise calls sent or not, with what the provider really replied."""
    if yes:
        return (objection(came[-1]) if came else None) or Answer(True, "0", "对方已收下")
    found = reason(heard)
    told = refusal(came[-1]) if came and found.code.startswith("HTTP ") else None
    return told or found
