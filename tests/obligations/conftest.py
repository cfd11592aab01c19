"""An office that has loaded the packs of the documents and written every paper once."""

import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
import time_machine

from deployments.cli import run
from models.campaign.campaign import campaigns
from models.database import engine_for, open_session
from models.settings import settings
from tests.obligations.serving import Office

PACKS = ("jinchang-2025", "zengdu-2023", "jiaozuo-publicity-2023")
PAPERS = ("report", "problems", "rectification", "briefing", "annual")
MORNING = "2025-07-21 02:00:00+00:00"


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Load the packs once; nothing of a test changes them."""
    home = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch, time_machine.travel(MORNING, tick=True):
        patch.setenv("SHIFAN_HOME", str(home))
        patch.chdir(home)
        for pack in PACKS:
            assert run(["plan", "load", pack, "--slug", pack]) == 0
            assert run(["demands", "export", f"{pack}.xlsx", "--campaign", pack]) == 0
        papers = {kind: written(kind) for kind in PAPERS}
        with open_session(read_only=True) as session:
            ids = {one.slug: one.id or 0 for one in campaigns(session)}
            yield Office(session.connection(), ids, papers)
        engine_for(settings().database).dispose()


def written(kind: str) -> str:
    """Write a paper and return its text; "" where there is no such paper."""
    path = Path(f"{kind}.docx")
    if run(["papers", "write", kind, "--out", path.name, "--campaign", PACKS[0]]):
        return ""
    with ZipFile(path) as package:
        parts = [name for name in package.namelist() if name.startswith("word/")]
        xml = "".join(package.read(name).decode() for name in parts if name.endswith(".xml"))
    return "".join(re.findall("<w:t(?: [^>]*)?>([^<]*)</w:t>", xml))
