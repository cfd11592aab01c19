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
from models.rules.loopback import is_loopback
from models.settings import settings

EVERY_ADDRESS = ("0.0.0.0", "::", "")  # noqa: S104 - the words for it
SHORT_PASSWORD = 8
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
                    "请用 --port 换一个端口，例如 shifan up --port 4300"
                ) from None
            time.sleep(0.3)


def require_usable(password: str | None) -> None:
    """Raise ServerError when a browser could not send ``password``: its log-in takes ASCII only."""
    if password is not None and not (password.isascii() and password.isprintable() and password):
        raise ServerError("口令只能用英文字母、数字和标点，不能有汉字，也不能是空的")


def require_password(host: str, password: str | None) -> None:
    """Raise ServerError when others on the network could reach us and nobody asks them who they are.

    They could at an address ``host`` of this machine, or through a reverse proxy on it, which comes
    from loopback as a process of its own user: the public address says that there is one. Or a system
    may not tell one user's calls from another's.
    """
    if password is not None or external():
        return
    public = urlsplit(settings().public_url)
    if not is_loopback(host):
        reached = f"用 --host {host} 时"
    elif public.netloc and (public.path or not is_loopback(public.hostname or "")):
        reached = f"SHIFAN_PUBLIC_URL 设为 {public.geturl()} 时"
    elif can_tell():
        return
    else:
        raise ServerError("这个系统分不清是哪个用户在访问，必须有口令；请加 --ask-password")
    raise ServerError(
        f"{reached}别的电脑也能访问，必须有口令；请加 --ask-password（当场输入）、"
        "--password-file 文件，或设环境变量 SHIFAN_PASSWORD"
    )


def say_entrances(host: str, port: int, password: str | None) -> None:
    """Say who can come in, how, and from where."""
    if external():
        return
    if password is None:
        say("没有设口令：只有这台电脑上启动示范的用户能打开")
        return
    if len(password) < SHORT_PASSWORD:
        say(f"注意：口令只有 {len(password)} 个字，容易被猜中，请换长一些的")
    if not is_loopback(host):
        reached = lan_addresses() if host in EVERY_ADDRESS else [host]
        for address in reached:
            name = f"[{address}]" if ":" in address else address
            say(
                f"手机、同事  http://{name}:{port}{settings().public_path}（登录只要口令，没有用户名）"
            )
        if not reached:
            say("注意：这台电脑现在没有连上局域网，手机和同事打不开")


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
