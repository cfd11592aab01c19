"""An address of the channels file taken apart, with the options below it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

_BETWEEN = re.compile("[,;\uff0c\uff1b\u3001\\s]+")
_YES = {"yes", "true", "1", "on", "是"}
_NO = {"no", "false", "0", "off", "否"}


@dataclass(frozen=True, slots=True)
class Address:
    """``scheme://user:password@host/path?name=value``; it holds secrets, so its repr shows none.

    ``options`` are those of the address and those written below it, which come first. ``folder`` is
    where a file named in it lies.
    """

    user: str = field(repr=False)
    password: str = field(repr=False)
    host: str = field(repr=False)
    path: str = field(repr=False)
    options: Mapping[str, object] = field(repr=False)
    folder: Path = field(repr=False)

    def word(self, name: str) -> str:
        """Return one option as text; "" when it is not written."""
        value = self.options.get(name)
        if isinstance(value, bool):
            return "yes" if value else "no"
        return "" if value is None else str(value).strip()

    def words(self, name: str) -> list[str]:
        """Return the parts of ``a,b;c`` or of a list, in their order."""
        value = self.options.get(name)
        parts = value if isinstance(value, list) else _BETWEEN.split(self.word(name))
        return [word for part in parts if (word := str(part).strip())]

    def on(self, name: str, *, by_itself: bool = False) -> bool:
        """Say whether an option is switched on; ``by_itself``: unless it is switched off."""
        word = self.word(name).lower()
        return word not in _NO if by_itself else word in _YES

    def seconds(self, name: str) -> float | None:
        """Return a time limit that was asked for; None where none was, or no number."""
        try:
            return bounded(float(self.word(name)))
        except ValueError:
            return None

    def recipients(self, *first: str) -> list[str]:
        """Return whom the address names: ``first``, then its path, then ``to=``."""
        parts = [*first, *map(unquote, self.path.split("/"))]
        words = [word for part in parts for word in _BETWEEN.split(part) if word]
        return [*words, *self.words("to")]


def address_of(url: str, below: Mapping[str, object], folder: Path) -> Address:
    """Return ``url`` taken apart, with the options written ``below`` it in the file."""
    head, _, query = url.partition("?")
    _, _, rest = head.partition("://")
    place, _, path = rest.partition("/")
    access, _, host = place.rpartition("@")
    user, _, password = access.partition(":")
    pairs = (pair.partition("=") for pair in re.split("[&;]", query))
    asked = {unquote(name).strip().lower(): unquote(value).strip() for name, _, value in pairs}
    user, password, host = map(unquote, (user, password, host))
    return Address(user, password, host, path, {**asked, **below}, folder)


def bounded(asked: float) -> float:
    """Return a time limit a person may ask for, brought between a tenth of a second and a minute."""
    return min(max(asked, 0.1), 60.0) if asked == asked else 10.0  # else not a number
