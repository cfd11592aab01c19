"""The pace that was asked for: a word, or a file."""

from collections import defaultdict
from pathlib import Path

from models.database import open_session
from models.errors import PlanError
from models.files import yaml_text
from models.files.whole_file import FileFault, read_whole
from models.rehearsal.due import past_answers, past_items, share_acknowledged
from models.rules.rehearsal.pace import (
    NOBODY,
    ON_TIME,
    Pace,
    PaceKind,
    as_so_far,
    lateness,
)
from models.rules.rehearsal.pace_file import parse_pace
from tasks.rehearsal.ground import Ground


def pace_named(asked: str, ground: Ground) -> Pace:
    """Return the pace called ``asked``, or the one that the file of that name says.

    Raises PlanError with every fault of the file, or for what is neither.
    """
    if asked == PaceKind.NONE:
        return NOBODY
    if asked == PaceKind.ON_TIME:
        return ON_TIME
    if asked == PaceKind.AS_SO_FAR:
        return so_far(ground)
    return read_pace_file(Path(asked), so_far(ground))


def so_far(ground: Ground) -> Pace:
    """Return the pace of what was done in a campaign before its walk begins."""
    first, calendar = ground.first, ground.calendar
    with open_session(read_only=True) as session:
        items = past_items(session, ground.campaign_id, first)
        answers = past_answers(session, ground.campaign_id)
        acknowledged = share_acknowledged(session, ground.campaign_id)
    lates: dict[str, list[int]] = defaultdict(list)
    for one in items:
        lates[one.unit].append(lateness(one.due, one.done_on or first, calendar))
    waits = [
        calendar.count(one.asked_on, one.closed_on) if one.closed_on else None for one in answers
    ]
    return as_so_far(lates, acknowledged, waits)


def read_pace_file(path: Path, so_far: Pace | None = None) -> Pace:
    """Return the pace that a file says, which may begin with that ``so_far``; raises PlanError with every fault."""
    name = f"进度文件 {path} "
    try:
        table = yaml_text.load(read_whole(path, yaml_text.LARGEST).decode("utf-8-sig"))
    except FileFault as fault:
        words = "、".join(kind.value for kind in PaceKind)
        raise PlanError(
            name, [f"文件{fault.why.value}；--pace 写 {words}，或一个进度文件的路径"]
        ) from None
    except UnicodeDecodeError:
        raise PlanError(name, ["不是 UTF-8 编码的文本，请另存为 UTF-8"]) from None
    except yaml_text.YamlFault as fault:
        raise PlanError(name, fault.lines) from None
    pace, faults = parse_pace(table, f"按进度文件 {path.name}", so_far)
    if faults:
        raise PlanError(name, faults)
    return pace
