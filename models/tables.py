"""Every table, so that the metadata is whole; `models.database` imports this before a session opens."""

from sqlmodel import SQLModel

from models.acknowledgement import Acknowledgement
from models.audit import AuditEntry
from models.audit_head import AuditHead
from models.burden import AskAllowance
from models.campaign import Campaign, Stage
from models.channel_health import ChannelHealth
from models.clock_watch import ClockWatch
from models.confirmation import Confirmation
from models.database_state import DatabaseState
from models.decision import AskedPost, Decision, DecisionCode, DecisionTry
from models.delegation import Delegation
from models.holiday import HolidayYear, SpecialDay
from models.milestone import Milestone
from models.notice import Delivery, Message, Notice
from models.objection import Objection
from models.rate_limit import RateLimit
from models.silence import Silence
from models.stage_moves import Transition
from models.unit import Post, Unit, UnitAlias, UnitGroup, UnitGroupMember
from models.work import Assignment, GroupReference, Indicator, WorkItem
from models.wrong_codes import WrongCodes

metadata = SQLModel.metadata

__all__ = [
    "AskedPost",
    "Acknowledgement",
    "AskAllowance",
    "Assignment",
    "AuditEntry",
    "AuditHead",
    "Campaign",
    "Confirmation",
    "DatabaseState",
    "Decision",
    "DecisionCode",
    "DecisionTry",
    "Delegation",
    "ChannelHealth",
    "ClockWatch",
    "Delivery",
    "GroupReference",
    "HolidayYear",
    "Indicator",
    "Message",
    "Milestone",
    "Notice",
    "Objection",
    "Post",
    "RateLimit",
    "Silence",
    "SpecialDay",
    "Stage",
    "Transition",
    "Unit",
    "UnitAlias",
    "UnitGroup",
    "UnitGroupMember",
    "WorkItem",
    "WrongCodes",
    "metadata",
]
