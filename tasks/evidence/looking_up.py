"""Evidence looked up: lists, and the life of one piece."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.campaign.campaign import looking_at
from models.errors import NotFoundError
from models.evidence.life import Life, life_of
from models.evidence.listing import EvidenceLine, evidence_lines
from models.evidence.reviewing import UnreviewedDemand, unreviewed_demands
from models.keys import key_of
from models.rules.bounds import shown
from models.rules.evidence.pieces import item_of, number_of
from models.rules.evidence.words import EvidenceState
from models.units.unit import unit_named


@dataclass(frozen=True, slots=True)
class EvidenceWanted:
    """Which pieces are to be listed; what is empty or false leaves all."""

    unit: str = ""
    item: str = ""
    state: str = ""
    marked: bool = False  # with a mark that nobody has judged
    withdrawn: bool = False  # those too
    expired_by: date | None = None  # a proof that holds no longer than that day


def list_evidence(slug: str | None, wanted: EvidenceWanted) -> list[EvidenceLine]:
    """Return the pieces of a campaign that are wanted, by number; raises NotFoundError for an unknown word."""
    state = _state_named(wanted.state)
    code, ordinal = item_of(wanted.item)
    with looking_at(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        unit_id = unit_named(session, campaign_id, wanted.unit) if wanted.unit else None
        lines = evidence_lines(session, campaign_id, unit_id=unit_id)
    named = f"{code}#{ordinal}" if ordinal else ""
    return [
        line
        for line in lines
        if (state is None or line.state == state)
        and (not code or (named in line.uses if named else code in line.items))
        and (line.marks or not wanted.marked)
        and (wanted.withdrawn or not line.withdrawn)
        and (wanted.expired_by is None or (line.expires_on or date.max) <= wanted.expired_by)
    ]


def _state_named(word: str) -> EvidenceState | None:
    if not word:
        return None
    found = next((state for state in EvidenceState if word in (state.chinese, state.value)), None)
    if found is None:
        words = "、".join(state.chinese for state in EvidenceState)
        raise NotFoundError(f"没有“{shown(word)}”这个状态，只能是 {words}")
    return found


def missing_evidence(slug: str | None, today: date) -> list[UnreviewedDemand] | None:
    """Return the demands without evidence that was accepted and still holds; None before any came in."""
    with looking_at(slug) as (session, campaign):
        return unreviewed_demands(session, key_of(campaign), today)


def show_evidence(slug: str | None, code: str) -> Life:
    """Return the life of one piece; raises NotFoundError where there is none of that code."""
    number = number_of(code)
    with looking_at(slug) as (session, campaign):
        found = life_of(session, key_of(campaign), number) if number else None
    if found is None:
        raise NotFoundError(
            f"没有编号为“{shown(code)}”的材料，应为 E0003 这样的编号；全部编号见 shifan evidence list"
        )
    return found


def file_words(line: EvidenceLine) -> str:
    """Return where a piece's content is, in words: a file's name and size, a link, or a promise."""
    if line.sha256 and line.file_name:
        return f"{line.file_name}（{size_words(line.size)}）"
    if line.url:
        return line.url
    return f"待补，承诺 {line.promised_on}" if line.promised_on else "没有文件"


def size_words(size: int) -> str:
    """Return bytes as a person reads them."""
    for unit, least in (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)):
        if size >= least:
            return f"{size / least:.1f} {unit}"
    return f"{size} 字节"


def marks_words(lines: Sequence[EvidenceLine]) -> str:
    """Return how many pieces stand where, in one line."""
    counts = [
        f"{state.chinese} {count}"
        for state in EvidenceState
        if (count := sum(line.state == state and not line.withdrawn for line in lines))
    ]
    open_ = sum(bool(line.marks) for line in lines)
    counts += [f"有待认定的标记 {open_}"] if open_ else []
    return f"共 {len(lines)} 份" + (f"：{'、'.join(counts)}" if counts else "")
