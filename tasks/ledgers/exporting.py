"""Send ledgers out: a workbook for each unit with its own items, and a row that says which version went."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from sqlmodel import Session

from models.campaign.campaign import Campaign, writing_to
from models.errors import NotFoundError, PlanError
from models.evidence.demands.keeping import demand_lines
from models.evidence.known import units_known
from models.evidence.ledgers.issues import (
    Issued,
    NewIssue,
    newest_issues,
    standing_parts,
    store_issues,
)
from models.evidence.listing import EvidenceLine, evidence_lines
from models.figures.goals import counted_demands
from models.figures.measuring import measured
from models.figures.scoring import score_lines
from models.files.whole_file import write_all
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.evidence.ledgers import sent_from_json, sent_to_json
from models.rules.words import OFFICE
from models.units.unit import unit_names
from tasks.figures.demands_ready import have_demands
from tasks.file_names import plain_name
from tasks.ledgers.belonging import LedgerName, ledger_name, titled
from tasks.ledgers.in_the_way import in_the_way
from tasks.ledgers.numbers.sheets import numbers_of
from tasks.ledgers.writing import Draft, UnitFacts, item_asked, lay_out, ledger_bytes
from tasks.lists.names import meant, perhaps, with_bodies
from tasks.workbook.opening import reading_many

Row = TypeVar("Row")
Key = TypeVar("Key")

NAMED = 3  # files that are named before 等 N 份


@dataclass(frozen=True, slots=True)
class SentOut:
    """What an export came to: how many ledgers lie in the folder, and how many of them are new versions."""

    ledgers: int
    new: int
    rows: int
    files: Sequence[str]


def export_ledgers(
    slug: str | None, out: Path, moment: Moment, *, unit: str | None = None, by: str = OFFICE
) -> SentOut:
    """Write the ledger of every unit that has something to do, or of ``unit``, into the folder ``out``.

    A unit about which nothing changed since its last version gets that version again, the same bytes;
    any other a new one, in one transaction. All files are written or none; killed before, the same call
    again writes what is missing. A file that is there gives way only where it is the same ledger with
    nothing filled in, as another version of the program wrote it.

    Raises NotFoundError for a unit that is none or has no items, PlanError where a file is in the way.
    """
    with writing_to(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        have_demands(session, campaign, moment)
        facts = unit_facts(session, campaign, unit, moment.today)
        drafts = [lay_out(each, moment.today) for each in facts]
        last = newest_issues(session, campaign_id)
        made = [_made(draft, last.get(draft.facts.unit_id), campaign, moment) for draft in drafts]
        _require_free(out, made)
        store_issues(session, campaign_id, [one.issue for one in made if one.issue], by, moment)
    out.mkdir(parents=True, exist_ok=True)
    fresh = {out / one.file: one.content for one in made if not _is_there(out / one.file, one)}
    write_all(fresh, lasting=False)  # the same call makes the same bytes again
    return SentOut(
        len(made),
        sum(one.issue is not None for one in made),
        sum(len(draft.rows) for draft in drafts),
        [one.file for one in made],
    )


def unit_facts(
    session: Session, campaign: Campaign, unit: str | None, today: date
) -> list[UnitFacts]:
    """Return what each ledger speaks of, for every unit with items or for ``unit``; a constant
    number of statements.
    """
    campaign_id = key_of(campaign)
    parts = listed_by(standing_parts(session, campaign_id), lambda part: part.unit_id)
    wanted = {_wanted(session, campaign_id, unit)} if unit else set(parts)
    if unit and not wanted & parts.keys():
        raise NotFoundError(f"{unit} 没有承担的事项，不必发台账；责任分解见 shifan progress export")
    pieces = _pieces(session, campaign_id)
    demands = listed_by(
        (one for one in demand_lines(session, campaign_id) if not one.withdrawn),
        lambda one: one.code,
    )
    counted = counted_demands(session, campaign_id)
    goals = listed_by(counted, lambda one: one.code)
    of_item = {part.code: part for own in parts.values() for part in own}
    asked = {
        code: item_asked(part, demands.get(code, ()), goals.get(code, ()))
        for code, part in of_item.items()
    }
    lines = measured(session, campaign_id, today=today, demands=counted)
    figures = listed_by(lines, lambda one: one.unit_id)
    scored = score_lines(session, campaign_id)
    return [
        UnitFacts(
            unit_id,
            own[0].unit,
            own,
            pieces.get(own[0].unit, []),
            asked,
            numbers_of(figures.get(unit_id, ()), scored, own),
        )
        for unit_id, own in sorted(parts.items())
        if unit_id in wanted
    ]


def _pieces(session: Session, campaign_id: int) -> dict[str, list[EvidenceLine]]:
    """Return what each unit handed in, by its name, and what the units did that it took over."""
    known, found = units_known(session, campaign_id), dict[str, list[EvidenceLine]]()
    heirs = {known.names[old]: known.names[heir] for old, heir in known.heirs.items()}
    for one in evidence_lines(session, campaign_id):
        for unit in dict.fromkeys((one.unit, heirs.get(one.unit, one.unit))):
            if not one.withdrawn:
                found.setdefault(unit, []).append(one)
    return found


def listed_by(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, list[Row]]:
    """Return ``rows`` in lists by their ``key``, in their order."""
    found: dict[Key, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def _wanted(session: Session, campaign_id: int, unit: str) -> int:
    names = unit_names(session, campaign_id)
    found = meant(unit, with_bodies(names))
    if found is None:
        raise NotFoundError(
            f"没有名为 {unit} 的单位{perhaps(unit, names)}；单位名称见 shifan units export"
        )
    return found


@dataclass(frozen=True, slots=True)
class _Made:
    """A ledger as it is written, and the row of a version that is new."""

    file: str
    content: bytes
    issue: NewIssue | None


def _made(draft: Draft, last: Issued | None, campaign: Campaign, moment: Moment) -> _Made:
    facts = sent_to_json(draft.sent)
    same = last if last and sent_from_json(last.facts).digest == draft.sent.digest else None
    version = same.version if same else (last.version if last else 0) + 1
    at = same.issued_at if same else moment.now
    name = ledger_name(campaign, draft.facts.unit, version)
    day = at.astimezone(moment.zone).date()
    content = ledger_bytes(draft, name, at, titled(name, day))
    new = None
    if same is None:
        sha256 = hashlib.sha256(content).hexdigest()
        unit = draft.facts
        new = NewIssue(unit.unit_id, unit.unit, version, len(draft.rows), sha256, facts)
    return _Made(ledger_file(name), content, new)


def ledger_file(name: LedgerName) -> str:
    """Return how the file of a ledger is called."""
    return f"{plain_name(name.unit, 120)}-台账-第{name.version}版.xlsx"


def _is_there(path: Path, one: _Made) -> bool:
    return path.exists() and path.read_bytes() == one.content


def _require_free(out: Path, made: Sequence[_Made]) -> None:
    """Raise PlanError where files are there that say something else; they may be filled in."""
    if out.exists() and not out.is_dir():
        raise NotFoundError(f"{out} 不是文件夹，请写一个文件夹")
    there = [
        (one, content)
        for one in made
        if (out / one.file).exists() and (content := (out / one.file).read_bytes()) != one.content
    ]
    if not there:
        return
    ways: dict[str, list[str]] = {}
    with reading_many() as reader:
        for one, content in there:
            if why := in_the_way(one.file, content, one.content, reader):
                ways.setdefault(why, []).append(one.file)
    faults = [f"{_named(files)}{why}，不会覆盖，请换一个文件夹" for why, files in ways.items()]
    if faults:
        raise PlanError(out.name, faults)


def _named(files: Sequence[str]) -> str:
    more = f"等 {len(files)} 份" if len(files) > NAMED else ""
    return "、".join(f"“{file}”" for file in files[:NAMED]) + more
