"""The page that explains an archive to whoever opens it in ten years, without this program."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from sqlmodel import Session

from models.audit.heads import AuditHead
from models.campaign.campaign import Campaign, stages_of
from models.rules.archive.left_out import COLUMNS, TABLES
from models.rules.archive.words import column_word, table_word
from models.rules.calendar.moment import Moment
from models.rules.words import RunKind, StageStatus, words_of
from notifications.rendering import render
from tasks.archive.csv_tables import csv_name
from tasks.packages.four_checks import QualityCheck


@dataclass(frozen=True, slots=True)
class TableLine:
    """A table as the page lists it: its word and name, its rows, where its .csv lies."""

    word: str
    name: str
    rows: int
    address: str


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage as the page lists it, in words."""

    name: str
    planned: str
    state: str


def archive_page(
    session: Session,
    campaign: Campaign,
    moment: Moment,
    counts: Mapping[str, int],
    head: AuditHead,
    checks: Sequence[QualityCheck],
) -> str:
    """Return the page: what is where, how it is read and checked, what was left out and why."""
    words = words_of(StageStatus)
    stages = [
        StageLine(
            f"{one.ordinal} {one.name}",
            f"{one.planned_start or '未定'} 至 {one.planned_end or '未定'}",
            words[one.status] + (f"（{one.closed_on}）" if one.closed_on else ""),
        )
        for one in stages_of(session, campaign.id or 0)
    ]
    tables = [
        TableLine(table_word(name), name, rows, quote(f"表/{csv_name(name)}"))
        for name, rows in counts.items()
    ]
    return render(
        "archive/page.html.j2",
        label=campaign.label,
        title=campaign.title,
        kind=RunKind(campaign.run_kind).chinese,
        approval=campaign.approval_number,
        is_demo=campaign.is_demo,
        closed_on=campaign.closed_on,
        today=moment.today,
        stages=stages,
        tables=[one for one in tables if one.rows],
        empty=[one for one in tables if not one.rows],
        head=head,
        checks=checks,
        left_out=_left_out(),
    )


def _left_out() -> list[tuple[str, str]]:
    """Return what is not in the archive, each with its reason."""
    columns = [(f"{table_word(t)}的“{column_word(t, c)}”", why) for (t, c), why in COLUMNS.items()]
    return [*((table_word(name), why) for name, why in TABLES.items()), *columns]
