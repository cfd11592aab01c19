"""The city of `make soak`: what it is made of, and what its people do on a working day."""

import json
import os
import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlmodel import col, select

from models.campaign.campaign import campaign_named
from models.campaign.progress import Report
from models.campaign.work import Assignment, Indicator
from models.database import open_session
from models.decisions.tries import HandedIn
from models.files.home import home
from models.keys import key_of
from models.notices.notice import Delivery
from models.rules.calendar.moment import Moment
from models.rules.decisions.answers import Answer, Said
from models.rules.evidence.words import Via
from models.rules.words import Progress
from models.schema import upgrade
from models.settings import moment_of
from models.units.unit import Post, Unit, add_default_posts
from notifications import letter, links
from tasks.campaign.progress import register_report
from tasks.decisions.answering import take_answer
from tasks.decisions.codes.codes import print_code
from tasks.evidence.handing_in import hand_in
from tasks.evidence.values import NewEvidence
from tasks.ledgers.exporting import export_ledgers
from tasks.notices.acknowledging import acknowledge_message
from tasks.plans.loading import find_plan, load_plan, read_plan
from tests.support.deciding import open_questions
from tests.support.fill import fill_indicators
from tests.support.round_of_ledgers import fill_in
from tests.support.sites import Site
from tests.tools.chaos import HASTY

SLUG = "jc"
REPORTS, LEDGERS, RECEIPTS = 20, 2, 5  # a working day


@dataclass(frozen=True, slots=True)
class Size:
    """A city: so many units beside the plan's own, and so many indicators that each of them has."""

    units: int = 20
    indicators: int = 104


def found_city(start: date, now: datetime, size: Size) -> int:
    """Load a campaign that begins before ``start``, its parts due one day after the other; return how many."""
    upgrade(now)
    plan = read_plan(find_plan("jinchang-2025"))
    load_plan(plan, slug=SLUG, start=start - timedelta(days=30), moment=moment_of(now, start))
    with open_session() as session:
        campaign = key_of(campaign_named(session, SLUG))
        more = [Unit(campaign_id=campaign, name=f"第{n}局") for n in range(size.units)]
        session.add_all(more)
        session.flush()
        add_default_posts(session, campaign, more)
        fill_indicators(session, campaign, size.indicators, due=start)
        parts = list(session.exec(select(Assignment).order_by(col(Assignment.id))))
        for n, part in enumerate(parts):
            part.due = part.original_due = start + timedelta(days=n % 40)
            part.begin_by = start
    export_ledgers(SLUG, home() / "out", moment_of(now, start))
    return len(parts)


def give_everybody_a_channel(folder: Path, base: str, mail_port: int) -> None:
    """Give every post a robot or a mailbox, by turns; every message shows its number."""
    with open_session(read_only=True) as session:
        tags = sorted({post.tag for post in session.exec(select(Post)) if not post.vacant})
    robot = f"wecomrobot://key-%04d-0000?base={base}&{HASTY}"
    mail = f"mailto://127.0.0.1:{mail_port}/?smtp=127.0.0.1&from=a@b.cn&to=p%d@b.cn&{HASTY}"
    urls = [{(mail if n % 3 == 0 else robot) % n: {"tag": tag}} for n, tag in enumerate(tags)]
    channels = folder / "channels.yaml"
    channels.write_text(json.dumps({"version": 1, "urls": urls}, ensure_ascii=False))
    channels.chmod(0o600)
    os.environ["SHIFAN_CHANNELS"] = str(channels)
    letter._has_to_know = lambda _items: True
    links.remember("http://127.0.0.1:4200", {})


@dataclass
class People:
    """Who works in the city: each working day some report, hand in, acknowledge and decide."""

    chance: random.Random
    site: Site  # where their web pages stand
    in_files: int = 0  # bytes of what they put into the folder

    def work(self, moment: Moment) -> None:
        """Do what is done on a morning; nothing of it may fail."""
        self._report(moment)
        self._return_ledgers()
        self._show_a_page(moment)
        self._acknowledge(moment)
        if moment.today.weekday() == 2:
            self._decide(moment)

    def _report(self, moment: Moment) -> None:
        with open_session(read_only=True) as session:
            found = session.exec(
                select(Indicator.code, Unit.name)
                .join(Assignment, col(Assignment.indicator_id) == col(Indicator.id))
                .join(Unit, col(Unit.id) == col(Assignment.unit_id))
                .where(Assignment.state == "open")
                .order_by(col(Assignment.id))
                .limit(2_000)
            ).all()
        for code, unit in self.chance.sample(found, min(REPORTS, len(found))):
            said = Report(code, Progress.DONE, "创建办", unit=unit, done_on=moment.today)
            register_report(SLUG, said, moment)

    def _return_ledgers(self) -> None:
        inbox = home() / "inbox"
        inbox.mkdir(exist_ok=True)
        there = {one.name for one in inbox.iterdir()}
        for path in self.chance.sample(sorted((home() / "out").glob("*.xlsx")), LEDGERS):
            fill_in(path, inbox, self.chance.randrange(1 << 30))
        new = [one for one in inbox.iterdir() if one.name not in there]
        self.in_files += sum(one.stat().st_size for one in new)

    def _show_a_page(self, moment: Moment) -> None:
        number = moment.today.toordinal() % 50
        self.site.show(f"/{number}", f"第 {number} 号通知公开如下")
        url = self.site.url(f"/{number}")
        page = NewEvidence(f"网页{number}", ["W1"], url=url, fact_on=moment.today)
        hand_in(SLUG, [page], "创建办", Via.COMMAND, moment)

    def _acknowledge(self, moment: Moment) -> None:
        with open_session(read_only=True) as session:
            last = session.exec(
                select(Delivery.message_id)
                .where(Delivery.state == "delivered")
                .order_by(col(Delivery.id).desc())
                .limit(RECEIPTS)
            ).all()
        for number in sorted(set(last)):
            acknowledge_message(number, "创建办", "", moment=moment)

    def _decide(self, moment: Moment) -> None:
        for number in sorted(open_questions(SLUG).values())[:1]:
            code = print_code(number, None, "创建办", "领导在外", moment).code
            later = Said(Answer.POSTPONE, "等上级文件", moment.today + timedelta(days=45))
            take_answer(number, later, HandedIn.at_command(code, ""), moment)
