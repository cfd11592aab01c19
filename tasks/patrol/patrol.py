"""The patrol of one campaign or many: open what is due, see every light, write what must be said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from models.audit.chain import lock_chain
from models.audit.facts_kept import keep_apart
from models.calendar.calendar import work_calendar
from models.campaign.campaign import campaign_named, campaigns_named, require_open
from models.database import open_session, tell_planner
from models.errors import CampaignError, ContentionError, DatabaseError, PatrolError
from models.rules.calendar.moment import Moment
from models.settings import local_day, moment_of
from tasks.audit.chain import keep_todays_head
from tasks.office.clock_watch import look
from tasks.office.reach import Reach, reach
from tasks.patrol.round import PatrolSteps
from tasks.patrol.view import CampaignView, campaign_slugs, campaign_views, sets_of
from tasks.surveys.forgetting import forget_due_numbers

SEEN = ("unit", "post", "milestone", "work_item", "indicator", "assignment", "notice")  # in sets

UNFORESEEN = "程序出错，详细原因见运行日志"


@dataclass(frozen=True, slots=True)
class PatrolOutcome:
    """How the campaigns stand that were patrolled, and by slug what failed in each of the others."""

    views: Sequence[CampaignView]
    failed: Mapping[str, Exception] = field(default_factory=dict)

    @property
    def reasons(self) -> dict[str, str]:
        """Return why each of the campaigns was not patrolled, by slug."""
        return {
            slug: str(error) if isinstance(error, CampaignError) else UNFORESEEN
            for slug, error in self.failed.items()
        }

    @property
    def fault(self) -> str:
        """Return which campaigns were not patrolled and why, in one line; empty where all were."""
        each = "；".join(f"{slug}（{why}）" for slug, why in self.reasons.items())
        others = f"其余 {len(self.views)} 个已巡查"
        return f"有 {len(self.failed)} 个没有巡查成：{each}；{others}" if each else ""


def patrol_all(slug: str | None, day: date, now: datetime) -> list[CampaignView]:
    """Patrol as `patrol_what_can_be` does; PatrolError names what was not, when all others are."""
    done = patrol_what_can_be(slug, day, now)
    if done.fault:
        raise PatrolError(done.fault) from next(iter(done.failed.values()))
    return list(done.views)


def patrol_what_can_be(slug: str | None, day: date, now: datetime) -> PatrolOutcome:
    """Patrol the campaign ``slug``, or every campaign there is, real ones first.

    ``day`` is today's as ``now`` shows it, or the patrol is a preview and only looks: the plan's days
    come by themselves, and what one of them brought too early nobody could call back. Telephone numbers
    whose day has passed are deleted, once the clock is believed. What fails in one campaign keeps no
    other from being patrolled.
    """
    slugs = [slug] if slug else campaign_slugs()
    if day != local_day(now):
        return _each(slugs, moment_of(now, day), preview=True)
    if slug is not None:
        with open_session(read_only=True) as session:
            campaign_named(session, slug)  # a name that is none ends it before anything is written
    clock = look(now)
    done = _each(slugs, moment_of(now, day), held=clock.held)
    if not clock.held:
        forget_due_numbers(moment_of(now, day))
    lines = [clock.line] + [""] * len(slugs)  # said once, of whatever campaign is first
    views = [
        replace(view, clock=line, held=clock.held)
        for view, line in zip(done.views, lines, strict=False)
    ]
    return replace(done, views=views)


def patrol_campaign(
    slug: str | None,
    moment: Moment,
    reached: Reach | None = None,
    *,
    preview: bool = False,
    held: bool = False,
) -> CampaignView:
    """Patrol one campaign at ``moment`` in one transaction, as `patrol_together` does."""
    [seen] = patrol_together([slug], moment, reached or reach(), preview=preview, held=held)
    return seen


def patrol_together(
    slugs: Sequence[str | None],
    moment: Moment,
    reached: Reach,
    *,
    preview: bool = False,
    held: bool = False,
) -> list[CampaignView]:
    """Patrol campaigns at ``moment`` in one transaction; return how they stand in the order of ``slugs``.

    Opens the stages whose planned start has come and writes a notice for each new fact. A second
    patrol of the same day writes nothing; on a day off nothing is written at all. A ``preview`` does
    the same and takes it back in the end, so it tells exactly what the patrol would do. While the clock
    is not believed (``held``), liaisons hear of their items and nothing else is done.
    """
    if not preview:
        tell_planner(SEEN)
    with open_session(preview=preview) as session:
        chosen, calendar = campaigns_named(session, slugs), work_calendar(session)
        for campaign in chosen:
            require_open(campaign)
        if not calendar.is_workday(moment.today):
            views = campaign_views(session, chosen, moment.today, calendar)
            return [replace(view, preview=preview) for view in views]
        lock_chain(session)
        if len(chosen) > 1:
            keep_apart(session)
        round_ = PatrolSteps(session, chosen, replace(moment, calendar=calendar), reached)
        views = round_.for_liaisons() if held else round_.whole()
    chain = "" if preview or held else keep_todays_head(moment)
    return [replace(view, chain=chain, preview=preview) for view in views]


def _each(
    slugs: Sequence[str], moment: Moment, *, preview: bool = False, held: bool = False
) -> PatrolOutcome:
    """Patrol ``slugs`` set by set; a set in which something fails one by one, so that the others do not."""
    reached, views = reach(), list[CampaignView]()
    failed: dict[str, Exception] = {}
    for some in sets_of(slugs):
        try:
            views += _at_most_twice(some, moment, reached, preview=preview, held=held)
        except DatabaseError:
            raise  # it is the same for each of them
        except Exception:
            if len(slugs) == 1:
                raise
            for slug in some:
                try:
                    views += patrol_together([slug], moment, reached, preview=preview, held=held)
                except DatabaseError:
                    raise
                except Exception as error:
                    failed[slug] = error
    return PatrolOutcome(views, failed)


def _at_most_twice(
    slugs: Sequence[str], moment: Moment, reached: Reach, *, preview: bool, held: bool
) -> list[CampaignView]:
    """Patrol a set, and once more where it gave way to whoever changed the same rows (delivery, the window)."""
    try:
        return patrol_together(slugs, moment, reached, preview=preview, held=held)
    except ContentionError:
        return patrol_together(slugs, moment, reached, preview=preview, held=held)
