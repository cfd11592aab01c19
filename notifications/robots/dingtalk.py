"""钉钉群机器人: ``dingrobot://TOKEN?secret=SEC...``; Markdown, 20,000 bytes in all."""

import base64
import hashlib
import hmac
import re
import time
from urllib.parse import quote

from notifications.robots.transport import Call
from notifications.robots.verdict import Terms
from notifications.robots.webhook import Webhook, json_bytes, json_call
from notifications.saying.message import Message
from notifications.saying.wording import fit

REQUEST_BYTES = 20_000
BLOCKED_SECONDS = 600.0  # after more than 20 in a minute the robot is shut for ten minutes
_SINGLE_BREAK = re.compile(r"(?<!\n)(?<!  )\n(?!\n)")


def ding_signature(secret: str, milliseconds: int) -> str:
    """Return the sign parameter, not yet URL-encoded: HMAC of time and secret, keyed by the secret."""
    told = f"{milliseconds}\n{secret}".encode()
    return base64.b64encode(hmac.new(secret.encode(), told, hashlib.sha256).digest()).decode()


class DingRobot(Webhook):
    """Mentions ``mobiles=`` and ``users=``; a number not in the group is simply not mentioned."""

    kind = "钉钉群机器人"
    scheme = "dingrobot"
    home = "https://oapi.dingtalk.com"
    native = re.compile(r"(https?://[^/?#]+.*?)/robot/send/?\?(?:.*&)?access_token=([\w.-]+)", re.I)
    terms = Terms(
        # Signature, keyword or address refused; no such robot, stopped, group gone; bad content.
        hopeless=(
            "310000",
            "300001",
            "300005",
            "400013",
            "400101",
            "400102",
            "400105",
            "400106",
            "40035",
            "43004",
            "430101",
            "430102",
            "430103",
            "430104",
        ),
        pause=BLOCKED_SECONDS,
        back_off={"130101": BLOCKED_SECONDS, "410100": BLOCKED_SECONDS, "302033": BLOCKED_SECONDS},
    )

    def call(self, message: Message) -> Call:
        url = f"{self.base}/robot/send?access_token={quote(self.key, safe='')}"
        if self.signing:
            now = round(time.time() * 1000)
            sign = quote(ding_signature(self.signing, now), safe="")
            url += f"&timestamp={now}&sign={sign}"
        return json_call(url, self._payload(message))

    def _payload(self, message: Message) -> dict[str, object]:
        calls = " ".join(f"@{name}" for name in (*self.mobiles, *self.users))

        def payload(text: str) -> dict[str, object]:
            at = {"atMobiles": self.mobiles, "atUserIds": self.users, "isAtAll": self.everyone}
            title = message.subject[:60] or "提醒"
            return {"msgtype": "markdown", "markdown": {"title": title, "text": text}, "at": at}

        def write(subject: str, body: str) -> str:
            head = f"#### {subject}" if subject else ""
            parts = (head, _SINGLE_BREAK.sub("  \n", body), calls)  # one break alone is swallowed
            return "\n\n".join(p for p in parts if p)

        return payload(fit(message, REQUEST_BYTES, write, lambda t: len(json_bytes(payload(t)))))
