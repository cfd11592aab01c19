"""What goes in and comes out where evidence is handed in; values that ledgers, commands and mail share."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from models.rules.evidence.findings import Finding


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """A piece of evidence as a unit describes it, of a file (``file_name``, ``content``) or a link (``url``).

    ``items`` are the codes it proves: W5, 1.1.3, or 1.1.3#2 for the second demand of one. ``code`` names
    a piece that is there already (E0003), which then gets a new revision. ``place`` says where the
    description stands (台账“证明材料”第 7 行), for what is told of it.
    """

    title: str
    items: Sequence[str]
    file_name: str = ""
    content: bytes | None = field(default=None, repr=False)
    url: str = ""
    code: str = ""
    caption: str = ""
    passage: str = ""
    fact_on: date | None = None
    effective_on: date | None = None
    expires_on: date | None = None
    promised_on: date | None = None
    provider: str = ""  # a unit's name
    to_publish: bool = False
    received_id: int | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class PieceTaken:
    """What came of one: its code and revision, what checks found, or why it was not taken (``refused``)."""

    code: str
    revision: int
    findings: Sequence[Finding] = ()
    refused: str = ""
    changed: bool = True
    place: str = ""
