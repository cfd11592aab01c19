"""What may be registered: a state, the day it was done, a reason where one is owed."""

from collections.abc import Mapping
from datetime import date

from models.rules.words import FINISHED, Progress

SO_IT_IS = "确实如此的，请在说明里写明理由"
WORDS: Mapping[str, Progress] = {state.chinese: state for state in Progress}


def state_named(word: str) -> Progress | None:
    """Return the progress that an office's ``word`` means (已完成, or done), None when unknown."""
    word = word.strip()
    return WORDS.get(word) or (Progress(word) if word in set(Progress) else None)


def progress_faults(
    state: Progress, done_on: date | None, note: str, today: date, begins: date | None = None
) -> list[str]:
    """Return what forbids registering ``state``; an empty list when it may be.

    A day after ``today``, or before the campaign ``begins``, is mostly a slip of the pen: it counts
    where the note gives a reason.
    """
    faults = []
    if done_on and state is not Progress.DONE:
        faults.append(f"填了完成日期 {done_on}，状态却是{state.chinese}，请改为已完成或删去日期")
    if done_on and not note.strip():
        if done_on > today:
            faults.append(f"完成日期 {done_on} 在今天（{today}）之后；{SO_IT_IS}")
        if begins and done_on < begins:
            faults.append(f"完成日期 {done_on} 在方案开始（{begins}）之前；{SO_IT_IS}")
    if state is Progress.DROPPED and not note.strip():
        faults.append("不适用必须在说明里写明理由")
    return faults


def part_follows(part: Progress, whole: Progress, *, came_with_whole: bool) -> bool:
    """Say whether a unit's part moves along when the whole item is registered as ``whole``.

    What a unit itself has begun, finished or declared 不适用 stays its own word. What moved only
    because the whole did (``came_with_whole``) goes back with it, so a wrong click can be undone.
    """
    if part in FINISHED or whole is Progress.OPEN:
        return came_with_whole
    return True
