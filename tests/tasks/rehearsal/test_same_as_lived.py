"""What a rehearsal lists is what goes out when the same days are lived: compared message by message."""

import json
import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlmodel import col, select

from models.campaign.campaign import campaign_named
from models.database import open_session
from models.keys import key_of
from models.notices.notice import Delivery, Message
from models.rules.rehearsal.pace import NOBODY, ON_TIME, Pace
from models.settings import local_minute, moment_of, office_time
from models.units.unit import Post
from tasks.decisions.making import CODE_PLACE, UNTIL_PLACE, good_until
from tasks.notices.delivery import deliver
from tasks.patrol.patrol import patrol_all
from tasks.rehearsal.asked import AskedRehearsal
from tasks.rehearsal.deeds import acknowledge_new, answer_questions, get_done
from tasks.rehearsal.ground import at
from tasks.rehearsal.rehearsing import rehearse
from tasks.rehearsal.unknown import MASK, without_what_is_not_known
from tests.tools.fake_provider import FakeProvider

pytestmark = pytest.mark.timeout(300)

FIRST = date(2025, 6, 3)
FIVE = timedelta(minutes=5)
CODE = re.compile(r"验证码[^A-Z0-9]{0,12}([A-Z0-9]{6})")


@pytest.fixture
def robots(campaign, provider, tmp_path, monkeypatch) -> FakeProvider:
    """A robot of its own for every post but two, which the real file is said to have."""
    with open_session(read_only=True) as session:
        tags = sorted({post.tag for post in session.exec(select(Post))})
    silent = {tags[3], "市司法局"}
    urls = [
        {f"wecomrobot://key-{n:04d}-0000?base={provider.base}": {"tag": tag}}
        for n, tag in enumerate(tags)
        if tag not in silent
    ]
    channels = tmp_path / "channels.yaml"
    channels.write_text(json.dumps({"version": 1, "urls": urls}, ensure_ascii=False))
    channels.chmod(0o600)
    monkeypatch.setenv("SHIFAN_CHANNELS", str(channels))
    return provider


class Lived:
    """Days as an office lives them: the patrol at half past eight, a round of delivery every five minutes."""

    def __init__(self, slug: str, pace: Pace, provider: FakeProvider) -> None:
        self.slug, self.pace, self.provider = slug, pace, provider
        with open_session(read_only=True) as session:
            self.campaign = key_of(campaign_named(session, slug))
        self.calendar = None
        self.seen = 0

    def day(self, day: date, calendar) -> None:
        working = calendar.is_workday(day)
        if working:
            patrol_all(self.slug, day, at(day, time(8, 30)))
        self.rounds(day, time(8, 30), time(9, 30))
        self.rounds(day, time(9, 55), time(10))
        if working:
            moment = moment_of(at(day, time(10)))
            acknowledge_new(self.campaign, self.seen, self.pace, moment)
            answer_questions(self.campaign, self.pace, self.codes(), moment)
            self.seen = self.last()
        self.rounds(day, time(10), time(11))
        if working:
            get_done(self.campaign, self.pace, calendar, moment_of(at(day, time(16))))
        self.rounds(day, time(16), time(16, 30))
        self.rounds(day, time(17, 50), time(18, 10))

    def rounds(self, day: date, first: time, end: time) -> None:
        now = at(day, first)
        while now < at(day, end):
            deliver(lambda now=now: now)
            now += FIVE

    def codes(self) -> dict[int, str]:
        """Return the code that each message brought, as its leader reads it in the robot's window."""
        with open_session(read_only=True) as session:
            secret = session.exec(
                select(Message).where(col(Message.secret)).order_by(col(Message.id))
            ).all()
            found = [found[1] for one in self.provider.accepted if (found := CODE.search(one.text))]
            return {key_of(one): code for one, code in zip(secret, found, strict=True)}

    def last(self) -> int:
        with open_session(read_only=True) as session:
            return max([0, *session.exec(select(col(Message.id)))])


def lived() -> list[tuple[object, ...]]:
    """Return what went out: day, hour, tag, kind of channel, subject and body, without what nobody knows ahead."""
    with open_session(read_only=True) as session:
        rows = session.exec(
            select(Delivery, Message).join(Message).where(Delivery.state == "delivered")
        ).all()
        return sorted(map(_told, rows))


def _told(row: tuple[Delivery, Message]) -> tuple[object, ...]:
    delivery, message = row
    when = office_time(delivery.delivered_at or message.made_at)
    body = message.body.replace(CODE_PLACE, MASK)
    body = body.replace(UNTIL_PLACE, local_minute(good_until(when, urgent=message.urgent)))
    said = without_what_is_not_known(body, "")
    return (when.date(), f"{when:%H:%M}", message.tag, delivery.target_kind, message.subject, said)


@pytest.mark.parametrize(
    ("asked", "pace", "last"),
    [("on-time", ON_TIME, date(2025, 7, 31)), ("none", NOBODY, date(2025, 6, 30))],
)
def test_what_is_rehearsed_is_what_goes_out_when_the_days_are_lived(
    campaign, robots, asked, pace, last
):
    from models.calendar.calendar import work_calendar

    begun = moment_of(datetime(2025, 6, 3, 0, 0, tzinfo=UTC))
    ahead = rehearse(AskedRehearsal(campaign, FIRST, last, asked), begun)
    with open_session(read_only=True) as session:
        calendar = work_calendar(session)
    office = Lived(campaign, pace, robots)
    day = FIRST
    while day <= last:
        office.day(day, calendar)
        day += timedelta(days=1)

    told = [(m.day, m.at, m.tag, m.channel, m.subject, m.body) for m in ahead.messages]
    for rehearsed, real in zip(sorted(told), lived(), strict=True):
        assert rehearsed == real
    assert len(told) == len(robots.accepted) > 60
    assert [one.post for one in ahead.missing if not one.vacant]
