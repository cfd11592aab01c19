"""Patrol several campaigns one after the other in this process, each as its own run on the pool would."""

from collections.abc import Callable, Sequence
from datetime import datetime

from models.errors import DatabaseError
from models.settings import local_day
from tasks.patrol.patrol import PatrolOutcome, patrol_all
from tasks.patrol.view import CampaignView


def patrol_in_turn(slugs: Sequence[str], clock: Callable[[], datetime]) -> PatrolOutcome:
    """Patrol each of ``slugs`` on the day that ``clock`` shows when its turn comes.

    What fails in one keeps no other from it. Raises DatabaseError, which is the same for each. May be
    repeated, and while a run of the same campaign is under way: the second writes nothing.
    """
    views, failed = list[CampaignView](), dict[str, Exception]()
    for slug in slugs:
        now = clock()
        try:
            views += patrol_all(slug, local_day(now), now)
        except DatabaseError:
            raise
        except Exception as error:
            failed[slug] = error
    return PatrolOutcome(views, failed)
