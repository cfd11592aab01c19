"""单位短信网关: ``smsgw://PHONE?gateway=sms.yaml``; the gateway is described in that file."""

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from models.errors import ChannelError
from notifications.robots.address import Address
from notifications.robots.denial import denial_in_text, parsed
from notifications.robots.gateway import read_gateway, value_text
from notifications.robots.left_out import left_out
from notifications.robots.transport import Call, Reply, Silence
from notifications.robots.verdict import excerpt, http_failure, judge, unreadable
from notifications.robots.webhook import Webhook
from notifications.saying import masks
from notifications.saying.answer import Answer
from notifications.saying.message import Message

_PHONE = re.compile(r"\+?\d{5,20}")


class SmsGateway(Webhook):
    """Sends one short text to one number; several numbers become several targets."""

    kind = "短信"
    personal = True
    scheme = "smsgw"
    limited = False

    def __init__(self, address: Address, number: str = "") -> None:
        super().__init__(address, number)
        self.gateway = read_gateway(address.folder / address.word("gateway"))
        parts = urlsplit(self.gateway.url)
        self.place = parts._replace(path="", query="", fragment="").geturl()
        self.secrets = (*self.gateway.hidden(), number)
        self.privacy = masks.phone(number)
        digits = re.sub(r"\D", "", number)  # China's own prefix says nothing
        self.ends = {f"phone {re.sub(r'^(?:00)?86(?=1[0-9]{10}$)', '', digits)}"}
        self.many = False
        self._is((self.scheme, self.place), number)

    @classmethod
    def named(cls, address: Address) -> list[str]:
        return address.recipients(address.host)

    def check(self, address: Address) -> None:
        if not _PHONE.fullmatch(self.to):
            raise ChannelError("手机号缺失或写法不对，应写成 smsgw://手机号?gateway=网关文件")
        if not address.word("gateway"):
            raise ChannelError("没有写明网关文件，应写成 smsgw://手机号?gateway=网关文件")

    def call(self, message: Message) -> Call:
        text = message.short(self.gateway.characters)
        return self.gateway.call(self.to, text, datetime.now().astimezone())

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
        if by_field and by_pattern:
            taken = Answer(True, code or "0", words or excerpt(outcome.text))
            return left_out(said, alone=True) or taken
        if not code and not words:
            garbled = bool(test.field) or denial_in_text(outcome.text) in ("", "page", "cut")
            return Answer(False, "unreadable", unreadable(outcome.text), uncertain=garbled)
        return Answer(
            False, code or "refused", words or excerpt(outcome.text), code in self.gateway.hopeless
        )


def _at(said: Any, place: str) -> str:
    """Return what stands at ``data.0.code`` in a JSON answer, as text; "" when nothing does."""
    for step in place.split(".") if place else ():
        if isinstance(said, dict):
            said = said.get(step)
        elif isinstance(said, list) and step.isdecimal() and int(step) < len(said):
            said = said[int(step)]
        else:
            return ""
    return "" if not place or said is None or isinstance(said, dict | list) else value_text(said)
