"""Homes that are laid out once and copied for each test, key and all, with their database wherever it is."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from models.database import engine_for, sqlite_file
from models.settings import settings
from tests.support.databases import OF_THE_TEST, make
from tests.tools.engine import address, on_postgresql

KEPT = "shifan_kept_by_the_test"


@dataclass(frozen=True)
class Laid:
    """A home, closed; ``template`` names its database on ``server``, where it is not a file in it."""

    home: Path
    server: str = ""
    template: str = "template_empty"


def laid_out(
    request: pytest.FixtureRequest,
    home: Path,
    fill: Callable[[], object],
    begin: Laid | None = None,
) -> Laid:
    """Fill ``home``, which begins empty or as ``begin``, on the database of this run of the tests."""
    begin = begin or _empty(request)
    shutil.copytree(begin.home, home, dirs_exist_ok=True)
    laid = Laid(home, begin.server, f"template_{uuid4().hex}" if begin.server else "")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHIFAN_HOME", str(home))
        if laid.server:
            url = make(laid.server, laid.template, begin.template)
            patch.setenv("SHIFAN_DATABASE_URL", address(request.config, url))
        fill()
        engine_for(settings().database).dispose()  # the last connection to close folds the WAL in
    return laid


def copied(laid: Laid, place: Path) -> None:
    """Let ``place``, which nobody has opened yet, and the database of the test begin as ``laid``."""
    shutil.copytree(laid.home, place, dirs_exist_ok=True)
    if laid.server:
        make(laid.server, OF_THE_TEST, laid.template)


def kept(request: pytest.FixtureRequest, aside: Path) -> Callable[[], None]:
    """Keep the database of the test as it is; return what puts it back, whatever was done meanwhile."""
    engine_for(settings().database).dispose()
    file, server = sqlite_file(), ""
    if file:
        shutil.copy(file, aside)
    else:
        server = request.getfixturevalue("postgresql_server")
        make(server, KEPT, OF_THE_TEST)

    def put_back() -> None:
        engine_for(settings().database).dispose()
        if file:
            for more in ("-wal", "-shm"):
                file.with_name(file.name + more).unlink(missing_ok=True)
            shutil.copy(aside, file)
        else:
            make(server, OF_THE_TEST, KEPT)

    return put_back


def _empty(request: pytest.FixtureRequest) -> Laid:
    home: Path = request.getfixturevalue("tmp_path_factory").mktemp("empty")
    if on_postgresql(request.config):
        return Laid(home, request.getfixturevalue("postgresql_server"))
    shutil.copy(request.getfixturevalue("sqlite_files")["empty"], home / "shifan.db")
    return Laid(home)
