"""What of the dates of a plan a person should look at: guessed years, days that are none, missing deadlines."""

from collections.abc import Sequence

from models.plan.breakdown import indicator_days
from models.plan.doubt import Doubt
from models.plan.reading.dates.forms import read_point
from models.plan.reading.dates.lexer import times_in
from models.plan.reading.dates.points import Point, day_in_words
from models.plan.reading.text.document import Line
from models.plan.reading.text.patterns import pattern, quoted
from models.plan.schema import Plan, PlanStage, PlanTask
from models.rules.text import squeeze
from models.rules.words import Frequency

FRONT = 40  # lines at either end among which a signature stands


def date_doubts(plan: Plan, lines: Sequence[Line]) -> list[Doubt]:
    """Return all of this room but the deadlines' own, which are told as they are read."""
    return [
        *issue_doubts(plan, lines),
        *year_doubts(plan),
        *undated_doubts(plan),
        *duty_doubts(plan),
    ]


MOST_NAMED = 12  # work items without a deadline
MOST_REASONS = 5  # of one deadline with many parts


def deadline_doubts(
    task: PlanTask, reasons: Sequence[str], stages: Sequence[PlanStage]
) -> list[Doubt]:
    """Return why a deadline is doubtful; where it has no day, also by which the item is scheduled then."""
    if not reasons or task.deadline is None:
        return []
    said = "；".join(reasons[:MOST_REASONS])
    if len(reasons) > MOST_REASONS:
        said += f"；等 {len(reasons)} 处"
    if task.deadline.date is None and not task.deadline.open_ended:
        _, due = indicator_days(stages)
        said += (
            f"；不补上就按阶段的结束日{day_in_words(due)}安排" if due else "；不补上就没有到期日"
        )
    return [Doubt("task", task.ordinal, said, task.source.sentence if task.source else "")]


def undated_doubts(plan: Plan) -> list[Doubt]:
    """Return which work items have no day of their own, and by which day they are scheduled.

    Those without a deadline and those of standing duty (长期坚持), all in one doubt.
    """
    _, due = indicator_days(plan.stages)
    if due is None:
        return []
    undated = [task.ordinal for task in plan.tasks if task.deadline is None]
    standing = [
        task.ordinal
        for task in plan.tasks
        if task.deadline and task.deadline.open_ended and task.deadline.date is None
    ]
    told = [f"{_named(undated, plan)}没有读出时限"] if undated else []
    if standing:
        told.append(f"{_named(standing, plan)}写的是长期工作，或只写了何时开始，没有到期日")
    by = f"按阶段的结束日{day_in_words(due)}安排"
    return [Doubt("plan", 0, f"{'；'.join(told)}，{by}")] if told else []


def _named(ordinals: Sequence[int], plan: Plan) -> str:
    if len(ordinals) == len(plan.tasks):
        return "各项任务都"
    more = "等" if len(ordinals) > MOST_NAMED else ""
    return f"第 {'、'.join(map(str, ordinals[:MOST_NAMED]))}{more} 项任务"


def year_doubts(plan: Plan) -> list[Doubt]:
    """Return that dates without a year were read in a year that no date of the document itself gives."""
    phrases = [stage.raw for stage in plan.stages if stage.start or stage.end]
    phrases += [task.deadline.raw for task in plan.tasks if task.deadline and task.deadline.date]
    bare = next((each for each in phrases if each and not _says_a_year(each)), None)
    if plan.issued_on or bare is None or plan.year_context is None:
        return []
    why = f"没有读到成文日期，没有写年份的日期（如{quoted(bare[:30])}）按{plan.year_context}年读"
    return [Doubt("plan", 0, why)]


def _says_a_year(phrase: str) -> bool:
    return any(time.has_year for time in times_in(phrase))


def issue_doubts(plan: Plan, lines: Sequence[Line]) -> list[Doubt]:
    """Return that the day under a signature does not exist, with both readings."""
    if plan.issued_on:
        return []
    for line in [*lines[:FRONT], *lines[-FRONT:]]:
        found = pattern(r"^{H}{0,40}?({年月日})$").match(squeeze(line.text))
        point = read_point(found[1]) if found else None
        if point and (why := point.lacking(point.year, None)):
            return [Doubt("plan", 0, f"成文日期没有读出：{why}", line.text.strip())]
    return []


def duty_doubts(plan: Plan) -> list[Doubt]:
    """Return the duties whose day is in no year: 每年6月31日前."""
    doubts = []
    for at, duty in enumerate(plan.recurring, 1):
        for month in duty.months:
            day = duty.day if duty.day and duty.day > 0 else 1  # -1 is the last
            point = Point(None, month, day, day)
            if duty.freq == Frequency.YEARLY and (why := point.lacking(None, month)):
                sentence = duty.source.sentence if duty.source else duty.raw
                doubts.append(Doubt("duty", at, f"{why}，现按{month}月最后一天安排", sentence))
    return doubts
