"""Acceptance: prepare for and take part in every activity of the assessment."""

from flows.running.stage_round import stage_flow
from models.rules.words import StageKind

accept = stage_flow(StageKind.ACCEPTANCE, __name__)
