"""What must hold before the office's own Prefect server may start: it has no door of ours before it.

Whoever gets past its password runs programs as the user of 示范. So it is asked for on loopback too:
there, every other user of the machine and every page in their browsers reaches the port.
"""

from collections.abc import Mapping

from models.rules.several_servers import is_several, several_servers_faults
from models.rules.window.entry import password_faults

LOGIN = "PREFECT_SERVER_API_AUTH_STRING"
ORIGINS = "PREFECT_SERVER_CORS_ALLOWED_ORIGINS"
ORIGINS_TOO = "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS"  # Prefect reads this one first
EVERY_ORIGIN = "*"  # Prefect's own default


def own_server_faults(environment: Mapping[str, str], *, services: bool) -> list[str]:
    """Return in words why a server of this ``environment`` may not start; empty when it may.

    Never with a password in them. Without its own background ``services`` it is one of several.
    """
    faults = []
    user, _, password = environment.get(LOGIN, "").partition(":")
    if not (user and password):
        faults.append(f"没有设 {LOGIN}（用户名、半角冒号、口令），谁连得上端口，谁就能运行程序")
    else:
        faults += [f"{LOGIN} 的{fault}" for fault in password_faults(password, user)]
    faults += [
        f"{name} 不能是 {EVERY_ORIGIN}：别的网页就能调用它，请写自己的网址"
        for name in (ORIGINS, ORIGINS_TOO)
        if EVERY_ORIGIN in environment.get(name, "")
    ]
    if not services or is_several(environment):
        faults += several_servers_faults(environment)
    return faults
