"""The history of an item: what was registered, decided and acknowledged, and what became of its notices."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from models.audit.about import EntryAbout, entries_about
from models.campaign.listed import ListedItem
from models.campaign.subjects import Subject
from models.notices.told import AcknowledgedItem, acknowledged_of
from models.notices.trail import Trail
from models.rules.bounds import in_sight
from models.rules.said import day_said, inside
from models.rules.window.item_history import entry_of_item, touches
from models.settings import local_day
from notifications.letter_lines import rule_in_words
from tasks.notices.became import became

END = ".END"  # of a stage, behind its code


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Something that was registered, decided or acknowledged: when, by which post, in words.

    ``entry`` is its number in the chain, where it has one of its own.
    """

    at: datetime
    by: str
    words: str
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice about the item: its day, what for, to which post, and what became of it."""

    day: date
    rule: str
    to: str
    words: str
    answer: str
    message: int | None


def history_of(
    session: Session,
    campaign_id: int,
    found: Subject,
    items: Sequence[ListedItem],
    pieces: Collection[str],
) -> list[HistoryLine]:
    """Return what was registered of ``items`` and their evidence (codes), and who acknowledged them; newest first."""
    code, _, unit = found.name.partition("/")
    parts = {one.id: one.unit for one in items if one.about == "assignment"}
    names = [code, *(f"{code}/{name}" for name in dict.fromkeys(parts.values()))]
    names += [one.code for one in items if one.about == "milestone"]
    names += [
        one.removesuffix(END) for one in names if one.endswith(END)
    ]  # what was decided of its stage
    entries = entries_about(session, campaign_id, [*names, *pieces])
    if unit and parts:  # a milestone of its own is nobody else's
        entries = [one for one in entries if _is_own(one, found.name, parts)]
    lines = [
        HistoryLine(one.at, one.who, words, one.id)
        for one in entries
        if (words := entry_of_item(one.what, one.subject, one.facts, parts))
    ]
    lines += [
        _acknowledged(one, bool(unit)) for one in acknowledged_of(session, campaign_id, found.rows)
    ]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _is_own(entry: EntryAbout, name: str, parts: Collection[int]) -> bool:
    return any(touches(entry.what, entry.subject, entry.facts, name, part) for part in parts)


def _acknowledged(one: AcknowledgedItem, alone: bool) -> HistoryLine:
    whose = f"{one.unit}的部分" if one.unit and not alone else ""
    note = f"，说明：{inside(in_sight(one.note, lines=False))}" if one.note else ""
    until = f"有效到{day_said(one.runs_out)}"
    if one.ended_at:
        until = f"{day_said(local_day(one.ended_at))}由{one.ended_by}撤回"
    return HistoryLine(one.at, one.by_post, f"签收{whose}，{until}{note}", one.audit_id)


def notice_line(one: Trail, found: Subject) -> NoticeLine:
    """Return a notice as the page of what it is about shows it: posts, neither tags nor channels."""
    words = became(one, found, plainly=True)[1]
    return NoticeLine(one.day, rule_in_words(one.rule), one.post, words, one.answer, one.message_id)
