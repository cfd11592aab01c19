"""At which level a dispatch goes out: the office's table, the days, and the former one."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from models.errors import CampaignError, PlanError
from models.files import yaml_text
from models.files.whole_file import read_given, shown_name
from models.papers.dispatch_levels import (
    DEFAULT_LEVELS,
    DispatchLevel,
    level_after,
    level_by_time,
    parse_levels,
    sterner,
)
from models.papers.paper import Paper
from models.papers.parts import PartLine
from models.rules.calendar.workdays import WorkCalendar
from models.settings import local_day


def levels_in(path: Path | None) -> tuple[DispatchLevel, ...]:
    """Return the levels of the office's table, the built-in ones without a file.

    Raises PlanError with every fault of the file.
    """
    if path is None:
        return DEFAULT_LEVELS
    name = f"督办分级表 {shown_name(path)} "
    content = read_given(path, yaml_text.LARGEST, "督办分级表")
    try:
        table = yaml_text.load(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise PlanError(name, ["不是 UTF-8 编码的文本，请另存为 UTF-8"]) from None
    except yaml_text.YamlFault as fault:
        raise PlanError(name, fault.lines) from None
    levels, faults = parse_levels(table)
    if faults:
        raise PlanError(name, faults)
    return tuple(levels)


def named_level(levels: Sequence[DispatchLevel], name: str) -> DispatchLevel | None:
    """Return the level called ``name``, None where nothing was asked; raises CampaignError with the list."""
    if not name:
        return None
    found = next((level for level in levels if level.name == name.strip()), None)
    if found is None:
        names = "、".join(level.name for level in levels)
        raise CampaignError(f"督办分级表里没有“{name}”这一级，有：{names}")
    return found


def level_of(
    levels: Sequence[DispatchLevel],
    parts: Sequence[PartLine],
    today: date,
    former: Paper | None,
    calendar: WorkCalendar,
    *,
    answered: bool = False,
) -> DispatchLevel:
    """Return the sternest level by either trigger: how late the latest part is, a former one unanswered.

    One whose return a person confirmed was ``answered``, and raises nothing.
    """
    by_time = level_by_time(levels, max(one.days_late(today) for one in parts))
    if former is None or answered:
        return by_time
    more = json.loads(former.facts)["more"]
    of_it = next((level for level in levels if level.name == more["level"]), None)
    left = set(more["codes"].split()) & {one.code for one in parts}
    sent = local_day(former.made_at)
    if of_it is None or not left:
        return by_time
    unanswered = today > calendar.due_within(sent, of_it.answer_workdays)
    return sterner(levels, by_time, level_after(levels, of_it.name) if unanswered else of_it)
