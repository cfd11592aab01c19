"""The campaign of the pack with a leading group, an office and three working groups."""

from datetime import date

from models.audit.check import check_chain
from models.audit.heads import audit_key
from models.database import open_session
from models.loading.plan import StoredPlan
from models.rules.calendar.moment import Moment
from models.settings import moment_of
from tasks.plans.loading import find_plan, load_plan, read_plan
from tests.conftest import NOW

ZENGDU = "曾都 2023"
DAY = date(2023, 3, 20)


def on(day: date = DAY) -> Moment:
    """Return a moment of ``day``."""
    return moment_of(NOW, day)


def zengdu(day: date = DAY, **changed: object) -> StoredPlan:
    """Load the pack, or what it became with ``changed`` fields."""
    plan = read_plan(find_plan("zengdu-2023")).model_copy(update=changed)
    return load_plan(plan, slug=ZENGDU, start=None, moment=on(day))


def chain_faults() -> list[str]:
    """Return what the chain and the tables disagree in."""
    with open_session(read_only=True) as session:
        return list(check_chain(session, audit_key()).faults)
