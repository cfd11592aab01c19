"""What waits for the office of a campaign on a day, counted: the office's first page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from models.calendar.calendar import work_calendar
from models.campaign.campaign import looking_at
from models.keys import key_of
from models.notices.office_waits import OfficeCounts, count_unanswered, office_counts
from models.rules.calendar.moment import Moment
from models.rules.window.errands import Errand, Waiting, in_pressing_order
from models.rules.window.plain_words import without_commands
from tasks.office.clock_watch import doubt_now
from tasks.office.holidays import notice_missing
from tasks.office.ladder import ladder_of
from tasks.window.office_conditions import vouched_for
from tasks.window.office_health import health_waits

ENDS_SOON = 5  # working days before a silence ends


@dataclass(frozen=True, slots=True)
class OfficeDay:
    """A day of the office: every errand, those under which something waits first."""

    campaign: str
    title: str
    is_demo: bool
    today: date
    errands: Sequence[Waiting]

    @property
    def waiting(self) -> Sequence[Waiting]:
        """Return the errands under which something waits."""
        return [one for one in self.errands if one.count]

    @property
    def quiet(self) -> Sequence[Waiting]:
        """Return the errands under which nothing waits."""
        return [one for one in self.errands if not one.count]


def office_day(slug: str | None, moment: Moment) -> OfficeDay:
    """Return what waits for the office today; reads only."""
    doubt = doubt_now(moment.now)
    with looking_at(slug) as (session, campaign):
        calendar, campaign_id = work_calendar(session), key_of(campaign)
        soon = calendar.due_within(moment.today, ENDS_SOON)
        counts = office_counts(session, campaign_id, moment.today, soon)
        ladder = ladder_of(campaign)
        silent = count_unanswered(session, campaign_id, ladder, calendar, moment)
        missing = notice_missing(calendar, moment.today)
        asked = sum(one.waits for one in vouched_for(session, campaign, moment.today, waiting=True))
        found = [*_counted(counts), *_looked_up(doubt, silent, asked, missing)]
        found.append(health_waits(moment.now))
        return OfficeDay(
            campaign.slug, campaign.title, campaign.is_demo, moment.today, in_pressing_order(found)
        )


def _counted(found: OfficeCounts) -> Iterator[Waiting]:
    late = f"，{found.decisions_late} 个已过答复期限" if found.decisions_late else ""
    lost = f"，其中 {found.lost} 条谁也没有收到" if found.lost else ""
    unheard = [f"{found.dead} 次发送被拒收{lost}"] * bool(found.dead)
    unheard += [f"{found.without_channel} 条提醒没有通道"] * bool(found.without_channel)
    ends = f"{found.silences_ending} 条静默就要到期（共 {found.silences} 条）"
    stand = f"{found.silences} 条静默生效中" if found.silences else "没有静默"
    yield Waiting(Errand.UNHEARD, found.dead + found.without_channel, "；".join(unheard))
    yield Waiting(Errand.DECISIONS, found.decisions, f"{found.decisions} 个审批待决定{late}")
    yield _of_findings(found)
    yield Waiting(
        Errand.VISITS, found.visits_late, f"{found.visits_late} 次走访到了日子，还没有报结果"
    )
    yield Waiting(Errand.BURDEN, found.over_budget, f"{found.over_budget} 条提醒等领导同意")
    yield Waiting(
        Errand.SUCCESSION, found.left_behind, f"{found.left_behind} 个单位没有人负责，事项没有移交"
    )
    yield Waiting(Errand.GROUPS, found.open_groups, f"{found.open_groups} 个单位类别还没有写明成员")
    yield Waiting(Errand.SILENCES, found.silences_ending, ends if found.silences_ending else stand)


def _of_findings(found: OfficeCounts) -> Waiting:
    counts = (
        (found.to_hand_out, "个等交办或裁定"),
        (found.to_verify, "个报了整改，等核实"),
        (found.to_close, "个观察期已过，可以销号"),
        (found.to_look_back, "个销号满 30 天，等回头看"),
    )
    said = "，".join(f"{count} {words}" for count, words in counts if count)
    return Waiting(Errand.FINDINGS, sum(count for count, _ in counts), said)


def _looked_up(doubt: str, silent: int, asked: int, missing: str) -> Iterator[Waiting]:
    yield Waiting(Errand.CLOCK, int(bool(doubt)), without_commands(doubt))
    yield Waiting(Errand.UNANSWERED, silent, f"{silent} 项提醒过了，还没有人签收")
    yield Waiting(Errand.CONDITIONS, asked, f"{asked} 条要由创建办确认")
    yield Waiting(Errand.HOLIDAYS, int(bool(missing)), without_commands(missing))
