"""What an office's briefings look like: masthead, lists, print run, how they are numbered."""

from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

from models.audit.chain import NewEntry, record
from models.campaign.campaign import Campaign
from models.errors import CampaignError
from models.keys import key_of
from models.papers.briefings.issue import series_given
from models.rules.briefings.numbering import Numbering, numbering_fault
from models.rules.calendar.moment import Moment

ENDS = ("实施方案", "工作方案", "方案")


class BriefingSetting(SQLModel, table=True):
    """How the briefings of a campaign look; one row, and none where nothing was ever set.

    ``report_to``, ``send_to`` and ``issue_to`` are what stands behind 报、送、发. ``starts_at`` is the number of
    the first issue made here; ``weekly`` has a draft made every week.
    """

    __tablename__ = "briefing_setting"

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", unique=True)
    title: str = ""
    office: str = ""
    report_to: str = ""
    send_to: str = ""
    issue_to: str = ""
    copies: int = 0
    yearly: bool = False
    starts_at: int = 1
    weekly: bool = True
    set_by: str = ""  # a post
    set_at: datetime  # UTC

    @property
    def numbering(self) -> Numbering:
        """Return how its issues are counted."""
        return Numbering(self.yearly, self.starts_at)


def setting_of(session: Session, campaign: Campaign) -> BriefingSetting:
    """Return the setting of a campaign, not yet a row where nothing was set; its defaults are filled in."""
    query = select(BriefingSetting).where(BriefingSetting.campaign_id == key_of(campaign))
    return session.exec(query).first() or BriefingSetting(
        campaign_id=key_of(campaign), set_at=campaign.loaded_at
    )


def title_of(setting: BriefingSetting, campaign: Campaign) -> str:
    """Return the name on the masthead: the office's, else the plan's title as a briefing."""
    aim = campaign.title
    for end in ENDS:
        aim = aim.removesuffix(end)
    return setting.title or f"{aim.removesuffix('工作')}工作简报"


def office_of(setting: BriefingSetting, campaign: Campaign) -> str:
    """Return who issues it: as set, else who issued the plan."""
    return setting.office or campaign.issuer


def change_setting(
    session: Session, campaign: Campaign, new: BriefingSetting, moment: Moment
) -> bool:
    """Let ``new`` count from now on; False where it says what is set already. Repeatable.

    Raises CampaignError where issues would come to bear a number twice. The caller holds the chain.
    """
    old = setting_of(session, campaign)
    told = {name: getattr(new, name) for name in _SAID if getattr(new, name) != getattr(old, name)}
    if not told:
        return False
    series = series_given(session, key_of(campaign))
    if fault := numbering_fault(old.numbering, new.numbering, series, moment.today.year):
        raise CampaignError(fault)
    for name, value in told.items():
        setattr(old, name, value)
    old.set_by, old.set_at = new.set_by, moment.now
    session.add(old)
    session.flush()
    record(
        session,
        key_of(campaign),
        moment,
        NewEntry(new.set_by, "briefing-set", title_of(old, campaign), told),
    )
    return True


def weekly_campaigns(session: Session, campaign_ids: list[int]) -> list[int]:
    """Return which of the campaigns want a draft every week: all but those that said no; one statement."""
    query = select(BriefingSetting.campaign_id).where(
        col(BriefingSetting.campaign_id).in_(campaign_ids), col(BriefingSetting.weekly).is_(False)
    )
    off = set(session.exec(query))
    return [one for one in campaign_ids if one not in off]


_SAID = (
    "title",
    "office",
    "report_to",
    "send_to",
    "issue_to",
    "copies",
    "yearly",
    "starts_at",
    "weekly",
)
