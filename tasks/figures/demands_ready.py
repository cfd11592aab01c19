"""Make sure that the demands are there that figures are for, before a list of them goes out or comes back."""

from contextlib import suppress

from sqlmodel import Session

from models.audit.chain import NewEntry, record
from models.campaign.campaign import Campaign, writing_to
from models.errors import EndedError
from models.evidence.demands.keeping import ensure_demands
from models.keys import key_of
from models.loading.changes import OPERATOR
from models.rules.calendar.moment import Moment
from tasks.office.vocabulary import office_words


@office_words()
def have_demands(session: Session, campaign: Campaign, moment: Moment) -> None:
    """Read the demands of indicators and work items that are not read yet. Repeatable."""
    if made := ensure_demands(session, key_of(campaign)):
        said = NewEntry(OPERATOR, "demands-made", campaign.label, {"amount": made})
        record(session, campaign.id, moment, said)


def read_demands_first(slug: str | None, moment: Moment) -> None:
    """Have the demands read before they are only looked at; a campaign that has ended stays as it is."""
    with suppress(EndedError), writing_to(slug) as (session, campaign):
        have_demands(session, campaign, moment)
