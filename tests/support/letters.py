"""Show messages of every kind as a phone shows them: `python -m tests.support.letters FOLDER`.

A campaign is patrolled over its own days against a robot of the tests' own: silences, receipts,
refusals, a budget, decisions and codes included. What the robot took is drawn as bubbles of 375
pixels, to be looked at and read aloud: FOLDER/letters.html, and a picture of every twelve.
"""

import html
import json
import os
import re
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from models.settings import moment_of

START, DAYS = date(2025, 6, 3), 66
STYLE = """body{margin:0;background:#ededed;font:16px/1.5 "Noto Sans CJK SC",sans-serif;width:375px}
article{margin:10px 12px 4px 52px;background:#fff;border-radius:6px;padding:10px 12px;
overflow-wrap:anywhere;max-width:275px}p{margin:0;white-space:pre-wrap}
small{display:block;margin:12px 0 0 52px;color:#888;font-size:12px}a{color:#1b6ac9}"""


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as it reached a phone, and which kinds of notices are in it."""

    to: str
    kinds: tuple[str, ...]
    text: str


def gather_kinds(home: Path) -> list[Shown]:
    """Run the campaign and return the first message of every kind."""
    os.environ["SHIFAN_HOME"] = str(home)
    from tests.tools.fake_provider import FakeProvider

    with FakeProvider() as provider:
        tags = _set_up(home, provider.base)
        shown: dict[tuple[str, ...], Shown] = {}
        seen = 0
        for n in range(DAYS):
            day = START + timedelta(days=n)
            _live(day, provider, tags)
            for taken in provider.accepted[seen:]:
                kinds = _kinds(taken.text)
                to = tags[int(taken.key.split("-")[1])]
                shown.setdefault(kinds, Shown(to, kinds, taken.text))
            seen = len(provider.accepted)
    known: set[str] = set()
    chosen = []
    for one in sorted(shown.values(), key=lambda s: len(s.kinds)):
        if not set(one.kinds) <= known:
            known |= set(one.kinds)
            chosen.append(one)
    return chosen


def _set_up(home: Path, base: str) -> list[str]:
    from sqlmodel import select

    from models.campaign.campaign import Campaign
    from models.database import open_session
    from models.schema import upgrade
    from models.units.unit import Post
    from notifications import links
    from tasks.plans.loading import find_plan, load_plan, read_plan

    upgrade(_at(START))
    plan = read_plan(find_plan("jinchang-2025"))
    load_plan(plan, slug="jc", start=None, moment=moment_of(_at(START), START))
    with open_session() as session:
        campaign = session.exec(select(Campaign)).one()
        campaign.plan_json = json.dumps(json.loads(campaign.plan_json) | {"asks_per_week": 2})
        tags = list(session.exec(select(Post.tag).order_by(Post.id)))
    path = home / "channels.yaml"
    urls = [{f"wecomrobot://key-{n:04d}-0000?base={base}": {"tag": t}} for n, t in enumerate(tags)]
    path.write_text(json.dumps({"urls": urls}, ensure_ascii=False))
    path.chmod(0o600)
    os.environ["SHIFAN_CHANNELS"] = str(path)
    links.remember("http://10.1.2.3:4200", {})
    return tags


def _at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC) - timedelta(hours=8)


def _live(day: date, provider: object, tags: list[str]) -> None:
    """Live through one day of the office."""
    from tasks.notices.delivery import deliver
    from tasks.notices.self_test import self_test
    from tasks.notices.silences import add_silence
    from tasks.patrol.patrol import patrol_campaign

    behave = provider.behave  # type: ignore[attr-defined]
    n = (day - START).days
    if n == 10:
        said = {"author": "创建办", "reason": "等待上级文件", "until": day + timedelta(days=20)}
        add_silence("jc", "W6", moment=moment_of(_at(day), day), **said)  # type: ignore[arg-type]
    if n in (20, 21):
        behave("refuse" if n == 20 else "accept", key=f"key-{tags.index('创建办'):04d}-0000")
    if n == 30:
        path = Path(os.environ["SHIFAN_CHANNELS"])
        right = path.read_text()
        path.write_text(right.replace(f"key-{tags.index('市财政局'):04d}-0000", "x"))
        self_test(moment_of(_at(day, 8), day))
        path.write_text(right)
    patrol_campaign("jc", moment_of(_at(day), day))
    deliver(lambda: _at(day, 10))
    if n == 35:
        _decide(day)
    deliver(lambda: _at(day, 22))


def _decide(day: date) -> None:
    from models.rules.decisions.answers import Answer, Said
    from tests.support.deciding import decide, open_questions

    for number, (question, answer) in enumerate(
        zip(open_questions("jc").values(), (Answer.RETURN, Answer.POSTPONE), strict=False)
    ):
        later = day + timedelta(days=20 + number) if answer is Answer.POSTPONE else None
        decide(question, Said(answer, "材料还不齐，补齐后再报", later), day)


def _kinds(text: str) -> tuple[str, ...]:
    """Return what each part of a message is about: its bold beginnings, without numbers and names."""
    bold = re.findall(r"\*\*(.+?)\*\*", text)
    found = [re.sub(r"\d+|[0-9A-Z]{6}|[:;].*", "", one) for one in bold]
    found += [word for word in ("静默仍在", "没有送达", "自检发现", "今日无") if word in text]
    return tuple(sorted(set(found)))


def page(shown: list[Shown]) -> str:
    """Return one column of bubbles."""
    bubbles = "".join(
        f"<small>发给 {html.escape(one.to)}</small><article><p>{_drawn(one.text)}</p></article>"
        for one in shown
    )
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style><body>{bubbles}"


def _drawn(text: str) -> str:
    drawn = html.escape(text, quote=False)
    drawn = re.sub(r"\[([^\]]+)\]\(([^)]+)\)", r'<a href="\2">\1</a>', drawn)
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", drawn)


def main(folder: Path) -> None:
    """Draw them all, twelve to a picture."""
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import CHROMIUM, QUIET

    with tempfile.TemporaryDirectory() as home:
        shown = gather_kinds(Path(home))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "letters.html").write_text(page(shown), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        sheet = browser.new_page(viewport={"width": 375, "height": 812})
        for number, start in enumerate(range(0, len(shown), 12), 1):
            sheet.set_content(page(shown[start : start + 12]))
            sheet.screenshot(path=folder / f"letters-{number}.png", full_page=True)
        browser.close()
    sys.stdout.write(f"{len(shown)} messages in {folder}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
