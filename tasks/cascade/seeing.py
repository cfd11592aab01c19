"""See what stands below a campaign, and say which of it is late: the city looks, and decides nothing there."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from models.calendar.calendar import work_calendar
from models.campaign.campaign import looking_at
from models.campaign.lights import lights_in_words
from models.cascade.below import ChildStanding, standing_below
from models.cascade.handed_lines import HandedLine, handed_lines
from models.keys import key_of
from models.rules.lights import light_days
from models.rules.words import CampaignState

NAMED = 5  # children that are named; the others are counted


def children_of(slug: str | None, today: date) -> tuple[list[ChildStanding], list[HandedLine]]:
    """Return what stands below a campaign on ``today``, and what it handed down; two statements."""
    with looking_at(slug) as (session, campaign):
        days = light_days(today, work_calendar(session))
        below = standing_below(session, key_of(campaign), days)
        return list(below.children), handed_lines(session, key_of(campaign))


def late_children(children: Sequence[ChildStanding]) -> list[str]:
    """Return which of ``children`` are late, in one line, in the order in which they came: nobody is ranked."""
    late = [one for one in children if one.is_late]
    if not late:
        return []
    said = [_late(one) for one in late[:NAMED]]
    more = f"等 {len(late)} 个" if len(late) > NAMED else ""
    return [f"下级有落后的：{'；'.join(said)}{more}（见 shifan campaign children）"]


def _late(one: ChildStanding) -> str:
    red = f"逾期 {one.lights.red} 项" if one.lights.red else ""
    stages = f"{one.late_stages} 个阶段过了结束日" if one.late_stages else ""
    handed = f"其中交办的 {one.handed_late} 项" if one.handed_late else ""
    return f"{one.label} {'，'.join(filter(None, (red, handed, stages)))}"


def child_row(one: ChildStanding) -> list[str]:
    """Return a row of the table of children."""
    where = one.stage or ("已结束" if one.state is not CampaignState.OPEN else "未启动")
    stage = where + (f"（{one.late_stages} 个阶段过了结束日）" if one.late_stages else "")
    handed = f"{one.handed_done}/{one.handed}" if one.handed else "—"
    of = one.unit or "—"
    done = f"{one.done}/{one.lights.total}"
    return [one.label, one.kind.chinese, of, stage, done, lights_in_words(one.lights), handed]


def child_json(one: ChildStanding) -> Mapping[str, Any]:
    """Return the object that ``--json`` prints for a child."""
    return asdict(one)
