"""Recurring duties as milestones: each time that one falls due, on the day that counts for it."""

from collections.abc import Iterator
from datetime import date, timedelta

from models.plan.breakdown import PlannedMilestone, first_day, stage_of
from models.plan.schema import Plan, RecurringDuty
from models.rules.calendar.duties import (
    is_handed_in,
    occurrences,
    on_workday,
    period_told_of,
    tells_of_the_last,
)
from models.rules.calendar.workdays import WorkCalendar
from models.rules.words import DayOff, Frequency, MilestoneKind


def duty_milestones(
    plan: Plan,
    first: date,
    last: date,
    shift: timedelta = timedelta(),
    calendar: WorkCalendar | None = None,
) -> Iterator[PlannedMilestone]:
    """Yield each occurrence of the plan's duties due in [``first``, ``last``], its own days, before ``shift``.

    What is sent every day is due on each working day of ``calendar``, by which a day off is passed over
    too where the plan says so (遇节假日顺延); the code keeps the day that the plan names. Without a
    ``calendar`` every week is worked from Monday to Friday.
    """
    # Found after the move, so that the 28th stays the 28th; the code says the moved day. Counted from the
    # plan's first day on, so that every two weeks stay every two weeks.
    start = min(first_day(plan) or first, first)
    calendar = calendar or WorkCalendar()
    for n, duty in enumerate(plan.recurring, 1):
        if duty.dropped:
            continue
        words = duty.raw + duty.what
        worked = calendar if is_handed_in(words) else None
        about_last = tells_of_the_last(words)
        for one in occurrences(
            duty.freq, duty.day, duty.months, start + shift, last + shift, worked
        ):
            if one.due < first + shift:
                continue
            due = on_workday(one.due, duty.day_off, calendar) - shift
            name = period_told_of(duty.freq, one) if about_last else one.name
            yield PlannedMilestone(
                f"D{n}.{one.due.isoformat()}",
                MilestoneKind.DUTY,
                f"{duty.what}（{name}）",
                min(max(one.begin - shift, start), due),
                due,
                stage=stage_of(plan, due),
            )


def calendar_decides(duty: RecurringDuty) -> bool:
    """Say whether the days of a duty depend on which days are worked."""
    if duty.day_off is not DayOff.KEPT:
        return True
    return duty.freq is Frequency.DAILY and is_handed_in(duty.raw + duty.what)
