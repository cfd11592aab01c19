"""Send one message through one plugin of Apprise's own: all that is neither a robot of ours nor mail."""

import re
from typing import Any

from apprise import Apprise, NotifyFormat, NotifyType

from notifications.markdown import outward
from notifications.saying.message import LINK_TEXT, Message, holds
from notifications.saying.wording import cut_subject, fit


def taken(plugin: Any, message: Message) -> bool:
    """Return whether Apprise says the message was taken (True, or a result of its version 2)."""
    alone = Apprise(asset=plugin.asset)
    alone.add(plugin)
    format_ = plugin.notify_format  # Apprise 2: several, the first is the one preferred
    plain = (format_[0] if isinstance(format_, tuple | list) else format_) == NotifyFormat.TEXT
    return bool(
        alone.notify(
            title=cut_subject(message.subject),
            body=plain_body(plugin, message) if plain else markdown_body(message),
            body_format=NotifyFormat.TEXT if plain else NotifyFormat.MARKDOWN,
            notify_type=NotifyType.INFO,
        )
    )


def plain_body(plugin: Any, message: Message) -> str:
    """Return the words without marks, within what ``plugin`` takes."""
    room = plugin.body_maxlen - len(message.subject.encode()) - 8
    return fit(message, room, lambda subject, body: body, link_line="{link}", markdown=False)


def markdown_body(message: Message) -> str:
    """Return the words in Markdown that becomes HTML: the link twice, once to be read."""
    body = re.sub(r"<(?!https?://)", "&lt;", outward(message.body_markdown))  # words, never HTML
    if not message.link:
        return body
    address = f"网址（可复制到浏览器打开）：{message.link}"  # survives where a link does not
    link = "" if holds(body, message.link) else f"\n\n[{LINK_TEXT}]({message.link})"
    return f"{body}{link}\n\n{address}"
