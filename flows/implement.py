"""Implementation: every unit checks itself, gathers evidence, publicises, finds its highlight."""

from flows.running.stage_round import stage_flow
from models.rules.words import StageKind

implement = stage_flow(StageKind.IMPLEMENTATION, __name__)
