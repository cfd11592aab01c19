"""Who holds by now what a ledger was sent out for: its unit, the unit that took over, another, or nobody."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from models.evidence.ledgers.issues import LedgerPart
from models.rules.words import Role

_NAMED = 3  # units of an item that are named
_ROWS = 10  # rows of a kind whose numbers are shown

Item = tuple[int | None, int | None]  # indicator, work item


@dataclass(slots=True)
class Holders:
    """The parts of a campaign by id, withdrawn ones too, and who stands for units that are gone.

    ``parts`` may be brought up to date between two ledgers: who holds what does not change.
    """

    parts: dict[int, LedgerPart]
    gone: Mapping[int, int | None] = field(
        default_factory=dict
    )  # unit to the last of its successors
    _standing: dict[Item, list[int]] = field(default_factory=dict)

    def now(self, part_id: int, unit_id: int) -> LedgerPart | None:
        """Return the part that stands for one that was sent to ``unit_id``; None where neither the unit nor
        its successor has a part in the item any more.
        """
        part, heir = self.parts.get(part_id), self.gone.get(unit_id)
        if part is None:
            return None
        if not part.withdrawn and part.unit_id in (unit_id, heir):
            return part
        for holder in (unit_id, heir):
            own = [one for one in self._of_item(part) if one.unit_id == holder]
            if own:
                return next((one for one in own if one.role == part.role), own[0])
        return None

    def ownerless(self, unit_id: int) -> bool:
        """Say whether a unit is gone and nobody was named to take over."""
        return unit_id in self.gone and self.gone[unit_id] is None

    def became(self, part_id: int) -> str:
        """Return what became of a part that nobody of the ledger holds, in words."""
        part = self.parts.get(part_id)
        units = [one.unit for one in self._of_item(part)] if part else []
        if not units:
            return "这一项已经取消"
        named = "、".join(dict.fromkeys(units[:_NAMED]))
        return f"这一项现在由{named}{'等' if len(units) > _NAMED else ''}承担"

    def moved(self, part_id: int, part: LedgerPart, unit: str) -> str:
        """Return in what way ``part`` is another than the one that was sent to ``unit``; "" for the same."""
        if part.unit != unit:
            return f"原由{unit}承担，已转给{part.unit}，按{part.unit}的收下"
        if part.role == self.parts[part_id].role:
            return ""
        return f"本单位在这一项里发出以后改成了{Role(part.role).chinese}，按现在的收下"

    def _of_item(self, part: LedgerPart) -> Sequence[LedgerPart]:
        if not self._standing:
            for one in self.parts.values():
                if not one.withdrawn:
                    self._standing.setdefault(_item(one), []).append(one.id)
        return [self.parts[one] for one in self._standing.get(_item(part), ())]


def _item(part: LedgerPart) -> Item:
    return part.indicator_id, part.work_item_id


class Moved:
    """Rows that were taken for something else than what was sent, in a line for each kind."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], list[int]] = {}

    def add(self, sheet: str, number: int, words: str) -> None:
        """Keep one row; without ``words`` nothing moved."""
        if words:
            self._found.setdefault((sheet, words), []).append(number)

    def lines(self, bad: Collection[tuple[str, int]]) -> list[str]:
        """Return a line for each sheet and kind, with the numbers of its rows; not of the ``bad`` ones."""
        found = []
        for (sheet, words), numbers in self._found.items():
            if taken := [one for one in dict.fromkeys(numbers) if (sheet, one) not in bad]:
                shown = "、".join(map(str, taken[:_ROWS]))
                more = f"等 {len(taken)}" if len(taken) > _ROWS else ""
                found.append(f"表“{sheet}”第 {shown}{more} 行：{words}")
        return found
