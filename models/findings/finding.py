"""Findings: what was found, its cycles, every step taken, and the evidence that it was mended."""

from datetime import date, datetime

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.rules.findings.days import ANSWER_WORKDAYS, WATCH_DAYS
from models.rules.findings.words import FindingKind, FindingState


class RaisedFinding(SQLModel, table=True):
    """A problem that was found, or what the public complains of; who it was that complained stands nowhere.

    ``code`` is F12, of a complaint or suggestion C5. ``problem`` is what was observed, ``advice`` what is
    recommended. ``source`` says where it comes from (visit:V1.12, self-check), ``item`` the work item or
    indicator it belongs to, where there is one. ``unit_id`` is who has it now; ``cycle`` the number of its
    last cycle.
    """

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("campaign_id", "code"),
        Index("finding_of_unit", "unit_id", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    code: str
    kind: str = FindingKind.PROBLEM
    problem: str = Field(sa_type=Text)
    advice: str = Field(default="", sa_type=Text)
    source: str
    item: str = ""
    found_on: date
    raised_by: str = ""  # a post
    raised_at: datetime  # UTC
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    state: str = FindingState.RAISED
    cycle: int = 1


class FindingCycle(SQLModel, table=True):
    """One round of a finding, from when it was raised or came back to its end; never overwritten by the next.

    ``original_due`` and ``first_promised`` stay whatever is moved later.
    """

    __tablename__ = "finding_cycle"
    __table_args__ = (UniqueConstraint("finding_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    finding_id: int = Field(foreign_key="finding.id")
    number: int = 1
    opened_on: date
    due: date | None = None
    original_due: date | None = None
    promised_on: date | None = None
    first_promised: date | None = None
    measure: str = Field(default="", sa_type=Text)  # what was done, or answered
    rectified_on: date | None = None
    rectified_by: str = ""  # a post
    verified_on: date | None = None
    verified_by: str = ""
    watch_until: date | None = None
    closed_on: date | None = None
    closed_by: str = ""
    looked_on: date | None = None
    looked_by: str = ""
    ended_on: date | None = None
    ended_by: str = ""
    ended_why: str = ""


class TakenStep(SQLModel, table=True):
    """A step that was taken: the trace of a finding from hand to hand. ``day`` is the day it names."""

    __tablename__ = "finding_step"
    __table_args__ = (Index("finding_step_of", "finding_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    finding_id: int = Field(foreign_key="finding.id")
    cycle: int
    step: str
    taken_on: date
    taken_at: datetime  # UTC
    by_post: str
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    day: date | None = None
    note: str = Field(default="", sa_type=Text)
    pieces: str = ""  # codes of evidence, 、 between them


class FindingProof(SQLModel, table=True):
    """That a piece of evidence proves the rectification of a cycle."""

    __tablename__ = "finding_proof"
    __table_args__ = (UniqueConstraint("finding_id", "cycle", "evidence_id"),)

    id: int | None = Field(default=None, primary_key=True)
    finding_id: int = Field(foreign_key="finding.id")
    cycle: int
    evidence_id: int = Field(foreign_key="evidence.id")


class FindingRules(SQLModel, table=True):
    """What an office set for its findings: how long it watches, in how many workdays it answers, its numbers."""

    __tablename__ = "finding_rules"

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", unique=True)
    watch_days: int = WATCH_DAYS
    answer_workdays: int = ANSWER_WORKDAYS
    dispatch_number: str = ""
    set_by: str = ""  # a post
    set_at: datetime  # UTC
