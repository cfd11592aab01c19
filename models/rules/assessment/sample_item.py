"""What may be drawn into a sample, and what of it a sample must not leave out."""

from dataclasses import dataclass

# What a sample must not leave out, the first before the others where it cannot have all.
STRATA = (("area", "地域"), ("trade", "行业"), ("unit", "部门"))


@dataclass(frozen=True, slots=True)
class SampleItem:
    """One thing that may be drawn: its key is unique in its population. What is not known is empty."""

    key: str
    unit: str = ""
    area: str = ""
    trade: str = ""
    title: str = ""
    detail: str = ""
