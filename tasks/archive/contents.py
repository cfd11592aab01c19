"""What goes into the archive of a campaign, one thing after the other."""

import json
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from sqlmodel import Session

from models.archive.reading_copy import opened_copy
from models.archive.sqlite_copy import sqlite_copy
from models.audit.heads import AuditHead, audit_key, current_head, head_facts
from models.campaign.campaign import Campaign
from models.files.home import home
from models.keys import key_of
from models.rules.archive.privacy import without_persons
from tasks.archive import standalone
from tasks.archive.csv_tables import csv_into, csv_lines
from tasks.archive.masked import SUFFIXES, masked_list
from tasks.archive.packing import Packing
from tasks.archive.page import archive_page
from tasks.archive.stages import stage_sheets
from tasks.archive.vault_index import vault_index_into
from tasks.audit.chain import HEADER, chain_rows
from tasks.packages.archiving import evidence_into
from tasks.packages.four_checks import QualityCheck
from tasks.packages.pieces import BOM, encoded
from tasks.workbook.writing import workbook_bytes


def pack_campaign(
    session: Session, campaign: Campaign, packing: Packing, lists: Sequence[Path]
) -> list[QualityCheck]:
    """Write everything of ``campaign``, ``lists`` too; return what the four checks say.

    All of it is what the one session sees: what is written meanwhile is in none of it.
    """
    id_, now = key_of(campaign), packing.moment.now
    head = current_head(session, audit_key(), packing.moment)
    counts = _tables(session, id_, packing)
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


def _tables(session: Session, campaign_id: int, packing: Packing) -> dict[str, int]:
    """Write the tables in both forms and what is read from them; return how many rows each has."""
    file = packing.place / "数据.sqlite"
    counts = sqlite_copy(session, campaign_id, file)
    packing.copy("数据.sqlite", file)
    with opened_copy(file) as copy:
        csv_into(packing, copy, list(counts))
        vault_index_into(packing, copy, list(counts))
    file.unlink()
    return counts


def _chain(session: Session, campaign_id: int, packing: Packing, head: AuditHead) -> None:
    lines = csv_lines(HEADER, _chain_rows(session, campaign_id))
    packing.stream("记录链/记录链.csv", encoded(lines, BOM))
    facts = json.dumps(head_facts(head), ensure_ascii=False, indent=1)
    packing.add("记录链/链头.json", facts.encode())


def _chain_rows(session: Session, campaign_id: int) -> Iterator[list[str]]:
    for row in chain_rows(session, campaign_id):
        yield [without_persons(cell) for cell in row]


def _checklists(packing: Packing) -> None:
    """Write the last checklists, where there are any; what else somebody put there is not ours."""
    kept = home() / "checklists" / packing.root
    for path in sorted(kept.rglob("*")) if kept.is_dir() else ():
        if path.is_file() and path.suffix in SUFFIXES:
            with suppress(zipfile.BadZipFile, UnicodeDecodeError):
                packing.add(f"清单/{path.relative_to(kept).as_posix()}", masked_list(path))
