"""Plan a round of visits: every unit once, by a team that it has nobody in, on a working day.

曾都 (2023): 督导检查组要轮次督导, 确保成员单位全覆盖, 轮次安排原则上不少于2次. 鲁山 (2024): 4 teams of several
bodies visit 43 units and every town.
"""

from dataclasses import dataclass
from types import MappingProxyType

from models.rules.visits.dates import dated
from models.rules.visits.moving import changed, laid_again
from models.rules.visits.reasons import why_no_plan
from models.rules.visits.round_frame import RoundFrame, Slot
from models.rules.visits.sharing import shared

UNKNOWN_REASON = "这些条件不能同时满足：请延长日期、提高每天次数，或放宽已定的走访"


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """Where every unit is visited, and which visits are on another day or by another team than before.

    Without a plan ``why`` says what stands against it, and ``slots`` is empty.
    """

    slots: MappingProxyType[int, Slot]
    changed: tuple[int, ...] = ()
    why: tuple[str, ...] = ()


def planned(frame: RoundFrame) -> RoundPlan:
    """Return the plan of ``frame``: anew where nothing was planned, else with the fewest changes.

    The same frame gives the same plan. Anew: visits over teams, and over days, differ by one at most
    where they can; then units of an area go by one team and on one day where they can.
    """
    if why := why_no_plan(frame):
        return RoundPlan(MappingProxyType({}), why=tuple(why))
    stands = frame.before or frame.wishes or not frame.free_units
    slots = laid_again(frame) if stands else _anew(frame)
    if slots is None:
        return RoundPlan(MappingProxyType({}), why=(UNKNOWN_REASON,))
    moved = changed({**frame.before, **frame.fixed}, slots)
    return RoundPlan(MappingProxyType(slots), tuple(moved))


def _anew(frame: RoundFrame) -> dict[int, Slot] | None:
    shares = shared(frame)
    placed = dated(frame, shares) if shares else None
    return laid_again(frame) if placed is None else {**frame.fixed, **placed}
