"""Let Apprise read an address of the channels file: mail's, and all that we do not speak ourselves."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import yaml
from apprise import AppriseAsset
from apprise.config.base import ConfigBase
from apprise.manager_plugins import NotificationManager

from models.errors import ChannelError
from notifications.apprise_own.foreign import foreigners, recipients, secrets, wants
from notifications.apprise_own.log import quiet_logs
from notifications.robots.address import bounded
from notifications.robots.base import Robot
from notifications.robots.mail import MailRobot
from notifications.robots.mail_server import MailAccount, MailServer
from notifications.robots.mail_text import Envelope

# Apprise's plugins that call a refusal delivered (an HTTP 200 is enough for them), and ours instead.
UNTRUTHFUL = {
    "wecombot": "wecomrobot",
    "dingtalk": "dingrobot",
    "feishu": "feishurobot",
    "lark": "feishurobot",
    "schan": "serverchan3",
}
MAIL_SECONDS = 10.0
# Domains of addresses, not of mail servers: Apprise would knock there, at the wrong port.
PUBLIC_MAIL = {
    "126.com", "139.com", "163.com", "188.com", "189.cn", "aliyun.com", "foxmail.com", "qq.com",
    "sina.cn", "sina.com", "sohu.com", "tom.com", "wo.cn", "yeah.net",
}  # fmt: skip
Servers = Callable[[str], MailServer]


class _Asset(AppriseAsset):
    """What Apprise may know of us: one try, one thread, no redirects, nothing kept on disk."""

    app_id = app_desc = "Shifan"  # goes into HTTP headers, which take no Chinese
    app_url = ""
    async_mode = False
    secure_logging = True
    http_redirects = False
    default_service_retry = 0
    default_service_wait = 0.0


def knows(scheme: str) -> bool:
    """Say whether Apprise speaks ``scheme``; plain web addresses are some of its services' own."""
    return scheme in {"http", "https"} or scheme in NotificationManager()


def foreign_robots(scheme: str, entry: object, server: Servers) -> list[Robot]:
    """Return a robot for each recipient of ``entry``, one of the YAML form's ``urls``.

    ``server`` gives all mailboxes of one account the same. Raises ChannelError, in Chinese and
    without anything of the address, when it cannot be used.
    """
    plugins: list[Any] = []
    with quiet_logs(), suppress(Exception):  # a plugin's own error would quote the address
        whole = yaml.safe_dump({"urls": [entry]}, allow_unicode=True)
        plugins, _ = ConfigBase.config_parse_yaml(whole, asset=_Asset())
    for spoken in (scheme, *(str(plugin.schema) for plugin in plugins)):
        if better := UNTRUTHFUL.get(spoken):
            words = "在对方拒收时也会报告成功，不能使用；请改用"
            raise ChannelError(f"{spoken}:// {words} {better}://")
    if not plugins and scheme in {"http", "https"}:
        raise ChannelError("网址不是任何一种通道；请改用 wecomrobot:// 等写法")
    robots: list[Robot] = []
    for plugin in plugins:
        is_mail = hasattr(plugin, "smtp_host")
        _tame(plugin, is_mail=is_mail)
        robots += _mail_robots(plugin, server) if is_mail else foreigners(plugin)
    if not robots:
        raise ChannelError(f"{scheme}:// 的地址写法不对，缺少必要的部分或含有不应有的字符")
    return robots


def _tame(plugin: Any, *, is_mail: bool) -> None:
    """Let ``plugin`` neither wait nor try twice, nor be redirected, nor call a failure a success."""
    plugin.request_rate_per_sec = 0
    plugin.retry, plugin.wait, plugin.optional = 0, 0.0, False
    plugin.redirects = False
    given = vars(plugin)
    connect, read = "socket_connect_timeout", "socket_read_timeout"
    asked = {name: bounded(given[name]) for name in (connect, read) if name in given}
    given.update(asked)
    if read in asked and connect not in asked:
        plugin.socket_connect_timeout = min(plugin.socket_connect_timeout, asked[read])
    if is_mail:  # SMTP knows one limit only, for every step
        plugin.socket_connect_timeout = min(asked.values(), default=MAIL_SECONDS)


def _mail_robots(plugin: Any, server: Servers) -> list[Robot]:
    host, sender = str(plugin.smtp_host), str(plugin.from_addr[1])
    _check_mail(plugin, host.lower())
    account = MailAccount(
        host=host,
        port=int(plugin.port or 0),
        mode=str(getattr(plugin.secure_mode, "value", plugin.secure_mode)),
        user=str(plugin.user or ""),
        password=str(plugin.password or ""),
        verify=bool(plugin.verify_certificate),
        seconds=float(plugin.socket_connect_timeout),
    )
    cc, bcc, reply_to = (
        tuple(sorted(map(str, some))) for some in (plugin.cc, plugin.bcc, plugin.reply_to)
    )
    headers = tuple((str(name), str(words)) for name, words in plugin.headers.items())
    named = [host, account.user, sender, *recipients(plugin), *cc, *bcc]
    parts = [part for address in named for part in address.split("@")]
    hidden = secrets(plugin, str(plugin.url(privacy=False)), [*named, *parts])
    robots: list[Robot] = []
    for name, address in plugin.targets:
        envelope = Envelope(
            sender_name=str(plugin.from_addr[0] or ""),
            sender=sender,
            receiver_name=str(name or ""),
            receiver=str(address),
            cc=cc,
            bcc=bcc,
            reply_to=reply_to,
            headers=headers,
            as_html=wants(plugin).value != "text",
        )
        robot = MailRobot(account, server(f"{host} {account.user}"), envelope, hidden)
        robot.many = len(plugin.targets) > 1 or len(robot.ends) > 1
        robots.append(robot)
    return robots


def _check_mail(plugin: Any, host: str) -> None:
    """Raise ChannelError for settings that Apprise takes and that cannot work."""
    if getattr(plugin, "use_pgp", False) or str(getattr(plugin, "pgp_mode", "no")) != "no":
        raise ChannelError("邮件不支持 PGP 加密，请去掉 pgp=")
    if host in PUBLIC_MAIL:
        raise ChannelError(
            f"{host} 邮箱要写明邮件服务器：mailtos://{host}?smtp=smtp.{host}&mode=ssl"
            "&user=账号&pass=授权码&from=发件地址&to=收件地址"
        )
