"""What we must know about a plugin that is Apprise's own, not ours: who it reaches, what it hides."""

import copy
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from notifications.saying import masks

KINDS = {
    "mailto": "邮件",
    "mailtos": "邮件",
    "wechat": "企业微信应用",
    "json": "网络接口",
    "jsons": "网络接口",
    "xml": "网络接口",
    "xmls": "网络接口",
    "form": "网络接口",
    "forms": "网络接口",
    "syslog": "系统日志",
}
HOSTED = {"json", "jsons", "xml", "xmls", "form", "forms"}  # reach a host, not a person
# Apprise's plugins that call a refusal delivered (an HTTP 200 is enough for them), and ours instead.
UNTRUTHFUL = {
    "wecombot": "wecomrobot",
    "dingtalk": "dingrobot",
    "feishu": "feishurobot",
    "lark": "feishurobot",
    "schan": "serverchan3",
}
# Attributes in which plugins keep recipients; each recipient becomes a target of its own.
RECIPIENTS = ("targets", "users", "departments", "tag_ids")
MAIL_SECONDS = 10.0
LONGEST_SEND = 90.0  # a claim on a message holds for two minutes
# Domains of addresses, not of mail servers: Apprise would knock there, at the wrong port.
PUBLIC_MAIL = {
    "126.com", "139.com", "163.com", "188.com", "189.cn", "aliyun.com", "foxmail.com", "qq.com",
    "sina.cn", "sina.com", "sohu.com", "tom.com", "wo.cn", "yeah.net",
}  # fmt: skip
_PARTS = re.compile(r"[^:/?&=@#,;]+")
# Values of a URL that are settings, not secrets.
_PLAIN = {
    "markdown", "text", "html", "upstream", "truncate", "split", "yes", "no", "true", "false",
    "ssl", "starttls", "insecure", "get", "post", "put", "patch", "delete", "head",
}  # fmt: skip


def kind(plugin: Any) -> str:
    """Return what an operator calls such a channel."""
    return KINDS.get(str(plugin.schema), str(plugin.service_name or plugin.schema))


def prepared(plugin: Any) -> Any:
    """Return ``plugin`` unable to wait, to try twice, to be redirected or to call a failure a success."""
    plugin.request_rate_per_sec = 0
    plugin.retry, plugin.wait, plugin.optional = 0, 0.0, False
    plugin.redirects = False
    given = vars(plugin)
    connect, read = "socket_connect_timeout", "socket_read_timeout"
    asked = {name: bounded(given[name]) for name in (connect, read) if name in given}
    for name, value in asked.items():
        setattr(plugin, name, value)
    if read in asked and connect not in asked:
        plugin.socket_connect_timeout = min(plugin.socket_connect_timeout, asked[read])
    if is_mail(plugin):  # SMTP knows one limit only, for every step
        plugin.socket_connect_timeout = min(asked.values(), default=MAIL_SECONDS)
    return plugin


def bounded(asked: float) -> float:
    """Return a time limit a person may ask for, brought between a tenth of a second and a minute."""
    return min(max(asked, 0.1), 60.0) if asked == asked else MAIL_SECONDS  # else not a number


def seconds(plugin: Any) -> float:
    """Return how long a send may take in all, even when the other side answers drop by drop."""
    connect, read = plugin.request_timeout
    return min(float(connect * 3 if is_mail(plugin) else connect + read) + 1.0, LONGEST_SEND)


def mistake(plugin: Any) -> str:
    """Return what is wrong with settings that Apprise takes and that cannot work; "" when nothing."""
    if is_mail(plugin) and (
        getattr(plugin, "use_pgp", False) or str(getattr(plugin, "pgp_mode", "no")) != "no"
    ):
        return "邮件不支持 PGP 加密，请去掉 pgp="
    host = str(plugin.smtp_host).lower() if is_mail(plugin) else ""
    if host in PUBLIC_MAIL:
        return (
            f"{host} 邮箱要写明邮件服务器：mailtos://{host}?smtp=smtp.{host}&mode=ssl"
            "&user=账号&pass=授权码&from=发件地址&to=收件地址"
        )
    return ""


def is_mail(plugin: Any) -> bool:
    """Say whether ``plugin`` speaks SMTP."""
    return hasattr(plugin, "smtp_host")


def split(plugin: Any, names: tuple[str, ...] = RECIPIENTS) -> Iterator[Any]:
    """Yield one plugin per recipient, so that one that fails never hides or repeats another."""
    held = [name for name in names if isinstance(getattr(plugin, name, None), list)]
    if sum(len(getattr(plugin, name)) for name in held) < 2:
        yield plugin
        return
    for name in held:
        for recipient in getattr(plugin, name):
            one = copy.copy(plugin)
            one.among_others = True  # its address names several: not one person's alone
            for other in held:
                setattr(one, other, [recipient] if other == name else [])
            yield one


def recipients(plugin: Any) -> list[str]:
    """Return whom ``plugin`` reaches: addresses, user ids; empty when it names nobody."""
    found = [item for name in RECIPIENTS for item in _items(getattr(plugin, name, None))]
    return [str(item[-1] if isinstance(item, tuple | list) else item) for item in found]


def identity(plugin: Any) -> tuple[str, ...]:
    """Return what makes this target another one; a changed mailbox password does not."""
    if is_mail(plugin):
        return ("mail", str(plugin.smtp_host), str(plugin.from_addr[1]), *recipients(plugin))
    return (str(plugin.schema), _address(plugin), *recipients(plugin))


def privacy(plugin: Any) -> str:
    """Return where a message goes, for people to read; nothing that could be used."""
    if is_mail(plugin):
        return "、".join(masks.mail(address) for address in recipients(plugin))
    if str(plugin.schema) in HOSTED:
        return str(plugin.host or "")
    return "、".join(masks.word(name) for name in recipients(plugin))


def secrets(plugin: Any) -> list[str]:
    """Return every part of the plugin's URL that is not known to be harmless."""
    harmless = {str(plugin.schema), str(plugin.host), *recipients(plugin)}
    if is_mail(plugin):
        harmless |= {str(plugin.smtp_host), str(plugin.user), str(plugin.from_addr[1])}
        harmless |= {*map(str, plugin.cc), *map(str, plugin.bcc)}
        harmless |= {part for address in [*harmless] for part in address.split("@")}
    address = _address(plugin)
    parts = {unquote(part) for part in _PARTS.findall(address)}
    keys = {match[1] for match in re.finditer(r"[?&]([^=&]+)=", address)}
    found = {
        part
        for part in parts - keys - harmless
        if part.lower() not in _PLAIN and not re.fullmatch(r"[\d.]{0,5}", part)
    }
    return [*found, *([str(plugin.password)] if plugin.password else [])]


def _address(plugin: Any) -> str:
    try:
        return str(plugin.url(privacy=False))
    except Exception:
        return ""


def _items(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple | set) else []
