"""单位短信网关: ``smsgw://PHONE?gateway=sms.yaml``; the gateway is described in that file."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from apprise.plugins.base import NotifyBase

from models.errors import ChannelError
from notifications.robots.base import Robot, listed
from notifications.robots.denial import denial_in_text, parsed
from notifications.robots.gateway import Gateway, as_text, read_gateway
from notifications.robots.left_out import left_out
from notifications.robots.transport import Call, Reply, Silence
from notifications.robots.verdict import Terms, excerpt, http_failure, judge, missed, unreadable
from notifications.saying.answer import Answer
from notifications.saying.masks import phone as masked
from notifications.saying.message import Message

_PHONE = re.compile(r"\+?\d{5,20}")


class SmsGateway(Robot):
    """Sends one short text to one number; several numbers become several targets."""

    kind = "短信"
    service_name = kind
    secure_protocol = "smsgw"
    home = ""
    terms = Terms()
    limited = False
    template_args: Any = dict(
        Robot.template_args,
        gateway={"name": "Gateway", "type": "string", "map_to": "gateway"},
        to={"name": "To", "type": "string", "map_to": "to"},
    )

    def __init__(self, gateway: str = "", to: Any = "", **kwargs: Any) -> None:
        self.targets = listed(to)
        self.gateway_path = str(gateway or "")
        super().__init__(**kwargs)
        self.gateway = self._described()
        self.base = urlsplit(self.gateway.url)._replace(path="", query="", fragment="").geturl()

    def check(self) -> None:
        if not self.targets or not all(_PHONE.fullmatch(number) for number in self.targets):
            raise TypeError("手机号缺失或写法不对，应写成 smsgw://手机号?gateway=网关文件")
        if not self.gateway_path:
            raise TypeError("没有写明网关文件，应写成 smsgw://手机号?gateway=网关文件")

    def _described(self) -> Gateway:
        folder = Path(getattr(self.asset, "folder", "."))
        problem = ""
        try:
            return read_gateway(folder / self.gateway_path)
        except ChannelError as error:
            problem = str(error)
        raise TypeError(problem)

    def call(self, message: Message) -> Call:
        text = message.short(self.gateway.characters)
        return self.gateway.call(self.targets[0], text, datetime.now().astimezone())

    def verdict(self, outcome: Reply | Silence) -> Answer:
        """Return delivered only when the gateway's own success test holds."""
        if isinstance(outcome, Silence):
            return judge(outcome, self.terms)
        test = self.gateway.success
        said = parsed(outcome.text)
        code, words = _at(said, self.gateway.code or test.field), _at(said, self.gateway.words)
        if outcome.status != test.status:
            return http_failure(outcome, words)
        by_field = not test.field or _at(said, test.field) in test.equals
        by_pattern = not test.pattern or re.search(test.pattern, outcome.text) is not None
        if by_field and by_pattern and (out := left_out(said)):
            return missed(out, alone=True)
        if by_field and by_pattern:
            return Answer(True, code or "0", words or excerpt(outcome.text))
        if not code and not words:
            garbled = bool(test.field) or denial_in_text(outcome.text) in ("", "page", "cut")
            return Answer(False, "unreadable", unreadable(outcome.text), uncertain=garbled)
        return Answer(
            False, code or "refused", words or excerpt(outcome.text), code in self.gateway.hopeless
        )

    @property
    def secrets(self) -> list[str]:
        return [*self.gateway.hidden(), *self.targets]

    @property
    def robot(self) -> tuple[str, ...]:
        return ("smsgw", self.base)

    @property
    def identity(self) -> tuple[str, ...]:
        return (*self.robot, *self.targets)

    @property
    def privacy(self) -> str:
        return "、".join(masked(number) for number in self.targets)

    def url(self, privacy: bool = False, *args: Any, **kwargs: Any) -> str:
        """Return the URL; with ``privacy`` the number is masked."""
        numbers = ["****"] if privacy else self.targets
        return f"smsgw://{'/'.join(numbers)}?gateway={NotifyBase.quote(self.gateway_path)}"

    @classmethod
    def parse_url(cls, url: str) -> dict[str, Any] | None:  # type: ignore[override]
        results = super().parse_url(url)
        if results:
            path = NotifyBase.split_path(results["fullpath"] or "")
            results["to"] = listed(",".join([results["host"], *path, results["qsd"].get("to", "")]))
            results["gateway"] = results["qsd"].get("gateway", "")
        return results


def _at(said: Any, place: str) -> str:
    """Return what stands at ``data.0.code`` in a JSON answer, as text; "" when nothing does."""
    for step in place.split(".") if place else ():
        if isinstance(said, dict):
            said = said.get(step)
        elif isinstance(said, list) and step.isdecimal() and int(step) < len(said):
            said = said[int(step)]
        else:
            return ""
    return "" if not place or said is None or isinstance(said, dict | list) else as_text(said)
