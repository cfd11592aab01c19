"""Dispatches that went out, as a list, and those that came back by the watched folder, by mail or by command."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from models.audit.chain import lock_chain
from models.campaign.campaign import looking_at
from models.database import open_session
from models.findings.dispatching import (
    DispatchLine,
    dispatch_lines,
    urged_by,
)
from models.findings.returning import tie_received
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.findings.numbers import DispatchState

DISPATCH_HEAD = ("编号", "单位", "级别", "发出", "答复期限", "事项", "情况", "说明")


@dataclass(frozen=True, slots=True)
class ReturnedDispatch:
    """A dispatch as it came back: the file, and the number where its name does not say it."""

    path: Path
    number: str
    by_post: str


def tie_returns(campaign_id: int, received: Mapping[int, str], moment: Moment) -> dict[int, str]:
    """Tie what was received to the dispatches it answers; return what is said of each file. Repeatable.

    ``received`` are the rows of what comes in now, each with why it may be no scan; one that was refused
    once is tied again by them.
    """
    with open_session() as session:
        lock_chain(session)
        return tie_received(session, campaign_id, received, moment)


def dispatch_view(slug: str | None) -> tuple[list[tuple[str, ...]], str]:
    """Return every dispatch as rows under `DISPATCH_HEAD`, and in a line what they come to."""
    with looking_at(slug) as (session, campaign):
        lines = dispatch_lines(session, key_of(campaign))
        codes = {line.id: urged_by(session, line.id) for line in lines}
    rows = [_row(line, codes[line.id]) for line in lines]
    if not lines:
        return rows, "还没有发出督办单；形成一份用 shifan papers write dispatch"
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.state_in_words] = counts.get(line.state_in_words, 0) + 1
    said = "，".join(f"{word} {count} 份" for word, count in counts.items())
    return rows, f"共 {len(lines)} 份：{said}"


def _row(line: DispatchLine, codes: list[str]) -> tuple[str, ...]:
    said = f"{line.settled_on} {line.settled_by}" if line.settled_on else ""
    no = "回件不作数" if line.state == DispatchState.ISSUED and line.settled_why else ""
    told = (said, no, line.settled_why, line.returned_name, line.doubt)
    more = "，".join(filter(None, told))
    return (
        line.name,
        line.unit,
        line.level,
        f"{line.issued_on} {line.sender}",
        line.answer_by.isoformat(),
        "、".join(codes),
        line.state_in_words,
        more,
    )
