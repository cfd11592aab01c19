"""企业微信群机器人: ``wecomrobot://KEY``; Markdown up to 4,096 bytes, text up to 2,048."""

import re

from notifications.robots.transport import Call
from notifications.robots.verdict import Terms
from notifications.robots.webhook import Webhook, json_call
from notifications.saying.message import Message
from notifications.saying.wording import fit

MARKDOWN_BYTES, TEXT_BYTES = 4096, 2048
_NATIVE = re.compile(r"(https?://[^/?#]+.*?)/cgi-bin/webhook/send/?\?(?:.*&)?key=([\w.-]+)", re.I)


class WeComRobot(Webhook):
    """Mentions ``users=`` in Markdown; mobile numbers only work in text, so ``mobiles=`` sends text."""

    kind = "企业微信群机器人"
    scheme = "wecomrobot"
    home = "https://qyapi.weixin.qq.com"
    native = _NATIVE
    terms = Terms(
        codes=("errcode",),
        words=("errmsg",),
        # No such robot, robot removed, wrong address, wrong content, address not allowed.
        hopeless=frozenset(
            [
                "93000",
                "93004",
                "93008",
                "40001",
                "40008",
                "40035",
                "40058",
                "44004",
                "45002",
                "60020",
            ]
        ),
        pause=600.0,
        back_off={"45009": 600.0, "45033": 60.0},
    )

    def call(self, message: Message) -> Call:
        plain = bool(self.mobiles) or self.as_text
        payload = self._text(message) if plain else self._markdown(message)
        return json_call(f"{self.base}/cgi-bin/webhook/send?key={self.key}", payload)

    def _markdown(self, message: Message) -> dict[str, object]:
        names = [*self.users, *(["all"] if self.everyone else [])]
        calls = "".join(f"<@{name}>" for name in names)

        def write(subject: str, body: str) -> str:
            return "\n".join(p for p in (subject and f"**{subject}**", body, calls) if p)

        content = fit(message, MARKDOWN_BYTES, write)
        return {"msgtype": "markdown", "markdown": {"content": content}}

    def _text(self, message: Message) -> dict[str, object]:
        def write(subject: str, body: str) -> str:
            return "\n".join(p for p in (subject, body) if p)

        text: dict[str, object] = {
            "content": fit(message, TEXT_BYTES, write, link_line="{link}", markdown=False)
        }
        everyone = ["@all"] if self.everyone else []
        if self.users or everyone:
            text["mentioned_list"] = [*self.users, *everyone]
        if self.mobiles:
            text["mentioned_mobile_list"] = self.mobiles
        return {"msgtype": "text", "text": text}
