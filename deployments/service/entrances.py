"""Where others come in: the address and port we listen at, who can reach it, and whether that may be."""

import fcntl
import os
import socket
import struct
import time
from urllib.parse import urlsplit

from deployments.door.callers.neighbours import can_tell
from deployments.say import say
from models.errors import ServerError
from models.rules.calendar.moment import Moment
from models.rules.loopback import is_loopback
from models.rules.window.entry import password_faults
from models.settings import open_settings, settings
from tasks.window.accounts import first_account, set_first_password, somebody_can_enter
from tasks.window.links import once_token

EVERY_ADDRESS = ("0.0.0.0", "::", "")  # noqa: S104 - the words for it
SIOCGIFADDR = 0x8915
NAME = 15  # bytes of an interface's name


def external() -> str | None:
    """Return the API of a server that the office runs itself (a city's, on PostgreSQL), if it named one."""
    return os.environ.get("PREFECT_API_URL") or None


def shown(host: str) -> str:
    """Return ``host`` as it stands in an address that this machine opens."""
    if host in EVERY_ADDRESS:
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def require_free_port(host: str, port: int, wait: float = 0) -> None:
    """Return when ``port`` can be taken; waits up to ``wait`` seconds for one that is being given up.

    Raises ServerError in one line when it stays taken.
    """
    until = time.monotonic() + wait
    while True:
        try:
            with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
                return
        except (OSError, OverflowError) as error:
            if isinstance(error, OverflowError) or time.monotonic() >= until:
                raise ServerError(
                    f"端口 {port} 不能用（已被其他程序占用，或本机没有地址 {host}）；"
                    "请用 --port 换一个端口，例如 --port 4300"
                ) from None
            time.sleep(0.3)


def reached_by_others(host: str) -> str:
    """Return in words how others on the network could reach us; empty where nobody but our own user can.

    They could at an address ``host`` of this machine, or through a reverse proxy on it, which comes
    from loopback as a process of its own user: the public address says that there is one. Or a system
    may not tell one user's calls from another's.
    """
    if external():
        return ""
    public = urlsplit(settings().public_url)
    if not is_loopback(host):
        return f"用 --host {host} 时别的电脑也能访问"
    if public.netloc and (public.path or not is_loopback(public.hostname or "")):
        return f"SHIFAN_PUBLIC_URL 设为 {public.geturl()} 时别的电脑也能访问"
    return "" if can_tell() else "这个系统分不清是哪个用户在访问"


def require_way_in(host: str, password: str | None) -> None:
    """Raise ServerError where others could reach us and nobody has an account; nothing is made.

    A ``password`` that was given makes the first one (`open_accounts`): one that will not do is refused
    here, before anything starts.
    """
    reached = reached_by_others(host)
    if not (reached or password) or somebody_can_enter():
        return
    if password is None:
        raise ServerError(
            f"{reached}，必须先有账号；请运行 shifan window account add 账号名 --role office 添加，或加 "
            "--ask-password（当场输入）、--password-file 文件，设第一个账号的口令"
        )
    if faults := password_faults(password, ""):
        raise ServerError(f"第一个账号的{'；'.join(faults)}")


def open_accounts(host: str, password: str | None, moment: Moment) -> bool:
    """Return whether whoever comes needs an account; see that somebody has one.

    A ``password`` that was given makes the office's first account where nobody could log in yet, and
    counts for nothing any more where somebody can. Raises ServerError as `require_way_in` does.
    """
    require_way_in(host, password)
    if password is not None and somebody_can_enter():
        say("已有账号，启动时给的口令没有采用；改口令用 shifan window account password 账号名")
    elif password is not None:
        name = set_first_password(password, moment)
        say(f"已设好第一个账号“{name}”，口令就是刚才给的；请给每位同事各加一个账号")
    return bool(reached_by_others(host)) or password is not None


def say_entrances(host: str, port: int, url: str, moment: Moment, *, asks: bool) -> None:
    """Say who can come in, how, and from where; on loopback with a link that works once."""
    if external():
        return
    if not asks:
        say("只有这台电脑上启动示范的用户能打开；用下面的链接进去（只能用一次，一天内有效）：")
        say(f"{url}/in/{once_token(first_account(moment), moment.now)}")
        return
    if not is_loopback(host):
        reached = lan_addresses() if host in EVERY_ADDRESS else [host]
        for address in reached:
            name = f"[{address}]" if ":" in address else address
            say(
                f"手机、同事  http://{name}:{port}{settings().public_path}（办公室用账号登录，领导和单位打开消息里的链接）"
            )
        if not reached:
            say("注意：这台电脑现在没有连上局域网，手机和同事打不开")


def say_open_settings() -> None:
    """Say where other users of this machine can read a password in `.env`, and how to close it."""
    if fault := open_settings():
        say(f"注意：{fault}")


def lan_addresses() -> list[str]:
    """Return this machine's IPv4 addresses but for loopback, in the order of its interfaces.

    Empty where there is no network or the system does not tell.
    """
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            asked = struct.pack("256s", name.encode()[:NAME])
            try:
                answer = fcntl.ioctl(probe.fileno(), SIOCGIFADDR, asked)
            except OSError:  # an interface without an address
                continue
            found.append(socket.inet_ntoa(answer[20:24]))
    return [address for address in found if not address.startswith("127.")]
