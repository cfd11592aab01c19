"""Receipts: an entry of the audit as whoever did it reads it, with its number and fingerprint."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from models.audit.chain import AuditEntry
from models.audit.taking_back import TAKEN_BACK, taken_back_by
from models.campaign.campaign import Campaign
from models.campaign.subjects import subject_named
from models.database import open_session
from models.errors import CampaignError
from models.hashing import IN_WORDS
from models.keys import key_of
from models.rules.audit.words import deed_in_words, subject_in_words
from models.rules.bounds import LARGEST_NUMBER
from models.rules.calendar.moment import Moment
from models.rules.window.finding_history import OF_A_VISIT, PREFIX
from models.rules.window.own_pages import own_page
from models.rules.words import MilestoneKind
from tasks.window.entry_lines import entry_lines
from tasks.window.taking_back import (
    ACKNOWLEDGED,
    PROGRESS,
    act_seen,
    may_be_taken_back,
    taking_back_fault,
)
from tasks.window.told import message_in
from tasks.window.visitors import Visitor


@dataclass(frozen=True, slots=True)
class Sealed:
    """One entry of an act: what it says, in which campaign, and its hash in the chain.

    ``taken_back`` is the entry that took it back, ``takes_back`` the one that it takes back itself.
    """

    number: int
    fingerprint: str
    algorithm: str  # by which it was made, in words
    campaign: str
    lines: tuple[str, ...]
    taken_back: int | None
    takes_back: int | None

    @property
    def short(self) -> str:
        """Return the beginning of the fingerprint, in fours, as a person compares it."""
        return " ".join(self.fingerprint[n : n + 4] for n in range(0, 16, 4))


@dataclass(frozen=True, slots=True)
class ShownReceipt:
    """What one act says: what was done to what, when, as whom, and whether it can be taken back.

    ``seals`` are its entries in the chain, one for each campaign that it was about. ``may_take_back``
    with ``fault`` empty means now, and all of them that stand.
    """

    number: int
    seals: tuple[Sealed, ...]
    at: datetime
    who: str
    what: str
    deed: str
    subject: str
    title: str
    address: str
    is_demo: bool
    may_take_back: bool
    fault: str
    message: int | None
    question: int | None  # the decision that it is about
    page: str = ""  # the path behind the campaign's of the finding or visit that it is about

    @property
    def quietens(self) -> bool:
        """Say whether it is an acknowledgement, which keeps reminders quiet."""
        return self.what == ACKNOWLEDGED

    @property
    def standing(self) -> int:
        """Return how many of its entries nothing took back."""
        return sum(one.taken_back is None for one in self.seals)


def receipt_of(number: int, visitor: Visitor, moment: Moment) -> ShownReceipt:
    """Return the receipt of entry ``number`` and of what its act wrote with it; reads only.

    Raises NotFoundError where there is none, ForeignError for one that somebody else made.
    """
    with open_session(read_only=True) as session:
        entry, act = act_seen(session, min(number, LARGEST_NUMBER), visitor)
        facts = json.loads(entry.facts)
        seals = tuple(_seal(session, one) for one in act)
        stands = [one for one, seal in zip(act, seals, strict=True) if seal.taken_back is None]
        may = [one for one in stands if one.campaign_id and may_be_taken_back(one, visitor)]
        faults = [taking_back_fault(session, one, visitor, moment) for one in may]
        about = [_campaign(session, one) for one in (entry, *act)]
        opens = (one for one in about if one and visitor.campaign_id in (None, one.id))
        subject = _subject(entry)
        return ShownReceipt(
            number=key_of(entry),
            seals=seals,
            at=entry.at,
            who=entry.who,
            what=entry.what,
            deed=_deed(entry, facts),
            subject=subject,
            title=_title(session, entry, subject, facts),
            address=next((one.address for one in opens), ""),
            is_demo=any(one.is_demo for one in about if one),
            may_take_back=bool(may),
            fault=faults[0] if all(faults) and faults else "",
            message=message_in(entry.subject),
            question=facts.get("decision") if entry.what.startswith("decision-") else None,
            page=_page(entry),
        )


def _seal(session: Session, entry: AuditEntry) -> Sealed:
    facts, campaign = json.loads(entry.facts), _campaign(session, entry)
    return Sealed(
        number=key_of(entry),
        fingerprint=entry.hash,
        algorithm=IN_WORDS.get(entry.algorithm, entry.algorithm),
        campaign=campaign.label if campaign else "",
        lines=entry_lines(entry.what, entry.subject, entry.facts),
        taken_back=taken_back_by(session, entry) if campaign else None,
        takes_back=facts.get(TAKEN_BACK),
    )


def _campaign(session: Session, entry: AuditEntry) -> Campaign | None:
    return session.get(Campaign, entry.campaign_id) if entry.campaign_id else None


def _page(entry: AuditEntry) -> str:
    if entry.what.startswith(PREFIX):
        return own_page(MilestoneKind.FINDING, entry.subject)
    return own_page(MilestoneKind.VISIT, entry.subject) if entry.what in OF_A_VISIT else ""


def _deed(entry: AuditEntry, facts: Mapping[str, Any]) -> str:
    if entry.what == PROGRESS and TAKEN_BACK in facts:
        return "撤回登记"
    return deed_in_words(entry.what)


def _subject(entry: AuditEntry) -> str:
    return subject_in_words(entry.subject)


def _title(session: Session, entry: AuditEntry, subject: str, facts: Mapping[str, Any]) -> str:
    """Return what the item is called; empty where the entry is about no item."""
    if entry.what.startswith("decision-") and "stage" in facts:
        return f"“{facts['stage']}”"
    if entry.campaign_id is None or entry.what not in (PROGRESS, ACKNOWLEDGED):
        return ""
    try:
        return subject_named(session, entry.campaign_id, subject).title
    except CampaignError:
        return ""
