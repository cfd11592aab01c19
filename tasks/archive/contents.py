"""What goes into the archive of a campaign, one thing after the other."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session

from models.audit.heads import AuditHead, audit_key, current_head, head_facts
from models.campaign.campaign import Campaign
from models.files.home import home
from models.keys import key_of
from models.rules.archive.privacy import without_persons
from models.rules.calendar.moment import Moment
from tasks.archive import standalone
from tasks.archive.csv_tables import csv_into
from tasks.archive.masked import SUFFIXES, masked_list
from tasks.archive.page import archive_page
from tasks.archive.sqlite_copy import sqlite_copy
from tasks.archive.stages import stage_sheets
from tasks.archive.vault_index import vault_index_into
from tasks.audit.chain import HEADER, chain_rows
from tasks.packages.archiving import evidence_into
from tasks.packages.four_checks import QualityCheck
from tasks.packages.index import harmless
from tasks.packages.pieces import BOM, encoded, pieces_of
from tasks.packages.sinks import Sink
from tasks.workbook.writing import workbook_bytes


@dataclass(frozen=True, slots=True)
class Packing:
    """Where an archive is packed: the sink, the folder within it, a place for drafts, and when."""

    sink: Sink
    root: str
    place: Path
    moment: Moment

    def add(self, name: str, content: bytes) -> None:
        """Write a small file."""
        self.sink.add(f"{self.root}/{name}", [content], self.moment.now)

    def copy(self, name: str, path: Path) -> None:
        """Write a file of any size."""
        self.sink.add(f"{self.root}/{name}", pieces_of(path, lambda _: None), self.moment.now)


def pack_campaign(
    session: Session, campaign: Campaign, packing: Packing, lists: Sequence[Path]
) -> list[QualityCheck]:
    """Write everything of ``campaign``, ``lists`` too; return what the four checks say.

    All of it is what the one session sees: what is written meanwhile is in none of it.
    """
    id_, now = key_of(campaign), packing.moment.now
    file = packing.place / "数据.sqlite"
    head = current_head(session, audit_key(), packing.moment)
    counts = sqlite_copy(session, id_, file)
    packing.copy("数据.sqlite", file)
    csv_into(packing.sink, f"{packing.root}/表", file, list(counts), now)
    vault_index_into(packing.sink, packing.root, file, list(counts), now)
    file.unlink()
    _chain(session, id_, packing, head)
    plan = json.dumps(json.loads(campaign.plan_json), ensure_ascii=False, indent=1)
    packing.add("方案.json", without_persons(plan).encode())
    stages = packing.place / "阶段和决定.xlsx"
    stages.write_bytes(workbook_bytes(stage_sheets(session, campaign), now))
    for path in (stages, *lists):
        packing.add(path.name, masked_list(path))
    _checklists(packing)
    checks = evidence_into(packing.sink, session, id_, packing.root, now)
    packing.copy("核对.py", Path(standalone.__file__))
    page = archive_page(session, campaign, packing.moment, counts, head, checks)
    packing.add("说明.html", page.encode())
    return checks


def _chain(session: Session, campaign_id: int, packing: Packing, head: AuditHead) -> None:
    name = f"{packing.root}/记录链/记录链.csv"
    packing.sink.add(name, encoded(_chain_lines(session, campaign_id), BOM), packing.moment.now)
    facts = json.dumps(head_facts(head), ensure_ascii=False, indent=1)
    packing.add("记录链/链头.json", facts.encode())


def _chain_lines(session: Session, campaign_id: int) -> Iterator[str]:
    line = io.StringIO()
    write = csv.writer(line).writerow
    write(HEADER)
    for row in chain_rows(session, campaign_id):
        write([harmless(without_persons(cell)) for cell in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()
    yield line.getvalue()


def _checklists(packing: Packing) -> None:
    """Write the last checklists, where there are any; what else somebody put there is not ours."""
    kept = home() / "checklists" / packing.root
    for path in sorted(kept.rglob("*")) if kept.is_dir() else ():
        if path.is_file() and path.suffix in SUFFIXES:
            with suppress(zipfile.BadZipFile, UnicodeDecodeError):
                packing.add(f"清单/{path.relative_to(kept).as_posix()}", masked_list(path))
