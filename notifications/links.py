"""Links: to the window, for whoever reads; to Prefect's UI with its forms, for operators."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from models.files.home import home
from models.files.whole_file import write_whole
from models.settings import settings

FILE = "links.json"  # in the home; written when the deployments are registered
PAGES = "pages.json"  # beside it; written when a page is made for the first time
# The pages of Prefect's UI that no menu leads to, by the name under which they are linked.
CHART, LIGHTS, WEEK, OUTLOOK = "chart", "lights", "this-week", "if-accepted-today"
PAGE_NAMES = {"甘特图": CHART, "亮灯表": LIGHTS, "本周到期": WEEK, "如果今天验收": OUTLOOK}
PREFECT = "v2"  # of Prefect's two UIs the one whose forms a phone of 390 points shows whole
DEFAULT_UI = "http://127.0.0.1:4200"


def remember(ui: str, deployments: Mapping[str, str]) -> None:
    """Keep the UI's address and the id of each deployment, for whoever writes a message later."""
    _write(FILE, {"ui": ui, "deployments": dict(deployments)})


def remember_ui(ui: str) -> None:
    """Keep the address alone where the window runs by itself; what was known of deployments stays."""
    _write(FILE, _read(FILE) | {"ui": ui})


def remember_page(key: str, artifact: str) -> None:
    """Keep under which number the window shows the page ``key``: a page keeps it for good."""
    _write(PAGES, pages() | {key: artifact})


def pages() -> dict[str, str]:
    """Return the number of every page that was made."""
    return {key: str(one) for key, one in _read(PAGES).items()}


def _write(name: str, facts: Mapping[str, Any]) -> None:
    write_whole(home() / name, json.dumps(facts).encode(), lasting=False)


def _read(name: str) -> dict[str, Any]:
    try:
        return dict(json.loads((settings().home / name).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def ui() -> str:
    """Return the UI's address as a phone reaches it, without a slash at the end."""
    return (settings().public_url or _read(FILE).get("ui") or DEFAULT_UI).rstrip("/")


def path_of(address: str) -> str:
    """Return where in the window ``address`` leads, as a path; empty where it leads elsewhere."""
    return address.removeprefix(ui()) if address.startswith(f"{ui()}/") else ""


def front() -> str:
    """Return the address of the window's first page."""
    return f"{ui()}/"


def board(campaign: str, page: str = "") -> str:
    """Return the address of a campaign's board, or of another ``page`` of it: week, chart, gate.

    ``campaign`` is what `Campaign.address` says.
    """
    return f"{ui()}/c/{quote(campaign)}" + (f"/{page}" if page else "")


def unit_page(campaign: str, unit_id: int) -> str:
    """Return the address of a unit's page: what is to be done, what was done, what is missing."""
    return f"{board(campaign)}/u/{unit_id}"


def item_page(campaign: str, code: str, unit_id: int | None = None) -> str:
    """Return the address of an item's page; with ``unit_id`` of one unit's part in it."""
    part = f"?unit={unit_id}" if unit_id else ""
    return f"{board(campaign)}/i/{quote(code, safe='')}{part}"


def register_page(campaign: str, code: str, unit_id: int | None = None) -> str:
    """Return the address of the form that registers an item's progress; with ``unit_id`` of one unit's part."""
    page, question, part = item_page(campaign, code, unit_id).partition("?")
    return f"{page}/register{question}{part}"


def message(number: int) -> str:
    """Return the address of everything that message ``number`` says, to acknowledge and to register."""
    return f"{ui()}/m/{number}"


def question(decision_id: int) -> str:
    """Return the address where a decision is read and answered."""
    return f"{ui()}/d/{decision_id}"


def objection(decision_id: int) -> str:
    """Return the address where a leader objects to what was decided in the leader's name."""
    return f"{question(decision_id)}/object"


def mine() -> str:
    """Return the address of what waits for whoever opens it."""
    return f"{ui()}/me"


def artifact(key: str) -> str:
    """Return the address of the page ``key`` itself; of the list of its numbers until it was made."""
    if number := pages().get(key):
        return f"{ui()}/{PREFECT}/artifacts/artifact/{number}"
    return f"{ui()}/{PREFECT}/artifacts/key/{key}"


def run_page(flow_run: str) -> str:
    """Return the address of a run."""
    return f"{ui()}/{PREFECT}/runs/flow-run/{flow_run}"


def run(flow_run: str) -> str:
    """Return the address of a run that waits: our door lets its form open by itself."""
    return f"{run_page(flow_run)}?form"


def form(deployment: str, **parameters: Any) -> str:
    """Return the address of a deployment's form, filled in; the deployments page until one is known."""
    found = _read(FILE).get("deployments", {}).get(deployment)
    if not found:
        return f"{ui()}/{PREFECT}/deployments"
    told = json.dumps(parameters, ensure_ascii=False, default=str, separators=(",", ":"))
    filled = quote(told, safe=":,")  # as short as it can be: a text message holds 140 characters
    return f"{ui()}/{PREFECT}/deployments/deployment/{found}/run?parameters={filled}"
