"""Homes that are laid out once and copied for each test, key and all."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from models.database import engine_for
from models.settings import settings


def laid_out(empty: Path, home: Path, fill: Callable[[], object]) -> Path:
    """Fill a home that begins with the database ``empty``; return it, closed, to be copied."""
    shutil.copy(empty, home / "shifan.db")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHIFAN_HOME", str(home))
        fill()
        engine_for(settings().database).dispose()  # the last connection to close folds the WAL in
    return home


def copied(laid: Path, place: Path) -> None:
    """Let ``place``, which nobody has opened yet, begin as the home ``laid``."""
    shutil.copytree(laid, place, dirs_exist_ok=True)
