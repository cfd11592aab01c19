"""A target of the channels, and what it answered: the one value that says whether a message arrived."""

from collections.abc import Callable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Target:
    """One recipient on one channel, without anything secret: fit for a database, a log, a screen.

    ``id`` is the same in every process and after a restart.
    """

    id: str
    kind: str
    privacy: str

    def __str__(self) -> str:
        return f"{self.kind} {self.privacy}".strip() + f"（编号 {self.id[:6]}）"


@dataclass(frozen=True, slots=True)
class Answer:
    """A provider's answer to one message for one target.

    ``delivered`` is true only when the provider itself said so. ``code`` is the provider's code (or
    ``HTTP 500``, or one of our words such as ``timeout``), ``text`` its own words without any
    secret. ``permanent``: trying again cannot help. ``retry_after``: seconds to wait, where the
    provider asks for it. ``uncertain``: the message went out and no clear answer came back, so a
    repeat may be a second copy.
    """

    delivered: bool
    code: str
    text: str
    permanent: bool = False
    retry_after: float | None = None
    uncertain: bool = False

    def told(self, clean: Callable[[str], str]) -> "Answer":
        """Return the same answer with ``code`` and ``text`` passed through ``clean``."""
        return replace(self, code=clean(self.code)[:40], text=clean(self.text))


def refused(code: str, text: str) -> Answer:
    """Return the answer for a message that was not sent at all, and never will be."""
    return Answer(delivered=False, code=code, text=text, permanent=True)
