"""What must hold before the office's own Prefect server may start: it has no door of ours before it.

Whoever gets past its password runs programs as the user of 示范. So it is asked for on loopback too:
there, every other user of the machine and every page in their browsers reaches the port.
"""

from collections.abc import Mapping

from models.rules.servers import whole
from models.rules.several_servers import (
    DATABASE,
    DRIVER,
    is_several,
    several_servers_faults,
)
from models.rules.window.entry import password_faults

LOGIN = "PREFECT_SERVER_API_AUTH_STRING"
ORIGINS = "PREFECT_SERVER_CORS_ALLOWED_ORIGINS"
ORIGINS_TOO = "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS"  # Prefect reads this one first
FILE = "sqlite+aiosqlite:"
EVERY_ORIGIN = "*"  # Prefect's own default


def own_server_faults(environment: Mapping[str, str], *, services: bool) -> list[str]:
    """Return in words why a server of this ``environment`` may not start; empty when it may.

    Never with a password in them. Without its own background ``services`` it is one of several.
    """
    faults = []
    login = environment.get(LOGIN, "")
    user, _, password = login.partition(":")
    if login and not (user and password):
        faults.append(f"{LOGIN} 应写成用户名、半角冒号、口令，哪一样都不能空")
    elif not login:
        faults.append(f"没有设 {LOGIN}（用户名、半角冒号、口令），谁连得上端口，谁就能运行程序")
    else:
        faults += [f"{LOGIN} 的{fault}" for fault in password_faults(password, user)]
    faults += [
        f"{name} 不能是 {EVERY_ORIGIN}：别的网页就能调用它，请写自己的网址"
        for name in (ORIGINS, ORIGINS_TOO)
        if EVERY_ORIGIN in environment.get(name, "")
    ]
    several = not services or is_several(environment)
    if several:
        faults += several_servers_faults(environment)
    faults += _faults_of_database(environment.get(DATABASE, ""), several=several)
    return faults


def _faults_of_database(url: str, *, several: bool) -> list[str]:
    """Return what is wrong with the address of Prefect's own database; of several its beginning was looked at."""
    if not url or (several and not url.startswith(DRIVER)):
        return []
    if not url.startswith((f"{DRIVER}://", FILE)):
        return [f"{DATABASE} 应为 {DRIVER}:// 开头的地址：Prefect 用的驱动与我们的不同"]
    try:
        whole(url)
    except ValueError:
        if not url.startswith(FILE):
            return [f"{DATABASE} 读不出主机：口令里的 @ : / # ? % 写成 %40 %3A %2F %23 %3F %25"]
    return []
