"""One team by command, as a row of the arrangement would say it."""

from dataclasses import dataclass

from sqlmodel import Session

from models.audit.chain import NewEntry, record
from models.campaign.campaign import writing_to
from models.errors import CampaignError
from models.inspection.arranging import store_teams
from models.inspection.team import TeamEntry
from models.keys import key_of
from models.loading.changes import Changes
from models.rules.bounds import LONGEST_NAME, text_fault
from models.rules.calendar.moment import Moment
from models.rules.words import post_fault
from tasks.figures.figures_list import unit_meant
from tasks.workbook.cells import as_name, as_names


@dataclass(frozen=True, slots=True)
class TeamSaid:
    """A team as somebody types it: names in a row, split by 、."""

    name: str
    bodies: str
    areas: str = ""
    avoids: str = ""
    withdrawn: bool = False


def set_team(slug: str | None, said: TeamSaid, by: str, moment: Moment) -> bool:
    """Add a team, or make the one of that name what is said; return whether anything changed. Repeatable.

    Raises NotFoundError for a unit that is none, with what is like it; nothing is written then.
    """
    name = as_name(said.name)
    fault = post_fault(by, "登记") or (
        f"督导组的名称{f}" if (f := text_fault(name, LONGEST_NAME)) else ""
    )
    if fault:
        raise CampaignError(fault)
    with writing_to(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        entry = TeamEntry(
            name,
            _units(session, campaign_id, said.bodies),
            _units(session, campaign_id, said.avoids),
            tuple(as_names(said.areas)),
            said.withdrawn,
        )
        if not entry.bodies:
            raise CampaignError("请用 --units 写明由哪几个单位组成，用顿号隔开")
        changes = Changes()
        store_teams(session, campaign_id, [entry], changes)
        if changes.count:
            told = NewEntry(by.strip(), "inspection-arranged", name, changes.facts())
            record(session, campaign_id, moment, told)
        return changes.count > 0


def _units(session: Session, campaign_id: int, names: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(unit_meant(session, campaign_id, one) for one in as_names(names)))
