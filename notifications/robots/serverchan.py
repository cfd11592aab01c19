"""Server酱: ``serverchan3://SENDKEY``; both the third edition (sctp...) and Turbo (SCT...)."""

import re
from urllib.parse import quote

from models.errors import ChannelError
from notifications.robots.transport import Call
from notifications.robots.verdict import Terms
from notifications.robots.webhook import Webhook, json_call
from notifications.saying.message import Message
from notifications.saying.wording import fit

TITLE_CHARACTERS, BODY_BYTES = 32, 32 * 1024
_THIRD = re.compile(r"sctp(\d+)t")
_TURBO = "SCT"


class ServerChan3(Webhook):
    """Reaches one person's phone; nobody can be mentioned."""

    kind = "Server酱"
    personal = True
    scheme = "serverchan3"
    home = "https://sctapi.ftqq.com"
    native = re.compile(r"(https?://[^/?#]+?)(?:/send)?/((?:sctp\d+t|SCT)\w+)\.send")
    terms = Terms(codes=("code", "errno"), words=("message", "error"), hopeless=("40001",))

    def home_of(self, key: str) -> str:
        if third := _THIRD.match(key):
            return f"https://{third[1]}.push.ft07.com"
        if key.startswith(_TURBO):
            return self.home
        raise ChannelError("SendKey 应以 sctp 或 SCT 开头，请从 Server酱 的页面重新复制")

    def call(self, message: Message) -> Call:
        path = "" if self.key.startswith(_TURBO) else "/send"
        title = " ".join(message.subject.split()) or "提醒"
        if len(title) > TITLE_CHARACTERS:
            title = title[: TITLE_CHARACTERS - 1] + "…"
        payload = {"title": title, "desp": fit(message, BODY_BYTES, lambda subject, body: body)}
        return json_call(f"{self.base}{path}/{quote(self.key, safe='')}.send", payload)
