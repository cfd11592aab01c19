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
PAPERS = ("report", "problems", "rectification", "annual")
MORNING = "2025-07-21 02:00:00+00:00"


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Load the packs once; nothing of a test changes them."""
    home = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch, time_machine.travel(MORNING, tick=True):
        patch.setenv("SHIFAN_HOME", str(home))
        patch.chdir(home)
        for pack in PACKS:
            begun = (
                ["--start", "2025-07-01"] if pack == PACKS[2] else []
            )  # its duties are still to come
            assert run(["plan", "load", pack, "--slug", pack, *begun]) == 0
            assert run(["demands", "export", f"{pack}.xlsx", "--campaign", pack]) == 0
        papers = {kind: written(f"papers write {kind} --out {kind}.docx") for kind in PAPERS}
        whom = (
            "--report 省委依法治省办 --send 创建办各成员 --issue 各责任单位 --copies 80 --by 创建办"
        )
        Path("投稿.txt").write_text("本周督导走访\n第一督导组到三个单位督导。", "utf-8")
        for line in (
            f"briefing set {whom}",
            "briefing items add 投稿.txt --unit 市司法局 --by 市司法局联络员",
            "briefing draft --out 简报稿.docx",
        ):
            assert run([*line.split(), "--campaign", PACKS[0]]) == 0, line
        papers["briefing"] = written(
            "briefing confirm 1 --out 简报.docx --by 创建办 --editors 编校岗"
        )
        assert run(["publicity", "owe", "D1", "--by", "创建办", "--campaign", PACKS[2]]) == 0
        engine = engine_for(settings().database)
        with open_session(read_only=True) as session:
            ids = {one.slug: one.id or 0 for one in campaigns(session)}
    # Home and clock are everybody else's again while the tests look.
    with engine.connect() as connection:
        yield Office(connection, ids, papers)
    engine.dispose()


def written(line: str) -> str:
    """Write a paper by a command and return its text."""
    words = line.split()
    path = Path(words[words.index("--out") + 1])
    assert run([*words, "--campaign", PACKS[0]]) == 0, line
    with ZipFile(path) as package:
        parts = [name for name in package.namelist() if name.startswith("word/")]
        xml = "".join(package.read(name).decode() for name in parts if name.endswith(".xml"))
    return "".join(re.findall("<w:t(?: [^>]*)?>([^<]*)</w:t>", xml))
