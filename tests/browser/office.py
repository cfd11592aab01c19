"""A running Shifan whose leaders have channels that we can read, and the form as a leader sees it."""

import contextlib
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from flows.running import clock
from tests.support.upped import Up, asked, wait_until
from tests.tools.fake_provider import FakeMail, FakeProvider

CODE = re.compile(r"验证码：\**([3-9A-Z]{6})")


@dataclass
class Office:
    """A running Shifan whose leader has a channel, which we can read."""

    up: Up
    provider: FakeProvider
    mail: FakeMail | None = None

    def mails(self, to: str) -> list[str]:
        """Return the texts that a mailbox got, in order."""
        assert self.mail
        return [taken.text for taken in self.mail.accepted if taken.key == to]

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.up.home / "shifan.db", timeout=30)) as connection:
            found = connection.execute(sql, values).fetchall()
            connection.commit()
            return found

    def decision(self, stage: str) -> tuple[int, str]:
        """Return the latest question about a stage and its run."""
        sql = """SELECT d.id, d.flow_run FROM decision d JOIN stage s ON s.id = d.stage_id
                 WHERE s.name = ? ORDER BY d.id DESC LIMIT 1"""
        [(number, run)] = self.rows(sql, stage)
        return number, run

    def stage(self, name: str) -> tuple[str, str, str]:
        [found] = self.rows(
            "SELECT status, planned_end, original_end FROM stage WHERE name = ?", name
        )
        return found

    def codes(self, stage: str, key: str = "") -> list[str]:
        """Return every code that was sent about a stage, in order; with ``key`` those to one robot."""
        texts = [
            taken.text
            for taken in self.provider.accepted
            if f"“{stage}”审批" in taken.text and key in ("", taken.key)
        ]
        return [found[1] for text in texts if (found := CODE.search(text))]

    def code(self, stage: str, number: int = 1, key: str = "") -> str:
        wait_until(lambda: len(self.codes(stage, key)) >= number, 60)
        return self.codes(stage, key)[number - 1]

    def state(self, run: str) -> dict[str, Any]:
        return asked(self.up.url, f"flow_runs/{run}")["state"]

    def waits(self, run: str) -> bool:
        return self.state(run)["type"] == "PAUSED"

    def run(self, deployment: str, **parameters: object) -> str:
        """Start a deployment and return its run."""
        known = self.ask("deployments/filter")
        [found] = [one["id"] for one in known if one["name"] == deployment]
        made = self.ask(f"deployments/{found}/create_flow_run", parameters=parameters)
        return str(made["id"])

    def ask(self, path: str, **body: object) -> Any:
        """Return what the server answers."""
        return asked(self.up.url, path, body)

    def inputs(self, run: str) -> Any:
        """Return what Prefect keeps of a run's forms, which only our own service may ask."""
        path, body = f"flow_runs/{run}/input/filter", {"prefix": "suspended", "limit": 50}
        return asked(self.up.url, path, body, headers=self.up.service)

    def send_now(self) -> None:
        """Send what waits, also outside office hours."""
        self.rows("UPDATE delivery SET next_try_at = '2020-01-01 00:00:00.000000'")
        self.run("发送提醒")

    def is_asked(self, stage: str) -> bool:
        run = self.decision(stage)[1]
        return bool(run) and self.waits(run)

    def patrol(self) -> str:
        """Let the served patrol run once and return its line."""
        run = self.run("每日巡查")
        wait_until(lambda: self.state(run)["type"] in ("COMPLETED", "FAILED"), 90)
        return str(self.state(run)["message"])


@contextmanager
def open_office(
    folder: Path,
    plans: Mapping[str, str],
    robots: Mapping[str, str],
    stages: list[str],
    boxes: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Office]:
    """Start Shifan with ``plans`` (slug to YAML, the first through the front door) until ``stages`` are asked.

    ``robots`` says which robot speaks to which tag, ``boxes`` which mailbox is whose.
    """
    today = clock.today()
    for slug, text in plans.items():
        (folder / f"{slug}.yaml").write_text(text, encoding="utf-8")
    first, *others = plans
    with (
        FakeProvider() as provider,
        FakeMail() as mail,
        pytest.MonkeyPatch.context() as patch,
    ):
        channels = folder / "channels.yaml"
        entries = "".join(
            f"  - wecomrobot://{key}?base={provider.base}:\n      tag: {tag}\n"
            for key, tag in robots.items()
        )
        entries += "".join(f"  - {mail.url(to)}:\n      tag: {tag}\n" for to, tag in boxes.items())
        channels.write_text(f"urls:\n{entries}", encoding="utf-8")
        channels.chmod(0o600)
        patch.setenv("SHIFAN_CHANNELS", str(channels))
        # Every test day is a working day here, whatever the calendar says of the real one.
        command(folder / "home", "db", "upgrade")
        with closing(sqlite3.connect(folder / "home" / "shifan.db")) as connection:
            connection.execute(
                "INSERT INTO special_day (day, working, name) VALUES (?, 1, '')",
                (today.isoformat(),),
            )
            connection.commit()
        for slug in others:
            command(folder / "home", "plan", "load", str(folder / f"{slug}.yaml"), "--slug", slug)
        with Up(folder / "home", "--plan", str(folder / f"{first}.yaml"), "--no-demo") as up:
            running = Office(up, provider, mail)
            running.send_now()
            for stage in stages:
                wait_until(lambda s=stage: running.is_asked(s), 120)
            yield running


def command(home: Path, *words: str, typed: str = "") -> str:
    """Run a `shifan` command, with ``typed`` at its prompt, and return what it said."""
    env = os.environ | {"SHIFAN_HOME": str(home)}
    if (home.parent / "channels.yaml").is_file():
        env |= {"SHIFAN_CHANNELS": str(home.parent / "channels.yaml")}
    done = subprocess.run(
        [sys.executable, "-m", "deployments.cli", *words],
        env=env,
        input=typed.encode(),
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()


class Form:
    """The form behind the Resume button of a run, as a leader sees it."""

    def __init__(self, page: Any, office: Office, run: str) -> None:
        self.page, self.office, self.run = page, office, run
        self.open()

    def open(self) -> None:
        """Follow the link of a message: the form opens by itself, on a phone as on a desk."""
        self.page.goto(f"{self.office.up.url}/v2/runs/flow-run/{self.run}?form")
        self.dialog = self.page.get_by_role("dialog")
        self.dialog.get_by_text(re.compile("是否(结束并推进|提前启动)")).first.wait_for()
        self.page.wait_for_timeout(500)

    @property
    def words(self) -> str:
        return str(self.dialog.inner_text())

    def picture(self, path: Path) -> None:
        self.page.screenshot(path=path)

    def answer(self, decision: str, *, code: str, reason: str = "", until: str = "") -> None:
        """Fill the form in, submit it, and wait until the run has taken it.

        A busy server may refuse the click (its own database is locked for a moment) and says so in
        the window; then a leader clicks again, and so do we.
        """
        before = self._tries()
        for _ in range(4):
            self.fill(decision, code=code, reason=reason, until=until)
            self.submit()
            with contextlib.suppress(AssertionError):
                wait_until(lambda: self._tries() > before, 20)
                return
            if self.office.waits(self.run):
                self.open()
        raise AssertionError("the run did not take the answer")

    def refused(self, decision: str, *, code: str, reason: str = "", until: str = "") -> str:
        """Fill the form in and submit it; return what the window says while the form stays open."""
        self.fill(decision, code=code, reason=reason, until=until)
        self.submit()
        told = self.page.get_by_text("没有提交：").last
        told.wait_for()
        said = told.inner_text()
        assert self.office.waits(self.run)
        return said

    def press_until_taken(self, decision: str, *, code: str, reason: str = "") -> None:
        """Wait until the run goes on; where the server refused the click, click again."""
        for _ in range(4):
            with contextlib.suppress(AssertionError):
                wait_until(lambda: not self.office.waits(self.run), 20)
                return
            self.open()
            self.fill(decision, code=code, reason=reason)
            self.submit()

    def submit(self) -> None:
        self.dialog.get_by_role("button", name="Resume").click()

    def fill(self, decision: str, *, code: str, reason: str = "", until: str = "") -> None:
        self._choose()
        self.page.get_by_role("option", name=decision, exact=True).click()
        boxes = self.dialog.locator("textarea")
        boxes.nth(0).fill(reason)
        if until:
            boxes.nth(1).fill(until)
        boxes.nth(boxes.count() - 2).fill(code)  # the name is last

    def _choose(self) -> None:
        """Open the list of decisions; where a page that was still loading closed the window, open that again."""
        from playwright.sync_api import TimeoutError as TooLate

        for _ in range(3):
            with contextlib.suppress(TooLate):
                self.dialog.get_by_label("Select 决定").click(timeout=20_000)
                return
            self.open()
        raise AssertionError("the form does not stay open")

    def _tries(self) -> int:
        sql = "SELECT count(*) FROM decision_try WHERE source = ?"
        return int(self.office.rows(sql, self.run)[0][0])


def ended(office: Office, run: str) -> dict[str, Any]:
    wait_until(lambda: office.state(run)["type"] in ("COMPLETED", "FAILED", "CRASHED"), 60)
    return office.state(run)


def asked_again(office: Office, run: str) -> None:
    wait_until(lambda: office.waits(run), 60)
