"""Links into the UI: forms already filled in, and the pages that no menu leads to."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from models.home import home
from models.settings import settings

FILE = "links.json"  # in the home; written when the deployments are registered
DEFAULT_UI = "http://127.0.0.1:4200"


def remember(ui: str, deployments: Mapping[str, str], *, door: bool = False) -> None:
    """Keep the UI's address and the id of each deployment, for whoever writes a message later.

    ``door`` says that our own door stands before the UI and shows pages of ours.
    """
    target = home() / FILE
    draft = target.with_suffix(".draft")
    draft.write_text(
        json.dumps({"ui": ui, "deployments": dict(deployments), "door": door}), encoding="utf-8"
    )
    draft.replace(target)


def _known() -> dict[str, Any]:
    try:
        return dict(json.loads((settings().home / FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def ui() -> str:
    """Return the UI's address as a phone reaches it, without a slash at the end."""
    return (settings().public_url or _known().get("ui") or DEFAULT_UI).rstrip("/")


def artifact(key: str) -> str:
    """Return the address of the artifact ``key``."""
    return f"{ui()}/artifacts/key/{key}"


def message(number: int) -> str:
    """Return the address of the page that lists everything message ``number`` says.

    Empty where no door of ours stands before the server: nobody would show it.
    """
    return f"{ui()}/door/message/{number}" if _known().get("door") else ""


def run(flow_run: str) -> str:
    """Return the address of a run, where the form of a suspended one opens behind its button."""
    return f"{ui()}/runs/flow-run/{flow_run}"


def form(deployment: str, **parameters: Any) -> str:
    """Return the address of a deployment's form, filled in; the deployments page until one is known."""
    found = _known().get("deployments", {}).get(deployment)
    if not found:
        return f"{ui()}/deployments"
    told = json.dumps(parameters, ensure_ascii=False, default=str, separators=(",", ":"))
    filled = quote(told, safe=":,")  # as short as it can be: a text message holds 140 characters
    return f"{ui()}/deployments/deployment/{found}/run?parameters={filled}"
