"""A folder of our own for as long as another program works on a file; nothing of it is left behind."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

STALE_SECONDS = 24 * 3600


@contextmanager
def own_folder(prefix: str) -> Iterator[Path]:
    """Yield a new folder, in the folder of the system for such, that is gone afterwards.

    What a power cut left of folders with this ``prefix`` goes with the first one of a later day.
    """
    made = Path(tempfile.mkdtemp(prefix=prefix))
    try:
        _sweep(made, prefix)
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _sweep(beside: Path, prefix: str) -> None:
    young = beside.stat().st_mtime - STALE_SECONDS
    for left in beside.parent.glob(f"{prefix}*"):
        with suppress(OSError):
            if left.stat().st_mtime < young:
                shutil.rmtree(left, ignore_errors=True)
