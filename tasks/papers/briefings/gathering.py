"""What the next briefing says: what units sent and no issue has, and what was done and no issue told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel import Session

from models.campaign.campaign import Campaign
from models.database import as_day
from models.keys import key_of
from models.papers.briefings.content import BriefingArticle, BriefingContent
from models.papers.briefings.issue import claimed_keys
from models.papers.briefings.items import ItemLine, item_lines
from models.papers.briefings.news import (
    ACCEPTED,
    CLOSED,
    DEEDS,
    DONE,
    OPENED,
    NewsRow,
    coming_parts,
    issued_days,
    news_rows,
)
from models.papers.quoted import Quoted, unended
from models.papers.spreading import over_units
from models.rules.briefings.weekly import briefing_days
from models.rules.calendar.moment import Moment
from notifications.paper_blocks import Line
from notifications.paper_drafting import drafted
from tasks.papers.drafts import day_in_words

NEXT_DAYS = 14  # how far ahead it looks
MOST_NAMED = 5  # of what was done; the others are counted
MOST_CODES = 12  # in a note
OWN_TITLE = "本期工作进展"


@dataclass(frozen=True, slots=True)
class Deed:
    """One kind of what was done, with its count."""

    words: str
    count: Quoted
    measure: str


def next_content(
    session: Session, campaign: Campaign, moment: Moment, since: date | None
) -> BriefingContent:
    """Return what a briefing of ``campaign`` says on the day of ``moment``; without articles there is nothing to say.

    What was registered late is told late: everything since the first issue that none has told yet.
    """
    campaign_id = key_of(campaign)
    begun, last = map(as_day, issued_days(session, campaign_id))
    first, until = briefing_days(moment.today, last, since)
    claimed = claimed_keys(session, campaign_id)
    days = (min(begun or first, first), until)
    instants = tuple(
        datetime.combine(day, time.min, tzinfo=moment.zone)
        for day in (days[0], until + timedelta(days=1))
    )
    rows = news_rows(session, campaign_id, days, (instants[0], instants[1]))
    news = [one for one in rows if not one.is_told(claimed)]
    coming = coming_parts(session, campaign_id, until, until + timedelta(days=NEXT_DAYS))
    items = [one for one in item_lines(session, campaign_id) if one.waits]
    own = [_own_article(news, (first, until), coming)] if news else []
    keys = [one.key for one in items] + [one.key for one in news]
    return BriefingContent(first, until, [*map(_sent_article, items), *own], keys)


def _sent_article(item: ItemLine) -> BriefingArticle:
    lines = [line.strip() for line in item.body.splitlines() if line.strip()]
    return BriefingArticle(item.title, [(line,) for line in lines], item.unit)


def _own_article(news: Sequence[NewsRow], days: tuple[date, date], coming: int) -> BriefingArticle:
    when = " 至 ".join(day.isoformat() for day in days)
    by_kind: dict[str, list[NewsRow]] = {}
    for row in news:
        by_kind.setdefault(row.what, []).append(row)
    done, accepted = by_kind.get(DONE, []), by_kind.get(ACCEPTED, [])
    values: dict[str, object] = {
        "first": day_in_words(days[0]),
        "last": day_in_words(days[1]),
        "done": _counted(DONE, done, f"责任分解，{when} 完成、以前各期没有登过的，按单位计"),
        "named": over_units(done, MOST_NAMED),
        "accepted": _counted(ACCEPTED, accepted, f"{when} 通过核查的证明材料"),
        "deeds": [
            Deed(words, found, measure)
            for kind, words, measure in DEEDS
            if (found := _counted(kind, by_kind.get(kind, []), f"节点，{when} 登记为已完成的"))
        ],
        "stages": [_stage(row) for row in news if row.what in (OPENED, CLOSED)],
        "coming": Quoted(
            "news/coming",
            str(coming),
            f"责任分解，{NEXT_DAYS} 天内到期、尚未完成的，共 {coming} 条。",
        )
        if coming
        else "",
    }
    lines = [one for one in drafted("briefing_progress", **values) if isinstance(one, Line)]
    return BriefingArticle(OWN_TITLE, [line.runs for line in lines])


def _counted(kind: str, rows: Sequence[NewsRow], note: str) -> Quoted | None:
    if not rows:
        return None
    if kind == ACCEPTED:
        codes = [f"E{int(row.code):04d}" for row in rows]
    else:
        codes = list(dict.fromkeys(row.code for row in rows))
    more = f" 等 {len(codes)} 项" if len(codes) > MOST_CODES else ""
    named = "、".join(codes[:MOST_CODES])
    return Quoted(f"news/{kind}", str(len(rows)), f"{note}，共 {len(rows)}：{named}{more}。")


def _stage(row: NewsRow) -> str:
    deed = "启动" if row.what == OPENED else "结束"
    day = day_in_words(row.day) if row.day else ""
    return f"{day}，{unended(row.title).removesuffix('阶段')}阶段{deed}"
