"""How far a day's patrol of all campaigns is, by our own table, in words and as a page."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta

from models.calendar.calendar import work_calendar
from models.campaign.rounds import Patrolled, rounds_on
from models.database import open_session
from models.rules.bounds import shown
from models.settings import office_time

KEY = "rounds"  # of the page
NAMED = 10  # campaigns named in one line; the page names all
NO_ROUND = "运行已经结束，但是没有巡查记录"
Table = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Province:
    """Every campaign under way with its round of ``day``, which is a ``workday`` or not."""

    day: date
    workday: bool
    rounds: Sequence[Patrolled]

    @property
    def patrolled(self) -> set[str]:
        """Return the slugs of the campaigns that have their round."""
        return {one.slug for one in self.rounds if one.at}

    @property
    def missing(self) -> list[Patrolled]:
        """Return the campaigns that have none."""
        return [one for one in self.rounds if not one.at]


def province_on(day: date, today: date | None = None) -> Province:
    """Return how far the patrol of ``day`` is; two statements, whatever the number of campaigns.

    A round of ``today``, where midnight came meanwhile, counts too: a patrol sees whatever is due by then.
    """
    with open_session(read_only=True) as session:
        rounds = rounds_on(session, day)
        if today and today > day:
            later = {one.slug: one for one in rounds_on(session, today)}
            rounds = [one if one.at else later.get(one.slug, one) for one in rounds]
        return Province(day, work_calendar(session).is_workday(day), rounds)


def province_in_words(
    before: Province, after: Province, why: Mapping[str, str], took: timedelta
) -> str:
    """Return what a patrol came to in one line; who was not patrolled is named, with ``why``.

    Notices of rounds that stood there ``before`` are told apart: an earlier run of the day made them.
    """
    missing, all_ = after.missing, len(after.rounds)
    earlier = _notices(after, before.patrolled)
    new = _notices(after, after.patrolled - before.patrolled)
    said = (
        f"{after.day}：{all_} 个中巡查了 {all_ - len(missing)} 个，新增提醒 {new} 条"
        f"{f'（当天先前的巡查已新增 {earlier} 条）' if earlier else ''}，用时 {_long(took)}"
    )
    if not missing:
        return said
    named = [f"{one.label}（{_reason(one, why)}）" for one in missing[:NAMED]]
    more = f"等 {len(missing)} 个" if len(missing) > NAMED else ""
    again = "下一次定时运行时补巡，也可以现在再运行一次"
    return f"{said}；没有巡查到：{'、'.join(named)}{more}；{again}"


def province_table(province: Province, why: Mapping[str, str]) -> Table:
    """Return a row per campaign, those that were not patrolled first."""
    rows = sorted(province.rounds, key=lambda one: one.at is not None)
    return [
        {
            "创建活动": one.label,
            "巡查": f"{office_time(one.at):%H:%M}" if one.at else "没有巡查到",
            "新增提醒": str(one.notices or 0) if one.at else "",
            "原因": "" if one.at else _reason(one, why),
        }
        for one in rows
    ]


def _notices(province: Province, slugs: Set[str]) -> int:
    return sum(one.notices or 0 for one in province.rounds if one.slug in slugs)


def _reason(one: Patrolled, why: Mapping[str, str]) -> str:
    return shown(why.get(one.slug, NO_ROUND))


def _long(took: timedelta) -> str:
    seconds = round(took.total_seconds())
    return f"{seconds // 60} 分 {seconds % 60} 秒" if seconds >= 60 else f"{seconds} 秒"
