"""The description of an office's SMS gateway, in a YAML file of its own; it holds passwords too."""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from models.errors import ChannelError
from models.files import yaml_text
from notifications.robots.transport import Call
from notifications.saying.private_file import read_private

_INSERTED = re.compile(r"{{.*?}}|{%.*?%}", re.S)
_VALUE = re.compile(r"[=:]\s*[\"']?([^\"'&,{}\[\]]{4,})")


def value_text(value: Any) -> str:
    """Return a value of YAML or JSON as text; true, false and null as JSON writes them."""
    return json.dumps(value) if isinstance(value, bool) or value is None else str(value)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


Text = Annotated[str, BeforeValidator(value_text)]
Name = Annotated[str, BeforeValidator(str)]


class Success(BaseModel):
    """How the gateway says that it took the message: a field of its JSON, or a pattern."""

    model_config = ConfigDict(extra="forbid")

    status: int = 200
    field: str = ""
    equals: Annotated[list[Text], BeforeValidator(_listed)] = []
    pattern: str = ""

    @model_validator(mode="after")
    def _says_something(self) -> "Success":
        if bool(self.field) != bool(self.equals) or not (self.field or self.pattern):
            raise ValueError("success 要写明怎样算发送成功：field 和 equals，或者 pattern")
        re.compile(self.pattern)
        return self


class Gateway(BaseModel):
    """One gateway: what to send it, and what its answers mean."""

    model_config = ConfigDict(extra="forbid")

    url: str
    method: Literal["POST", "GET", "PUT"] = "POST"
    headers: dict[Name, Text] = {}
    body: str = ""
    form: dict[Name, Text] = {}
    encoding: Literal["utf-8", "gbk", "gb18030"] = "utf-8"
    characters: int = Field(default=140, ge=30, le=1000)
    success: Success
    code: str = ""
    words: str = ""
    hopeless: list[Text] = []
    secrets: list[Text] = []

    def call(self, phone: str, text: str, now: datetime) -> Call:
        """Return the request that sends ``text`` to ``phone``; ``now`` is the office's time."""
        told = {
            "phone": phone,
            "text": text,
            "timestamp": int(now.timestamp()),
            "now": now.strftime("%Y%m%d%H%M%S"),
        }
        # A form is encoded by us; a body and a URL encode what they insert by |tojson, |urlencode.
        form = {name: self._filled(value, told) for name, value in self.form.items()}
        body = urlencode(form, encoding=self.encoding) if form else self._filled(self.body, told)
        kind = "application/x-www-form-urlencoded" if form else "application/json"
        headers = {"Content-Type": f"{kind}; charset={self.encoding}"}
        headers |= {name: self._filled(value, told) for name, value in self.headers.items()}
        raw = body.encode(self.encoding, "replace")
        return Call(self._filled(self.url, told), raw, headers, self.method)

    def _filled(self, template: str, told: Mapping[str, object]) -> str:
        return _jinja(self.encoding).from_string(template).render(told)

    def hidden(self) -> list[str]:
        """Return every value of the file that may be a secret; names of fields are none."""
        texts = [f"={value}" for value in (*self.headers.values(), *self.form.values())]
        texts += [self.body, urlsplit(self.url).query]
        values = [v for text in texts for v in _VALUE.findall(_INSERTED.sub(" ", text))]
        values += [word for value in values for word in value.split()]
        values += [part for part in urlsplit(self.url).path.split("/") if len(part) >= 12]
        return [*self.secrets, *(value for value in values if len(value) >= 6)]


def read_gateway(path: Path) -> Gateway:
    """Return the gateway described in ``path``.

    Raises ChannelError, in Chinese and without a value of the file, when it cannot be used; the file
    must be readable by its owner only, like the channels file.
    """
    text = read_private(path, "短信网关文件")
    problem = ""
    try:
        gateway = Gateway.model_validate(yaml_text.load(text))
        gateway.call("13800000000", "测试", datetime.fromtimestamp(0).astimezone())
    except yaml_text.YamlFault as fault:
        problem = str(fault)
    except ValidationError as error:
        problem = "；".join(_fault(fault) for fault in error.errors(include_input=False))
    except TemplateError:
        problem = "模板有误，只能用 {{ phone }} {{ text }} {{ timestamp }} {{ now }}"
    except re.error:
        problem = "内容无法解读（pattern 写法有误）"
    if problem:
        raise ChannelError(f"短信网关文件 {path.name}：{problem}")
    return gateway


def _fault(fault: Any) -> str:
    place = ".".join(str(part) for part in fault["loc"]) or "文件"
    words = {"missing": "没有写", "extra_forbidden": "不认识这一项"}
    ours = str(fault["msg"]).removeprefix("Value error, ")
    return f"{place} {words.get(fault['type'], ours if fault['type'] == 'value_error' else '写法不对')}"


def _jinja(encoding: str) -> SandboxedEnvironment:
    environment = SandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=True)
    environment.filters |= {
        "tojson": lambda value: json.dumps(str(value), ensure_ascii=False),
        "urlencode": lambda value: quote(str(value), safe="", encoding=encoding),
        "md5": lambda value: hashlib.md5(str(value).encode(encoding)).hexdigest(),
        "sha256": lambda value: hashlib.sha256(str(value).encode(encoding)).hexdigest(),
        "hmac_sha256": lambda value, key: hmac.new(
            str(key).encode(), str(value).encode(encoding), hashlib.sha256
        ).hexdigest(),
        "base64": lambda value: base64.b64encode(str(value).encode(encoding)).decode(),
    }
    return environment
