"""Several commands meet an older database at once: one brings it up to date, the others wait."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from alembic import command
from alembic.config import Config

import models.schema
from models.database import engine_for
from models.files.home import home
from models.schema import REVISION, current_revision, ensure_schema
from models.settings import settings
from tests.conftest import NOW

TOGETHER = 6


def make(version: str) -> None:
    """Make the database as a program of ``version`` left it."""
    config = Config()
    folder = Path(models.schema.__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder))
    with engine_for(settings().database).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)


@pytest.mark.parametrize("version", ["0006", None])
def test_one_of_several_upgrades_and_the_others_wait(tmp_path, monkeypatch, version):
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path))
    if version:
        make(version)
    start = Barrier(TOGETHER)

    def begin(_number: int) -> None:
        start.wait()
        ensure_schema(NOW)

    with ThreadPoolExecutor(TOGETHER) as all_at_once:
        list(all_at_once.map(begin, range(TOGETHER)))

    assert current_revision() == REVISION
    kept = list((home() / "backups").glob("*"))
    assert len(kept) == (1 if version else 0)
