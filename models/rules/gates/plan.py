"""What a plan says of its gates and decisions, beyond what holds for every campaign."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from models.rules.text import Texts


def _no_switch(given: Any) -> Any:
    """Refuse true and false where a number is due; Python would take them for 1 and 0."""
    if isinstance(given, bool):
        raise PydanticCustomError("float_type", "not a number")
    return given


class PlanGates(BaseModel):
    """How this campaign's gates and decisions depart from the usual; not part of any document.

    Rules are named as `shifan gate` prints them; ``S2:work-finished`` speaks of stage 2 alone.
    """

    model_config = ConfigDict(extra="forbid", validate_assignment=True)

    skip: list[str] = Field(default_factory=list)
    required: list[str] = Field(default_factory=list)
    thresholds: dict[str, Annotated[float, BeforeValidator(_no_switch)]] = Field(
        default_factory=dict
    )
    deciders: Texts = Field(default_factory=list)
    escalate_to: Texts = Field(default_factory=list)
    all_must_agree: bool = False
    may_transfer: bool = False
    near_end_workdays: int = Field(default=3, ge=0, le=30)
    answer_workdays: int = Field(default=3, ge=1, le=30)

    def switches_off(self, rule: str, ordinal: int) -> bool:
        """Say whether ``rule`` does not count at stage ``ordinal``."""
        return rule in self.skip or f"S{ordinal}:{rule}" in self.skip

    def demands(self, rule: str, ordinal: int) -> bool:
        """Say whether ``rule`` counts at stage ``ordinal`` although nothing can measure it yet."""
        return rule in self.required or f"S{ordinal}:{rule}" in self.required

    def threshold(self, rule: str, ordinal: int) -> int | None:
        """Return the number set for ``rule`` at stage ``ordinal``, its own before the general one."""
        found = self.thresholds.get(f"S{ordinal}:{rule}", self.thresholds.get(rule))
        return None if found is None else int(found)
