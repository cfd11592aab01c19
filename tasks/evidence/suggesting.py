"""Which demands that still lack evidence a piece that is there could serve, too; a person decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.campaign.campaign import looking_at
from models.errors import NotFoundError
from models.evidence.demands.keeping import demand_lines
from models.evidence.listing import EvidenceLine, evidence_lines
from models.evidence.reviewing import unreviewed_demands
from models.keys import key_of
from models.rules.bounds import shown
from models.rules.evidence.pieces import number_of
from models.rules.evidence.serving import Described, Served, could_serve


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A piece, a demand that it could serve, what that asks, what it has instead, and which words are the same."""

    line: EvidenceLine
    demand: str
    text: str
    why: str
    words: str

    @property
    def row(self) -> tuple[str, str, str, str, str, str]:
        """Return it as a row: piece, title, demand, its words, what it has, what is the same."""
        return (
            self.line.code,
            self.line.title,
            self.demand,
            self.text,
            self.why,
            self.words,
        )


def suggested(slug: str | None, today: date, code: str = "") -> list[Suggestion]:
    """Return which demands without evidence the pieces (or the one of that code) could serve, nearest first.

    A demand lacks evidence where nothing that holds is accepted and nothing waits to be. Only pieces that
    stand and whose time has not run out are thought of. Reads only; seven statements at any size. Raises
    NotFoundError where there is no piece of that code.
    """
    with looking_at(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        lines = evidence_lines(session, campaign_id)
        lacking = unreviewed_demands(session, campaign_id, today) or []
        texts = {
            one.name: one.text for one in demand_lines(session, campaign_id) if not one.withdrawn
        }
    number = number_of(code)
    if code and number not in {line.number for line in lines}:
        raise NotFoundError(
            f"没有编号为“{shown(code)}”的材料，应为 E0003 这样的编号；全部编号见 shifan evidence list"
        )
    wanted = {
        line.number: line
        for line in lines
        if (not code or line.number == number)
        and line.stands
        and (line.expires_on is None or line.expires_on >= today)
    }
    without = {one.name: one.why for one in lacking if not one.waiting}
    pieces = [_described(line, texts) for line in wanted.values()]
    return [
        _suggestion(one, wanted[one.number], texts, without)
        for one in could_serve(pieces, texts, without)
    ]


def _described(line: EvidenceLine, texts: Mapping[str, str]) -> Described:
    """Return a piece with what was said of it, and with what the demands say that it proves already."""
    used = [name for name in line.uses if name in texts]
    whole = [name for name in (f"{item}#1" for item in line.uses) if name in texts]
    said = (line.title, line.caption, line.passage, *(texts[name] for name in (*used, *whole)))
    return Described(line.number, [text for text in said if text], line.uses)


def _suggestion(
    one: Served, line: EvidenceLine, texts: Mapping[str, str], without: Mapping[str, str]
) -> Suggestion:
    return Suggestion(
        line, one.demand, texts[one.demand], without[one.demand], "、".join(one.words)
    )


def suggested_words(found: Sequence[Suggestion]) -> str:
    """Return in one line what a piece could serve, too; empty where nothing was found."""
    if not found:
        return ""
    names = "、".join(one.demand for one in found)
    return f"  也许还能证明：{names}，核对后可一并引用，见 shifan evidence suggest {found[0].line.code}"
