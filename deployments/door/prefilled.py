"""A form that a message links to, with what only the tables know: which item a code means.

The link holds the code alone: a robot's message has room for a few links. What the item is called,
whose it is and when it is due is looked up when the link is opened, and so is true then.
"""

import json
import re
from typing import Any
from urllib.parse import parse_qsl, urlencode

from models.errors import CampaignError
from tasks.naming import item_for_form

FORM = re.compile(r"(?:/v2)?/deployments/deployment/[0-9a-fA-F-]{36}/run")
PROGRESS, ITEM = "progress", "item"


def with_item(path: str, query: str) -> str | None:
    """Return the address of the same form with the item's words in it; None where nothing is missing.

    Reads only. A code that is none stays as it is: the form says so when it is handed in.
    """
    if not FORM.fullmatch(path):
        return None
    asked = dict(parse_qsl(query))
    try:
        filled = json.loads(asked.get("parameters", ""))
        said = filled[PROGRESS]
        if said.get(ITEM) or not said["code"]:
            return None
        words = item_for_form(said.get("campaign") or None, said["code"], said.get("unit") or "")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, CampaignError):
        return None
    return f"{path}?{_query(asked, filled | {PROGRESS: said | {ITEM: words}})}"


def _query(asked: dict[str, str], filled: dict[str, Any]) -> str:
    told = json.dumps(filled, ensure_ascii=False, separators=(",", ":"))
    return urlencode(asked | {"parameters": told})
