"""Files that came in: each as it was received, by whom, when, on which way, and what became of it."""

from datetime import datetime

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel


class ReceivedFile(SQLModel, table=True):
    """One file that came in once. Its bytes lie in the vault under ``sha256``, unless ``outcome`` is secret.

    ``key`` makes the same arrival known again: of a mail's part its Message-ID and the part's hash, of a
    file in the watched folder or at a command its own hash. ``name`` is the name as received, with the
    archive it lay in before it (材料.zip/台账.xlsx). ``sender`` is a mail address or a post; only shown masked.
    """

    __tablename__ = "received_file"
    __table_args__ = (
        Index("received_file_once", "key", unique=True),
        Index("received_file_hash", "sha256"),
        Index("received_file_of_unit", "campaign_id", "unit_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int | None = Field(default=None, foreign_key="campaign.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    key: str
    sha256: str
    size: int  # bytes
    name: str
    sender: str = ""
    via: str
    received_at: datetime  # UTC
    kind: str = ""  # ledger, evidence; empty where it is neither
    version: int | None = None  # of the ledger it answers
    outcome: str
    detail: str = Field(default="", sa_type=Text)  # what was taken, what was not, in words
    returned_sha256: str = ""  # of the marked copy that went back, in the vault


class ReceivedMail(SQLModel, table=True):
    """One mail of the mailbox, by its Message-ID and the digest of what it holds; answered at most once.

    ``message_id`` is a substitute of the raw header where the mail has none. ``answer`` says where it
    stands: open (being taken in), owed, sent, none (``reason``: a robot, a stranger, too often), dead
    (its server refused it for good). ``attached`` names what goes with the answer and its hash in the
    vault, as JSON pairs; ``maybe_sent``: an earlier try may have arrived. ``received_at`` and
    ``sent_at`` are UTC, as the server and the mail say; ``said`` is what its server answered last.
    """

    __tablename__ = "received_mail"
    __table_args__ = (
        Index("received_mail_once", "message_id", "digest", unique=True),
        Index("received_mail_answer", "answer", "next_try_at"),
        Index("received_mail_sender", "sender", "answered_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    message_id: str
    digest: str  # SHA-256 of its parts and of who wrote it when, in hex
    size: int  # bytes, as the server counts
    sender: str
    subject: str = ""
    thread: str = Field(default="", sa_type=Text)  # the References of an answer
    sent_at: datetime | None = None
    received_at: datetime
    answer: str = "open"
    reason: str = ""
    answer_text: str = Field(default="", sa_type=Text)
    attached: str = Field(default="[]", sa_type=Text)
    answered_at: datetime | None = None  # UTC
    answer_tries: int = 0
    next_try_at: datetime | None = None  # UTC
    lease_until: datetime | None = None  # UTC; of who takes it in, or sends its answer
    maybe_sent: bool = False
    said: str = ""
