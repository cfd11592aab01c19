"""Make the window's addresses in a text personal: a token in front of the path, for one reader alone."""

import re
from collections.abc import Callable

from notifications import links

# Only what a message of ours links to. What somebody typed is no address any more when it is here.
# The office's own pages (/c/…/o/…) are for its accounts alone: a token there would let in the wrong one.
_PATH = r"/(?:[md]/[0-9]+(?:/object)?|me|c/[a-z0-9-]+(?!/o(?![\w.%-]))(?:/[\w.%-]+)*(?:\?unit=[0-9]+)?)?"
_ENDS = r"(?![\w/?&=%#~+-]|\.\w)"
_NO_BEGINNING = r"(?<![\w/=&?#%+.-])"


def personal(text: str, token_for: Callable[[str], str]) -> str:
    """Return ``text`` with the token that ``token_for`` has for a path in front of each path of the window.

    Where it has none ("") the address stays as it is; so does every address that is none of the window.
    """
    address = f"{_NO_BEGINNING}{re.escape(links.ui())}(?P<path>{_PATH}){_ENDS}"
    return re.sub(
        address, lambda found: _with(token_for(found["path"]), found["path"]), text, flags=re.ASCII
    )


def _with(token: str, path: str) -> str:
    front = f"/in/{token}" if token else ""
    return f"{links.ui()}{front}{path}"
