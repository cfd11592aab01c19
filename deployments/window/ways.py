"""Every way into the window: each page and each act, by subject."""

import re
from collections.abc import Iterator

from deployments.window import (
    board,
    calendars,
    decide,
    entering,
    everyone,
    finding_steps,
    findings,
    first,
    inspections,
    items,
    messages,
    mine,
    objecting,
    receipts,
    registering,
    units,
    wall,
)
from deployments.window.asking import Way
from deployments.window.office import every as office

SUBJECTS = (
    entering,
    first,
    board,
    everyone,
    decide,
    items,
    findings,
    finding_steps,
    inspections,
    objecting,
    units,
    calendars,
    wall,
    mine,
    messages,
    registering,
    receipts,
    office,
)
# The first parts of the paths that are the window's; all others are Prefect's.
OURS = frozenset(
    {"", "c", "cal", "d", "files", "in", "m", "me", "metrics", "o", "out", "r", "wall"}
)


# Behind these a path goes on with a word that lets somebody in, or read: it is written down nowhere.
_SECRET = re.compile("/(in|cal|wall)/.*", re.IGNORECASE | re.DOTALL)


def every_way() -> Iterator[Way]:
    """Yield every page and act, the first that fits a path answers."""
    for subject in SUBJECTS:
        yield from subject.WAYS


def is_ours(path: str) -> bool:
    """Say whether the window answers at ``path``, and not Prefect's UI."""
    return path.lstrip("/").partition("/")[0] in OURS if path.startswith("/") else False


def noted_path(path: str) -> str:
    """Return ``path`` as it may be written down: without what lets whoever reads it in."""
    return _SECRET.sub(r"/\1/…", path)
