"""Take a returned list in: for all of them the same way from the file to the entry of the audit."""

import gc
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session

from models.audit.chain import AuditEntry, NewEntry, lock_chain, record
from models.campaign.campaign import Campaign
from models.database import open_session
from models.keys import key_of
from models.loading.changes import OPERATOR
from models.rules.audit.fact_table import Facts
from models.rules.calendar.moment import Moment
from models.units.unit import unexpanded_groups
from tasks.lists.belonging import campaign_of_book
from tasks.workbook.declaring import Sheet
from tasks.workbook.reading import Book, open_book


@contextmanager
def without_pauses() -> Iterator[None]:
    """Keep the collector from looking through the whole program while a workbook is taken in.

    Tens of thousands of new cells would make it do so several times, for longer than reading takes;
    nothing of a workbook is circular, so it would find nothing.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a returned list came to: how much it changed, in one line, and what of it was not taken.

    ``asked`` says what is to be done about units that nobody answers for any more.
    """

    changes: int
    line: str
    notes: Sequence[str]
    asked: str


@dataclass(frozen=True, slots=True)
class Returned:
    """An opened list, and the campaign it is taken into in one transaction."""

    book: Book
    session: Session
    campaign: Campaign
    moment: Moment

    @property
    def campaign_id(self) -> int:
        """Return the campaign's id."""
        return key_of(self.campaign)

    def record(self, what: str, facts: Facts, subject: str = "") -> AuditEntry:
        """Say in the audit what the list changed, under the name of its file or another ``subject``."""
        said = NewEntry(OPERATOR, what, subject or self.book.name, facts)
        return record(self.session, self.campaign_id, self.moment, said)

    def without_members(self) -> str:
        """Return which groups still have no members; empty when all have."""
        groups = unexpanded_groups(self.session, self.campaign_id)
        return f"还没有成员的单位类别：{'、'.join(groups)}" if groups else ""

    def loaded(
        self, changes: int, *said: str, notes: Sequence[str] = (), asked: str = ""
    ) -> Loaded:
        """Return what the list came to: the parts of its line that say something, and ``notes`` of it."""
        line = f"{self.campaign.label}：{'；'.join(filter(None, said))}"
        return Loaded(changes, line, [*self.book.notes(), *notes], asked)


@contextmanager
def returned(
    slug: str | None,
    path: Path,
    sheets: Sequence[Sheet],
    moment: Moment,
    aside: Collection[str] = (),
) -> Iterator[Returned]:
    """Yield the list in ``path`` for the campaign it belongs to; nothing is written when the block raises."""
    with without_pauses(), returned_book(slug, open_book(path, sheets, aside), moment) as taken:
        yield taken


@contextmanager
def returned_book(slug: str | None, book: Book, moment: Moment) -> Iterator[Returned]:
    """Yield what `returned` does, of a list that is open already."""
    with open_session() as session:
        lock_chain(session)
        yield Returned(book, session, campaign_of_book(session, slug, book), moment)
