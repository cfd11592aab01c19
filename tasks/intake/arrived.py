"""Files as they arrive, whatever the way, and what became of each: values that the ways in share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from models.rules.evidence.words import Reception, Via

HowFar = Callable[[int], object]  # is told how many files were looked at so far


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that came in, with its bytes.

    ``key`` makes the same arrival known again (see `ReceivedFile`). ``batch`` is the same for all files
    of one mail, archive or call: a ledger and the evidence it names come together. ``sender`` is a mail
    address or a post, empty for the folder; ``received_at`` is UTC. ``subject`` is what its mail is called.
    """

    name: str
    content: bytes = field(repr=False)
    sender: str
    via: Via
    received_at: datetime
    key: str
    batch: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a file: one word, lines for the sender, and a marked copy where rows were returned.

    ``unsure``: something was guessed, or must be asked; ``lines`` say so, and its sender should read them.
    ``ours``: it is a workbook that the office gave out, of whichever unit it is.
    ``version`` and ``campaign_id`` are those of a ledger. ``pieces`` are the files that a ledger handed in as evidence: the code of each by its SHA-256.
    """

    name: str
    reception: Reception
    lines: tuple[str, ...] = ()
    marked: bytes | None = field(default=None, repr=False)
    unit: str = ""
    received_id: int | None = None
    version: int | None = None
    pieces: Mapping[str, str] = field(default_factory=dict)
    unsure: bool = False
    campaign_id: int | None = None
    ours: bool = False
