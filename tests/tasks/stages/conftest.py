"""A campaign all of whose stages are under way."""

from datetime import date

import pytest
from sqlmodel import select

from models.campaign.campaign import Stage
from models.database import open_session
from models.rules.words import StageKind, StageStatus
from tasks.gates.checklists import StageRound, rounds_under_way

DAY = date(2025, 7, 21)


@pytest.fixture
def under_way(campaign):
    """Return what gives the round of a stage of a kind on a day."""
    with open_session() as session:
        for stage in session.exec(select(Stage)):
            stage.status = StageStatus.ACTIVE

    def of(kind: StageKind, day: date = DAY, *, preview: bool = False) -> list[StageRound]:
        return rounds_under_way(day, kind, preview=preview)

    return of
