"""The kinds of fields that forms are made of, each bounded, with the words an operator reads.

What the window and the API are given is checked against the form's schema before a run is made, so
the schema alone keeps out what Prefect's lists or our databases could not hold.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.config import JsonDict

from models.errors import ProgressError
from models.rules.bounds import (
    BREAKS,
    LARGEST_NUMBER,
    LONGEST_NOTE,
    LONGEST_PERSON,
    LONGEST_POST,
    LONGEST_TAG,
    LONGEST_TYPED,
    TURNING,
    UNFIT,
)
from models.rules.calendar.days import WRITTEN, read_day

LONGEST_DAY = 20  # characters
MOST_FIELDS = 20  # of an answer


@dataclass(frozen=True)
class Pattern:
    """A pattern of the schema alone: the server reads it, pydantic's own patterns know no surrogates."""

    pattern: str

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> dict[str, Any]:
        """Add the pattern to the schema of the field."""
        return {**handler(core), "pattern": self.pattern}


# Not "[^…]*$": a "$" lets a line break at the end through.
ONE_LINE = Pattern(f"^(?![\\s\\S]*[{UNFIT}{TURNING}{BREAKS}])")
LINES = Pattern(f"^(?![\\s\\S]*[{UNFIT}{TURNING}])")
A_WRITTEN_DAY = Pattern(f"^({WRITTEN})?$")


def _as_text(day: object) -> object:
    """Return what code hands over as the form would: nothing is left empty, a day is its text."""
    return "" if day is None else day.isoformat() if isinstance(day, date) else day


def _as_number(number: object) -> object:
    return 0 if number is None else number


Post = Annotated[str, Field(max_length=LONGEST_POST), ONE_LINE]
Person = Annotated[str, Field(max_length=LONGEST_PERSON), ONE_LINE]
Name = Annotated[str, Field(max_length=LONGEST_TAG), ONE_LINE]
Note = Annotated[str, Field(max_length=LONGEST_NOTE), LINES]
Reason = Annotated[str, Field(max_length=LONGEST_TYPED), LINES]
Number = Annotated[int, Field(ge=1, le=LARGEST_NUMBER)]
# The bounds stand first: behind a validator pydantic writes them into the schema under names that no
# server reads.
DayText = Annotated[str, Field(max_length=LONGEST_DAY), BeforeValidator(_as_text), A_WRITTEN_DAY]
# 0 stands for none: a field that may be a number or nothing hides behind two tabs.
NumberOrNone = Annotated[int, Field(ge=0, le=LARGEST_NUMBER), BeforeValidator(_as_number)]

Campaign = Annotated[Name, Field(title="创建活动或工作计划", description="简称；留空表示全部")]
Day = Annotated[
    DayText,
    Field(
        title="日期",
        description="按哪一天算，如 2025-07-21；留空表示今天。填别的日子只是预览，不写入，也不发送",
    ),
]
# Fields that many forms have, in the same words.
OfCampaign = Annotated[
    Name, Field(title="创建活动或工作计划", description="简称；只有一个时可留空")
]
Remark = Annotated[Note, Field(title="说明", description="一句话；可留空")]


class Form(BaseModel):
    """A form: what it does not ask for is refused, too."""

    model_config = ConfigDict(extra="forbid")

    def foresee(self) -> None:
        """Raise in one line what the run would fail for; nothing is written."""


def asking(*required: str) -> ConfigDict:
    """Return the settings of a form behind Resume that asks for ``required`` fields.

    The door before the window adds where an answer came from (`flows.running.run_inputs.client_of`): a few
    short words more are let through, nothing else is.
    """
    more: JsonDict = {"type": "string", "maxLength": LONGEST_TAG, "pattern": ONE_LINE.pattern}
    asked: JsonDict = {
        "required": list(required),
        "additionalProperties": more,
        "maxProperties": MOST_FIELDS,
    }
    return ConfigDict(extra="allow", json_schema_extra=asked)


def day_in(text: str) -> date | None:
    """Return the day that a form's text writes, None where it was left empty.

    Raises ProgressError in one line: the form takes 2026-02-30.
    """
    if not text.strip():
        return None
    try:
        return read_day(text)
    except ValueError as error:
        raise ProgressError(f"日期{error}") from None
