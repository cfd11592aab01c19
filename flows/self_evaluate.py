"""Self-evaluation: review every indicator's material, score it, write the report."""

from flows.running.stage_round import stage_flow
from models.rules.words import StageKind

self_evaluate = stage_flow(StageKind.SELF_EVALUATION, __name__)
