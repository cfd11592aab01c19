"""Whether what was reported as done still has its proof; pure, for one part of a unit.

Done means evidence that stands: handed in or accepted, and not run out. Evidence that was returned, or
whose time has run out, takes a part's 已完成 back to 进行中; a part for which nothing was ever handed in
keeps it, and is counted apart.
"""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from models.rules.calendar.workdays import WorkCalendar

CORRECT_WITHIN = 5  # working days to put it right, from the day of the return or of the expiry
BY_TERM = "按材料有效期"  # who took back what nobody returned


@dataclass(frozen=True, slots=True)
class ProofStanding:
    """What stands behind one part, counted over the demands of its item that something is shown for.

    Of ``demands`` there are ``wanted`` that want something shown. ``whole``: a piece stands for the part
    as a whole; ``proved`` demands have one of their own. ``fell`` demands, and the part as a whole
    (``whole_fell``), have only pieces that were returned or have run out.
    """

    demands: int = 0
    wanted: int = 0
    whole: bool = False
    proved: int = 0
    whole_fell: bool = False
    fell: int = 0

    @property
    def needed(self) -> bool:
        """Say whether anything has to be shown."""
        return self.wanted > 0 or self.demands == 0

    @property
    def lost(self) -> bool:
        """Say whether the part had a proof that it needs, and has it no longer."""
        if not self.needed or self.whole:
            return False
        return self.fell > 0 or (self.whole_fell and self.proved < max(self.wanted, 1))

    @property
    def stands(self) -> bool:
        """Say whether what was lost is there again, or is not asked for any more."""
        return not self.needed or (not self.lost and (self.whole or self.proved > 0))


def fell_on(sent_back: datetime | None, ran_out: date | None, zone: tzinfo) -> date | None:
    """Return the day, in the office's zone, on which the last of a part's proof fell."""
    returned = sent_back.astimezone(zone).date() if sent_back else None
    return max((day for day in (returned, ran_out) if day), default=None)


def due_after(due: date | None, fell: date, calendar: WorkCalendar) -> date:
    """Return until when a part is to be proved again: its own day, at least a working week from ``fell``.

    It is a day that is worked. The same however often and late it is asked.
    """
    correct_by = calendar.last_workday(calendar.due_within(fell, CORRECT_WITHIN))
    return max(correct_by, due) if due else correct_by
