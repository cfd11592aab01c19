"""A chapter of a stage's page: what was looked at, what came of it, and the rows that say so."""

from collections.abc import Callable, Sequence
from datetime import date

from sqlmodel import Session

from models.campaign.campaign import Campaign, campaign_named
from models.database import open_session
from models.rules.gates.judge import STILL, UNKNOWN, standing_in_words
from models.rules.words import StageKind
from tasks.gates.chapters import Chapter
from tasks.gates.checklists import StageRound

Looking = Callable[[Session, Campaign, StageRound], Chapter]


def chapters_by(rounds: Sequence[StageRound], look: Looking) -> list[Chapter]:
    """Return the chapter that ``look`` makes of each stage, in their order; nothing is written."""
    with open_session(read_only=True) as session:
        return [look(session, campaign_named(session, one.slug), one) for one in rounds]


def conditions_of(one: StageRound, *rules: str) -> list[tuple[str, str]]:
    """Return some of the conditions of a stage's gate, each with how it stands; those that the plan left out are not."""
    kind = StageKind(one.stage.kind)
    return [said for rule in rules if (said := standing_in_words(kind, one.gate, rule))]


def condition_line(one: StageRound, rule: str) -> str:
    """Return how one condition stands, as a sentence for a line; empty where the plan left it out."""
    for demand, said in conditions_of(one, rule):
        return f"{said.removeprefix(STILL)}。" if said.startswith(STILL) else f"{demand}：{said}。"
    return ""


def is_left(said: str) -> bool:
    """Say whether a condition that stands so is still to be met, or nobody said that it is."""
    return said.startswith(STILL) or said == UNKNOWN


def named_units(names: Sequence[str], shown: int = 5) -> str:
    """Return the names of units in the plan's order, cut after a few; how many there are is said before them."""
    return "、".join(names[:shown]) + ("等" if len(names) > shown else "")


def day_or_open(day: date | None) -> str:
    """Return a day as a page shows it, 未定 where there is none."""
    return day.isoformat() if day else "未定"
