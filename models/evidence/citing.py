"""What a piece may be cited for: a unit cites for items it has a part in, the office for all."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.evidence.known import Item, Items, Units, Use
from models.rules.bounds import shown
from models.rules.evidence.pieces import item_of


@dataclass(frozen=True, slots=True)
class Citing:
    """Finds the rows that codes mean, for one who hands in: a unit, or the office (None)."""

    items: Items
    units: Units
    own_id: int | None

    def uses(self, codes: Iterable[str], provider_id: int | None) -> tuple[list[Use], list[str]]:
        """Return what ``codes`` mean and what is wrong with those that mean nothing, a line each.

        A code alone means the part of the unit that hands in, or of the provider where the office does;
        with #2 it means the second demand of the item, for which the unit needs a part in the item too. A code
        alone of which nobody's part is meant is the only demand, or the only one that wants evidence.
        """
        found: list[Use] = []
        faults = []
        for text in codes:
            uses, fault = self._one(text, self.own_id or provider_id)
            found += uses
            faults += [fault] if fault else []
        return list(dict.fromkeys(found)), faults

    def _one(self, text: str, unit_id: int | None) -> tuple[list[Use], str]:
        code, ordinal = item_of(text)
        item = self.items.by_code.get(code)
        if item is None:
            return [], f"没有编号为“{shown(text)}”的工作任务或指标"
        if item in self.items.owners:
            return self._milestone(item, code)
        parts = self.items.parts.get((item, unit_id or 0), ())
        if self.own_id is not None and not parts:
            return [], f"{code} 没有分给 {self.units.named(self.own_id)}，不能用它的材料"
        demands = self.items.demands.get(item, {})
        if ordinal is not None:
            if ordinal not in demands:
                return [], f"{code} 没有第 {ordinal} 项要求{self._named(code, demands)}"
            return [("demand", demands[ordinal])], ""
        if parts:
            return [("assignment", part) for part in parts], ""
        meant = list(demands.values()) if len(demands) == 1 else self.items.wanting.get(item, ())
        if len(meant) == 1:
            return [("demand", one) for one in meant], ""
        if not demands:
            return [], f"{code} 不是最末一级指标，请写它下面的指标"
        return [], f"{code} 有 {len(demands)} 项要求，请写明是哪一项{self._named(code, demands)}"

    def _milestone(self, item: Item, code: str) -> tuple[list[Use], str]:
        """Return a milestone of our own: its unit hands in for it, the office for all."""
        owner = self.items.owners[item]
        if self.own_id is not None and owner not in (None, self.own_id):
            return (
                [],
                f"{code} 由{self.units.named(owner)}负责，不能用{self.units.named(self.own_id)}的材料",
            )
        return [item], ""

    def _named(self, code: str, demands: Iterable[int]) -> str:
        names = "、".join(f"{code}#{ordinal}" for ordinal in sorted(demands)[:5])
        return f"（{names}），或写明提供单位" if names else ""
