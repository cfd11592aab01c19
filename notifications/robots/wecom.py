"""企业微信: the robot of a group, ``wecomrobot://KEY``, and the office's own application, for one person.

The application is written ``wecomapp://CORPID:SECRET@AGENTID/USER``, on the office's host too.
"""

import re
import time
from dataclasses import replace
from urllib.parse import quote

from models.errors import ChannelError
from notifications.robots.address import Address
from notifications.robots.base import LOGGED_IN
from notifications.robots.left_out import left_out
from notifications.robots.transport import Call, Reply, Silence
from notifications.robots.verdict import Terms, json_object, judge
from notifications.robots.webhook import Webhook, json_call
from notifications.saying import masks
from notifications.saying.answer import Answer
from notifications.saying.message import Message
from notifications.saying.wording import below, fit

HOME = "https://qyapi.weixin.qq.com"
# Of an application text alone: Markdown is not shown to those who read in WeChat.
MARKDOWN_BYTES, TEXT_BYTES = 4096, 2048
BACK_OFF = {"45009": 600.0, "45033": 60.0}
TOKEN_REFUSED = {"40014", "42001"}
# The access tokens of this process by application, and until when; asking for one is limited too.
_TOKENS: dict[tuple[str, ...], tuple[str, float]] = {}


class WeComRobot(Webhook):
    """Mentions ``users=`` in Markdown; mobile numbers only work in text, so ``mobiles=`` sends text."""

    kind = "企业微信群机器人"
    scheme = "wecomrobot"
    home = HOME
    native = re.compile(
        r"(https?://[^/?#]+.*?)/cgi-bin/webhook/send/?\?(?:.*&)?key=([\w.-]+)", re.I
    )
    terms = Terms(
        # No such robot, robot removed, wrong address, wrong content, address not allowed.
        hopeless=(
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
        ),
        pause=600.0,
        back_off=BACK_OFF,
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


class WeComApp(Webhook):
    """Sends text to one user, department (``#2``) or tag (``+3``); each is a target of its own.

    Written like Apprise's ``wechat://``, which takes no ``base=`` and calls an answer without a code,
    or one that names the recipient as invalid, delivered.
    """

    kind = "企业微信应用"
    personal = True
    scheme = "wecomapp"
    home = HOME
    limited = False
    terms = Terms(
        # No such company, secret, application or user; address not allowed; wrong content.
        hopeless=(
            "40001",
            "40003",
            "40013",
            "40031",
            "40056",
            "40058",
            "44004",
            "60011",
            "60020",
            "60111",
            "81013",
            "301002",
        ),
        back_off=BACK_OFF,
    )

    def __init__(self, address: Address, to: str = "") -> None:
        self.agent = address.host.strip()
        super().__init__(address, to)
        self._always_secret = self.secrets
        self.account = (self.base, self.key, self.signing)  # what a token belongs to
        self.many = to.startswith(("#", "+")) or to.lstrip("@").lower() == "all"
        self.privacy = masks.word(to)
        self.ends = {f"wecom {self.key} {to.lstrip('@')}".lower()}
        self._is((self.scheme, self.base, self.key, self.agent), to)

    @classmethod
    def named(cls, address: Address) -> list[str]:
        return address.recipients()

    def key_of(self, address: Address) -> str:
        return address.user

    def check(self, address: Address) -> None:
        if not (self.key and self.signing and self.agent.isascii() and self.agent.isdigit()):
            raise ChannelError("应写成 wecomapp://企业ID:应用Secret@应用AgentId/成员账号")
        if not self.to:
            raise ChannelError("没有写明发给谁，应在地址最后写成员账号，如 /zhangsan")

    def send(self, message: Message) -> Answer:
        """Send once; a refused token means that nothing was sent, so once more with a new one."""
        answer = super().send(message)
        if answer.code in TOKEN_REFUSED:
            _TOKENS.pop(self.account, None)
            answer = super().send(message)
        return answer

    def call(self, message: Message) -> Call | Answer:
        token = self._token()
        if isinstance(token, Answer):
            return token
        self.secrets = (*self._always_secret, token)
        text = {"content": fit(message, TEXT_BYTES, below, markdown=False)}
        payload = self._addressed() | {"agentid": int(self.agent), "msgtype": "text", "text": text}
        url = f"{self.base}/cgi-bin/message/send?access_token={quote(token, safe='')}"
        return json_call(url, payload)

    def knock(self) -> Answer:
        """Return whether the service gives this application an access token."""
        _TOKENS.pop(self.account, None)
        token = self._token()
        return Answer(True, "0", LOGGED_IN) if isinstance(token, str) else token

    def verdict(self, outcome: Reply | Silence) -> Answer:
        answer = judge(outcome, self.terms)
        alone = not self.to.startswith(("#", "+")) and self.to != "@all"
        out = left_out(json_object(outcome.text), alone=alone)
        return out if out and answer.code == out.code else answer

    def _addressed(self) -> dict[str, str]:
        kind = {"#": "toparty", "+": "totag", "@": "touser"}.get(self.to[0])
        return {kind: self.to[1:]} if kind and self.to != "@all" else {"touser": self.to}

    def _token(self) -> str | Answer:
        """Return a token that is good for a while yet, or the answer that there is none."""
        token, until = _TOKENS.get(self.account, ("", 0.0))
        if time.monotonic() < until:
            return token
        asked = f"corpid={quote(self.key, safe='')}&corpsecret={quote(self.signing, safe='')}"
        url = f"{self.base}/cgi-bin/gettoken?{asked}"
        outcome = self.exchanged(Call(url, b"", {}, "GET"))
        answer = judge(outcome, self.terms)
        said = json_object(outcome.text)
        token = str(said.get("access_token") or "")
        if not answer.delivered or not token:
            words = f"没有取得应用的访问凭证：{answer.text}"
            return replace(answer, delivered=False, text=words, uncertain=False)
        seconds = said.get("expires_in")
        lasts = seconds if isinstance(seconds, int) else 0
        _TOKENS[self.account] = (token, time.monotonic() + max(lasts - 300, 60))
        return token
