"""Every table, so that the metadata is whole; `models.database` imports this before a session opens."""

from sqlmodel import SQLModel

from models.audit.chain import AuditEntry
from models.audit.heads import AuditHead
from models.backup.state import DatabaseState
from models.calendar.calendar import HolidayYear, SpecialDay
from models.calendar.clock_watch import ClockWatch
from models.campaign.campaign import Campaign, Stage
from models.campaign.milestone import Milestone
from models.campaign.moves import Transition
from models.campaign.work import Assignment, GroupReference, Indicator, WorkItem
from models.decisions.confirmation import Confirmation
from models.decisions.decision import AskedPost, Decision, DecisionCode, DecisionTry
from models.decisions.delegation import Delegation
from models.decisions.objection import Objection
from models.decisions.wrong_codes import WrongCodes
from models.notices.acknowledgement import Acknowledgement
from models.notices.burden import AskAllowance
from models.notices.channel_health import ChannelHealth
from models.notices.notice import Delivery, Message, Notice
from models.notices.rate_limit import RateLimit
from models.notices.silence import Silence
from models.units.unit import Post, Unit, UnitAlias, UnitGroup, UnitGroupMember

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
