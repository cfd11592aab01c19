"""Launch: mobilise, form the task force, train, pass it on to every unit (实施步骤 一)."""

from flows.running.stage_round import stage_flow
from models.rules.words import StageKind

launch = stage_flow(StageKind.LAUNCH, __name__)
