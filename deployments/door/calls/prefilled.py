"""A form that a message links to, with what only the tables know: which item a code means.

The link holds the code alone: a robot's message has room for a few links. What the item is called,
whose it is and when it is due is looked up when the link is opened, and so is true then.
"""

import asyncio
import json
import re
from urllib.parse import parse_qsl, urlencode

from models.errors import CampaignError
from tasks.campaign.naming import item_for_form

FORM = re.compile(r"(?:/v2)?/deployments/deployment/[0-9a-fA-F-]{36}/run")
PROGRESS, ITEM = "progress", "item"


async def fuller(path: str, query: str) -> str | None:
    """Return what `with_item` does, without a thread for every page and file that is no form."""
    return await asyncio.to_thread(with_item, path, query) if FORM.fullmatch(path) else None


def with_item(path: str, query: str) -> str | None:
    """Return the address of the same form with the item's words in it; None where nothing is missing.

    Reads only. A code that is none stays as it is: the form says so when it is handed in.
    """
    asked = dict(parse_qsl(query))
    try:
        filled = json.loads(asked.get("parameters", ""))
        said = filled[PROGRESS]
        code, campaign, unit = (said.get(name) or "" for name in ("code", "campaign", "unit"))
        if said.get(ITEM) or not code or not all(map(_is_word, (code, campaign, unit))):
            return None
        words = item_for_form(campaign or None, code, unit)
        told = json.dumps(
            filled | {PROGRESS: said | {ITEM: words}}, ensure_ascii=False, separators=(",", ":")
        )
        return f"{path}?{urlencode(asked | {'parameters': told})}"
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, CampaignError):
        return None


def _is_word(said: object) -> bool:
    """Say whether a link's value may be asked of a database: a text, with no zero or half character."""
    return isinstance(said, str) and said.isprintable()
