"""Consolidation: upload the material, look back, clear every problem."""

from flows.running.stage_round import stage_flow
from models.rules.words import StageKind

consolidate = stage_flow(StageKind.CONSOLIDATION, __name__)
