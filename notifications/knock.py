"""Knock at a channel's door without saying anything: is the provider's server there at all?"""

import socket
from typing import Any
from urllib.parse import urlsplit

from notifications.answer import Answer, refused

SECONDS = 4.0
MAIL_PORTS = {"ssl": 465, "starttls": 587}


def knock(plugin: Any) -> Answer | None:
    """Return whether the server behind ``plugin`` takes a connection; None where we cannot know.

    Nothing is sent, so nobody is disturbed; a wrong key is found out only by a message.
    """
    place = _place(plugin)
    if place is None:
        return None
    try:
        with socket.create_connection(place, timeout=SECONDS):
            return Answer(True, "0", "能连上")
    except OSError as error:
        return refused("no-connection", f"连不上对方的服务器({type(error).__name__})")


def _place(plugin: Any) -> tuple[str, int] | None:
    if host := getattr(plugin, "smtp_host", ""):
        mode = str(getattr(plugin, "secure_mode", ""))
        return str(host), int(getattr(plugin, "port", 0) or MAIL_PORTS.get(mode, 25))
    parts = urlsplit(str(getattr(plugin, "base", "") or ""))
    if not parts.hostname:
        return None
    return parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
