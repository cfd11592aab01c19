"""飞书群机器人: ``feishurobot://TOKEN?secret=...``; a card with a button, 20 KB in all."""

import base64
import hashlib
import hmac
import re
import time
from dataclasses import replace
from urllib.parse import quote

from notifications.robots.transport import Call
from notifications.robots.verdict import Terms
from notifications.robots.webhook import Webhook, json_bytes, json_call
from notifications.saying.message import LINK_TEXT, Message
from notifications.saying.wording import below, fit, quiet

REQUEST_BYTES = 20 * 1024


def feishu_signature(secret: str, seconds: int) -> str:
    """Return the sign field: HMAC of nothing, keyed by time and secret (not as DingTalk does)."""
    key = f"{seconds}\n{secret}".encode()
    return base64.b64encode(hmac.new(key, b"", hashlib.sha256).digest()).decode()


class FeishuRobot(Webhook):
    """Mentions ``users=`` (open_id) and everyone; mobile numbers mean nothing to this service."""

    kind = "飞书群机器人"
    scheme = "feishurobot"
    home = "https://open.feishu.cn"
    native = re.compile(r"(https?://[^/?#]+.*?)/open-apis/bot/v2/hook/([\w.-]+)", re.I)
    terms = Terms(
        codes=("code", "StatusCode"),
        words=("msg", "StatusMessage"),
        # Bad request, wrong token, signature, address or keyword refused.
        hopeless=(
            "9499",
            "19001",
            "19002",
            "19003",
            "19021",
            "19022",
            "19024",
            "10002",
        ),
        back_off={"11232": 60.0, "11233": 60.0, "99991400": 60.0},
    )

    def call(self, message: Message) -> Call:
        card = self._card(message)
        if self.signing:
            now = int(time.time())
            card = {"timestamp": str(now), "sign": feishu_signature(self.signing, now), **card}
        return json_call(f"{self.base}/open-apis/bot/v2/hook/{quote(self.key, safe='')}", card)

    def _card(self, message: Message) -> dict[str, object]:
        calls = "".join(f"<at id={name}></at>" for name in self.calls)
        title = quiet(message.subject[:60]) or "提醒"
        buttoned = bool(message.link) and len(message.link.encode()) < REQUEST_BYTES // 4
        button = {
            "tag": "button",
            "type": "primary",
            "text": {"tag": "plain_text", "content": LINK_TEXT},
            "url": message.link,
        }

        def card(text: str) -> dict[str, object]:
            elements: list[dict[str, object]] = [{"tag": "markdown", "content": below(text, calls)}]
            if buttoned:
                elements.append({"tag": "action", "actions": [button]})
            header = {"title": {"tag": "plain_text", "content": title}, "template": "blue"}
            body = {"config": {"wide_screen_mode": True}, "header": header, "elements": elements}
            return {"msg_type": "interactive", "card": body}

        words = replace(message, link="") if buttoned else message  # the button is the link
        room = REQUEST_BYTES - 120  # less what timestamp and sign add
        return card(fit(words, room, lambda _, body: body, lambda t: len(json_bytes(card(t)))))
