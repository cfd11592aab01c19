"""企业微信群机器人: ``wecomrobot://KEY``; Markdown up to 4,096 bytes, text up to 2,048."""

import re

from notifications.robots.transport import Call
from notifications.robots.verdict import Terms
from notifications.robots.webhook import Webhook, json_call
from notifications.saying.message import Message
from notifications.saying.wording import below, fit

MARKDOWN_BYTES, TEXT_BYTES = 4096, 2048


class WeComRobot(Webhook):
    """Mentions ``users=`` in Markdown; mobile numbers only work in text, so ``mobiles=`` sends text."""

    kind = "企业微信群机器人"
    scheme = "wecomrobot"
    home = "https://qyapi.weixin.qq.com"
    native = re.compile(
        r"(https?://[^/?#]+.*?)/cgi-bin/webhook/send/?\?(?:.*&)?key=([\w.-]+)", re.I
    )
    terms = Terms(
        # No such robot, robot removed, wrong address, wrong content, address not allowed.
        hopeless="93000 93004 93008 40001 40008 40035 40058 44004 45002 60020",
        pause=600.0,
        back_off={"45009": 600.0, "45033": 60.0},
    )

    def call(self, message: Message) -> Call:
        plain = bool(self.mobiles) or self.as_text
        payload = self._text(message) if plain else self._markdown(message)
        return json_call(f"{self.base}/cgi-bin/webhook/send?key={self.key}", payload)

    def _markdown(self, message: Message) -> dict[str, object]:
        calls = "".join(f"<@{name}>" for name in self.calls)

        def write(subject: str, body: str) -> str:
            return below(subject and f"**{subject}**", body, calls)

        content = fit(message, MARKDOWN_BYTES, write)
        return {"msgtype": "markdown", "markdown": {"content": content}}

    def _text(self, message: Message) -> dict[str, object]:
        people = [*self.users, *(["@all"] if self.everyone else [])]
        called = {"mentioned_list": people, "mentioned_mobile_list": self.mobiles}
        text = {"content": fit(message, TEXT_BYTES, below, markdown=False)}
        return {"msgtype": "text", "text": text | {n: who for n, who in called.items() if who}}
