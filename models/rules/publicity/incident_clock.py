"""How long each step of a public-opinion incident may take, counted from the finding on."""

from collections.abc import Mapping

from pydantic import BaseModel, Field


class IncidentClock(BaseModel):
    """Hours by the clock, the end in working days; an office sets them as `SHIFAN_INCIDENT_...`.

    The hours of an answer are those of 国办发〔2016〕61号: 24 for what is about a grave emergency, 48 for
    all else.
    """

    incident_report_hours: int = Field(default=2, ge=1, le=72)
    incident_answer_hours: int = Field(default=48, ge=1, le=240)
    incident_major_hours: int = Field(default=24, ge=1, le=240)
    incident_end_workdays: int = Field(default=10, ge=1, le=60)


# What each takes, for whoever set it wrongly.
EXPECTED_OF_CLOCK: Mapping[str, str] = {
    "incident_report_hours": "1 到 72 的整数（小时）",
    "incident_answer_hours": "1 到 240 的整数（小时）",
    "incident_major_hours": "1 到 240 的整数（小时）",
    "incident_end_workdays": "1 到 60 的整数（工作日）",
}
