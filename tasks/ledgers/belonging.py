"""Whose ledger a workbook is: campaign, unit and version, kept out of sight in it and in its title.

The sheet that keeps them survives what Excel, WPS and LibreOffice make of a workbook; where somebody
copied the rows into another one, the title above them still says it.
"""

import json
import re
from dataclasses import dataclass
from datetime import date

from models.campaign.campaign import Campaign
from models.rules.campaign_names import DEMO
from models.rules.evidence.ledgers import LEDGER_TITLE
from tasks.ledgers.sheets import KEPT, LEDGER, PIECES
from tasks.workbook.cells import as_text
from tasks.workbook.outside import words_outside
from tasks.workbook.reading import Book

FORM = "shifan-ledger"
MOST_VERSIONS = 1_000_000
# The columns by which rows that were copied out of a ledger are known.
_COLUMNS = [
    re.compile(rf">\s*{name}\s*<") for name in ("编号", "角色", "事项与要求", "状态", "完成日期")
]
_WITHIN = 3  # rows of a page in which its title stands
_TITLED = re.compile(
    f"(?P<label>.+?)[：:](?:{LEDGER_TITLE}|{PIECES.title})"
    "[（(](?P<unit>.+?)[，,]\\s*第\\s*(?P<version>[0-9]{1,6})\\s*版"
)


@dataclass(frozen=True, slots=True)
class LedgerName:
    """What a ledger is called by: its campaign (``slug`` for programs, ``label`` for people), unit, version."""

    slug: str
    label: str
    unit: str
    version: int


def ledger_name(campaign: Campaign, unit: str, version: int) -> LedgerName:
    """Return what the ledger of a unit is called by."""
    return LedgerName(campaign.slug, campaign.label, unit, version)


def titled(name: LedgerName, day: date) -> str:
    """Return what stands behind each title of a ledger: for whom, which version, since when."""
    return f"（{name.unit}，第 {name.version} 版，{day} 发出）"


def kept_text(name: LedgerName) -> str:
    """Return what is kept out of sight."""
    facts = {"form": FORM, "campaign": name.slug, "unit": name.unit, "version": name.version}
    return json.dumps(facts, ensure_ascii=False)


def is_ledger(name: str, content: bytes) -> bool:
    """Say whether a file is a ledger of ours: by the mark it keeps, its sheets' names, else its columns' names.

    A cheap look from outside, of bounded size; what cannot be opened is none. One that was saved as .xls or
    .ods is one, too: whoever opens it says what to do.
    """
    book = words_outside(content)
    if book.says(FORM) or book.has_sheets(LEDGER.name, PIECES.name):
        return True
    return any(all(column.search(text) for column in _COLUMNS) for text in book.words)


def name_in(book: Book) -> LedgerName | None:
    """Return whose ledger ``book`` is, None when it does not say."""
    kept = book.kept(KEPT)
    return _kept_name(kept) or next(filter(None, map(_titled_name, _titles(book))), None)


def _kept_name(text: str | None) -> LedgerName | None:
    try:
        read = json.loads(text or "null")
    except (ValueError, RecursionError):
        return None
    if not isinstance(read, dict) or read.get("form") != FORM:
        return None
    slug, unit, version = (read.get(one) for one in ("campaign", "unit", "version"))
    if not (isinstance(slug, str) and isinstance(unit, str) and isinstance(version, int)):
        return None
    return LedgerName(slug, slug, unit, version) if version in range(MOST_VERSIONS) else None


def _titles(book: Book) -> list[str]:
    return [
        as_text(cell) for page in book.pages for line in page.grid[:_WITHIN] for cell in line[:1]
    ]


def _titled_name(text: str) -> LedgerName | None:
    found = _TITLED.match(text)
    if found is None:
        return None
    label = found["label"].removesuffix(DEMO)
    return LedgerName(label, found["label"], found["unit"], int(found["version"]))
