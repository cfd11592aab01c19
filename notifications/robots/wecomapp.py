"""企业微信应用: ``wecomapp://CORPID:SECRET@AGENTID/USER``; reaches a person, on the office's host too.

Written like Apprise's ``wechat://``, which takes no ``base=`` and calls an answer without a code, or
one that names the recipient as invalid, delivered.
"""

import threading
import time
from typing import Any
from urllib.parse import quote

from apprise.plugins.base import NotifyBase

from notifications.robots.base import Robot, json_call, listed
from notifications.robots.left_out import left_out
from notifications.robots.transport import Call, Reply, Silence, exchange
from notifications.robots.verdict import Terms, json_object, judge, missed
from notifications.saying import masks
from notifications.saying.answer import Answer
from notifications.saying.message import Message
from notifications.saying.scrub import scrubber
from notifications.saying.wording import fit

TEXT_BYTES = 2048  # text, because Markdown is not shown to those who read in WeChat
TOKEN_REFUSED = {"40014", "42001"}


# The access tokens of this process by application, and until when; asking for one is limited too.
_TOKENS: dict[tuple[str, ...], tuple[str, float]] = {}
_LOCK = threading.Lock()


class WeComApp(Robot):
    """Sends text to one user, department (``#2``) or tag (``+3``); each is a target of its own."""

    kind = "企业微信应用"
    service_name = kind
    secure_protocol = "wecomapp"
    home = "https://qyapi.weixin.qq.com"
    limited = False
    terms = Terms(
        codes=("errcode",),
        words=("errmsg",),
        # No such company, secret, application or user; address not allowed; wrong content.
        hopeless=frozenset(
            [
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
            ]
            + ["81013", "301002"]
        ),
        back_off={"45009": 600.0, "45033": 60.0},
    )

    def __init__(self, to: Any = "", agent: Any = "", **kwargs: Any) -> None:
        self.targets = listed(to)
        self.agent = str(agent or "")
        super().__init__(**kwargs)

    def check(self) -> None:
        if not (self.key and self.signing and self.agent.isascii() and self.agent.isdigit()):
            raise TypeError("应写成 wecomapp://企业ID:应用Secret@应用AgentId/成员账号")
        if not self.targets:
            raise TypeError("没有写明发给谁，应在地址最后写成员账号，如 /zhangsan")

    def deliver(self, message: Message) -> Answer:
        answer = super().deliver(message)
        if answer.code in TOKEN_REFUSED:  # nothing was sent; once more with a new token
            self._forget()
            answer = super().deliver(message)
        return answer

    def call(self, message: Message) -> Call | Answer:
        token = self._token()
        if isinstance(token, Answer):
            return token

        def write(subject: str, body: str) -> str:
            return "\n".join(p for p in (subject, body) if p)

        text = fit(message, TEXT_BYTES, write, link_line="{link}", markdown=False)
        payload = {
            **self._addressed(),
            "agentid": int(self.agent),
            "msgtype": "text",
            "text": {"content": text},
        }
        url = f"{self.base}/cgi-bin/message/send?access_token={quote(token, safe='')}"
        return json_call(url, payload)

    def knock(self, well: str) -> Answer:
        """Return whether the service gives this application an access token; nothing is sent."""
        self._forget()
        token = self._token()
        return (
            Answer(True, "0", well)
            if isinstance(token, str)
            else token.told(scrubber(self.secrets))
        )

    def verdict(self, outcome: Reply | Silence) -> Answer:
        answer = judge(outcome, self.terms)
        out = left_out(json_object(outcome.text)) if isinstance(outcome, Reply) else None
        if out and answer.code == out.field:
            return missed(out, alone=not self._is_many())
        return answer

    def _is_many(self) -> bool:
        return self.targets[0] == "@all" or self.targets[0].startswith(("#", "+"))

    def _addressed(self) -> dict[str, str]:
        name = self.targets[0]
        kinds = {"#": "toparty", "+": "totag", "@": "touser"}
        if name == "@all" or name[0] not in kinds:
            return {"touser": name}
        return {kinds[name[0]]: name[1:]}

    def _token(self) -> str | Answer:
        """Return a token that is good for a while yet, or the answer that there is none."""
        with _LOCK:
            token, until = _TOKENS.get(self.account, ("", 0.0))
            if time.monotonic() < until:
                return token
        asked = f"corpid={quote(self.key, safe='')}&corpsecret={quote(self.signing, safe='')}"
        outcome = exchange(
            Call(f"{self.base}/cgi-bin/gettoken?{asked}", b"", {}, "GET"),
            connect=self.socket_connect_timeout,
            read=self.socket_read_timeout,
            verify=self.verify_certificate,
            proxy=self.proxy,
        )
        answer = judge(outcome, self.terms)
        said = json_object(outcome.text) if isinstance(outcome, Reply) else {}
        token = str(said.get("access_token") or "")
        if not answer.delivered or not token:
            words = f"没有取得应用的访问凭证：{answer.text}"
            return Answer(False, answer.code, words, answer.permanent, answer.retry_after)
        seconds = said.get("expires_in")
        lasts = seconds if isinstance(seconds, int) else 0
        with _LOCK:
            _TOKENS[self.account] = (token, time.monotonic() + max(lasts - 300, 60))
        return token

    def _forget(self) -> None:
        with _LOCK:
            _TOKENS.pop(self.account, None)

    @property
    def account(self) -> tuple[str, ...]:
        """Return what a token belongs to."""
        return (self.base, self.key, self.signing)

    @property
    def secrets(self) -> list[str]:
        token, _ = _TOKENS.get(self.account, ("", 0.0))
        return [self.key, self.signing, token]

    @property
    def robot(self) -> tuple[str, ...]:
        return (str(self.secure_protocol), self.base, self.key, self.agent)

    @property
    def identity(self) -> tuple[str, ...]:
        return (*self.robot, *self.targets)

    @property
    def privacy(self) -> str:
        return "、".join(masks.word(name) for name in self.targets)

    def url(self, privacy: bool = False, *args: Any, **kwargs: Any) -> str:
        """Return the URL; with ``privacy`` neither company, secret nor person is in it."""
        parts = (self.key, self.signing, self.agent, "/".join(self.targets))
        key, secret, agent, to = ("****",) * 4 if privacy else map(quote, parts)
        return f"wecomapp://{key}:{secret}@{agent}/{to}?base={quote(self.base, safe='')}"

    @classmethod
    def parse_url(cls, url: str) -> dict[str, Any] | None:  # type: ignore[override]
        results = super().parse_url(url)
        if results:
            results["key"] = NotifyBase.unquote(results["user"] or "")
            results["secret"] = NotifyBase.unquote(results["password"] or "")
            results["agent"] = results["host"]
            path = NotifyBase.split_path(results["fullpath"] or "")
            results["to"] = listed(",".join([*path, results["qsd"].get("to", "")]))
        return results
