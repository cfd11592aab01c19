"""Every table, so that the metadata is whole; `models.database` imports this before a session opens."""

# ruff: noqa: F401
from sqlmodel import SQLModel

import models.assessment.drill
import models.audit.chain
import models.audit.heads
import models.backup.state
import models.calendar.calendar
import models.calendar.clock_watch
import models.campaign.campaign
import models.campaign.milestone
import models.campaign.moves
import models.campaign.rounds
import models.campaign.work
import models.cascade.handed
import models.decisions.confirmation
import models.decisions.decision
import models.decisions.delegation
import models.decisions.objection
import models.decisions.tries
import models.decisions.wrong_codes
import models.doctor.signs
import models.evidence.demands.demand
import models.evidence.evidence
import models.evidence.intake.received
import models.evidence.ledgers.ledger
import models.evidence.packages.package
import models.evidence.prints.fingerprint
import models.figures.measurement
import models.figures.score
import models.findings.dispatch
import models.findings.finding
import models.foresight.forecast
import models.groups.group
import models.inspection.area
import models.inspection.checklist_line
import models.inspection.team
import models.inspection.visit
import models.inspection.visit_round
import models.notices.acknowledgement
import models.notices.burden
import models.notices.channel_health
import models.notices.notice
import models.notices.rate_limit
import models.notices.silence
import models.papers.briefings.issue
import models.papers.briefings.items
import models.papers.briefings.settings
import models.papers.paper
import models.publicity.duties
import models.publicity.incident
import models.publicity.item
import models.publicity.slogan
import models.publicity.submission
import models.publicity.venue
import models.publicity.wording
import models.surveys.law_test
import models.surveys.question
import models.surveys.survey
import models.surveys.talk
import models.units.unit
import models.window.account
import models.window.spent
import models.window.withdrawn

metadata = SQLModel.metadata
