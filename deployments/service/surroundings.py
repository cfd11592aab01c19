"""The surroundings of the server and of what talks to it: which environment each of them gets."""

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from deployments.door.callers.who import ASKS, TOKEN, TOKEN_HEADER
from deployments.service.entrances import external, shown
from models.files.logs import KEPT_FOR
from models.settings import FOLDER, settings

HEADERS = "PREFECT_CLIENT_CUSTOM_HEADERS"
# What an office may set for the Prefect that we start: the database of its server. The rest that a
# shell holds of Prefect (a log-in, a profile, a key) is left over from another one and locks us out.
KEPT = ("PREFECT_SERVER_DATABASE_", "PREFECT_API_DATABASE_")
OF_ANOTHER = (
    "PREFECT_PROFILE",
    "PREFECT_HOME",
)  # not even for a server that the office runs itself
# Logs of runs are kept as long as the law asks of logs, and then go with their runs: left to itself
# Prefect keeps both for ever. A run that waits for an answer has not ended, and stays.
TIDIED = {
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(int(KEPT_FOR.total_seconds())),
}
# Nothing is measured for another host unless the office says so in its own words: OTEL_SDK_DISABLED=false.
TELEMETRY, OFF = (
    "OTEL_",
    {
        "OTEL_SDK_DISABLED": "true",
        "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    },
)
OUR_OWN = ("PREFECT_SERVER_ANALYTICS_ENABLED",)  # our Makefile says it too


def environment(home: Path, host: str, port: int) -> dict[str, str]:
    """Return the environment of our service and of everything else that talks to the server.

    Prefect's own home lies in ours, so two homes never meet; nothing phones home, and no proxy of the
    shell or the desktop stands between us. What talks to our own server shows a token of this start,
    which is never on a disk.
    """
    left = {*left_over(), *filter(_is_proxy, os.environ)}
    measured = os.environ.get("OTEL_SDK_DISABLED", "").lower() == "false"
    left |= {name for name in os.environ if name.startswith(TELEMETRY) and not measured}
    given = {name: value for name, value in os.environ.items() if name not in left}
    given.pop("SHIFAN_PASSWORD", None)  # it made the first account; nobody needs it any more
    base = settings().public_path
    ours = {
        "SHIFAN_HOME": str(home),
        # Our service runs in the home: where a user starts it may lie settings of another Prefect.
        FOLDER: os.environ.get(FOLDER) or str(Path.cwd()),
        "PREFECT_HOME": str(home / "prefect"),
        "PREFECT_PROFILES_PATH": str(home / "prefect" / "none.toml"),
        # Prefect's runner keeps a folder of one name in the system's temporary folder: whoever of
        # the machine's users starts first would shut the others out.
        "TMPDIR": str(home / "tmp"),
        "PREFECT_API_URL": external() or f"http://{shown(host)}:{port}{base}/api",
        "PREFECT_UI_API_URL": f"{base}/api",  # right through any address that reaches the page
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_RUNNER_POLL_FREQUENCY": "1",
        "PREFECT_LOGGING_LEVEL": "INFO",
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
        "PREFECT_CLI_COLORS": "false",
        "PYTHONUNBUFFERED": "1",
        **TIDIED,
        **({} if measured else OFF),
    }
    if (
        base
    ):  # Prefect needs all of these; its pages are made anew, and not where another home's lie
        ours |= {
            "PREFECT_UI_SERVE_BASE": base,
            "PREFECT_SERVER_API_BASE_PATH": f"{base}/api",
            "PREFECT_UI_STATIC_DIRECTORY": str(home / "prefect" / "ui"),
        }
    if not external():
        ours[HEADERS] = json.dumps({TOKEN_HEADER: secrets.token_urlsafe(32)})
    # Our own calls go straight. Leaving the proxies' names out is not enough where the desktop names
    # one, and an exception for our address is not: httpx refuses to start on one that it cannot use.
    ours |= {"NO_PROXY": "*", "no_proxy": "*"}
    return given | ours


def left_over() -> list[str]:
    """Return the names in this shell that belong to another Prefect and are not handed on, sorted."""
    kept = KEPT if not external() else ("PREFECT_",)
    return sorted(
        name
        for name in os.environ
        if name.startswith("PREFECT_")
        and (not name.startswith(kept) or name.startswith(OF_ANOTHER))
        and name not in OUR_OWN
    )


def _is_proxy(name: str) -> bool:
    """Say whether ``name`` is a proxy of the shell; SHIFAN_PROXY is the office's own word for sending."""
    return name.lower().endswith("_proxy") and not name.upper().startswith("SHIFAN_")


def of_the_door(surroundings: Mapping[str, str], *, asks: bool) -> dict[str, str]:
    """Return the environment of the server and its door: the token to check, and whether it asks for accounts.

    The header with the token is taken out: Prefect shows its settings on a page of the UI.
    """
    headers = json.loads(surroundings[HEADERS])
    door = {k: v for k, v in surroundings.items() if k != HEADERS}
    door[TOKEN] = headers[TOKEN_HEADER]
    return door | {ASKS: "1" if asks else "0"}
