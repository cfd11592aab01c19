"""What follows an act: one process sends at a time, and Prefect's waiting run ends with the outcome's words."""

import sys
import time
from datetime import date
from types import SimpleNamespace

import pytest

from deployments.window import after
from deployments.window.after import Sender
from models.rules.decisions.answers import Answer, Said
from models.settings import moment_of
from tasks.decisions.objections.case import Objecting
from tasks.decisions.objections.objecting import begin_objection
from tasks.decisions.runs import leftover_runs, open_runs, remember_run
from tests.support.deciding import asked, decide, noon

MONDAY = date(2025, 7, 21)
COUNTING = """
import os, sys, time
place = sys.argv[1]
assert "SHIFAN_PASSWORD" not in os.environ and "SHIFAN_DOOR_TOKEN" not in os.environ
os.mkdir(place + "/running")  # fails where another one runs
time.sleep(0.3)
os.rmdir(place + "/running")
open(place + "/runs", "a").write("x")
"""


def settled(found, want, seconds=20.0):
    end = time.monotonic() + seconds
    while found() != want and time.monotonic() < end:
        time.sleep(0.02)
    return found()


def test_a_hundred_who_ask_at_once_get_one_more_run_together(tmp_path, monkeypatch):
    monkeypatch.setenv("SHIFAN_PASSWORD", "secret")
    monkeypatch.setenv("SHIFAN_DOOR_TOKEN", "token")
    runs = tmp_path / "runs"
    sender = Sender([sys.executable, "-c", COUNTING, str(tmp_path)])

    for _ in range(100):
        sender.soon()
    assert settled(lambda: len(runs.read_text()) if runs.exists() else 0, 2) == 2
    time.sleep(0.5)
    assert runs.read_text() == "xx"
    sender.soon()
    assert settled(lambda: len(runs.read_text()), 3) == 3


def test_what_cannot_be_started_harms_nothing_and_is_tried_again(tmp_path):
    sender = Sender([str(tmp_path / "none")])
    sender.soon()
    settled(lambda: sender._busy, False)
    sender.soon()

    assert settled(lambda: sender._busy, False) is False


def test_it_ends_with_its_process():
    sender = Sender([sys.executable, "-c", "import time; time.sleep(60)"])
    sender.soon()
    settled(lambda: sender._child is not None, True)
    sender.end()

    assert settled(lambda: sender._child.poll() is not None, True)
    sender.soon()
    assert not sender._busy


@pytest.fixture
def ended(monkeypatch):
    """What a Prefect in this process was asked to end, and whether it does."""
    calls, answers = [], {}

    def end(*said):
        calls.append(said)
        return answers.get(said[0], True)

    monkeypatch.setattr(after._Runs, "end", staticmethod(end))
    return calls, answers


def test_the_run_of_a_question_ends_with_the_words_of_its_outcome(office, ended):
    calls, _ = ended
    number = asked(office())
    remember_run(number, "run-1", before="", found="", moment=moment_of(noon(MONDAY), MONDAY))
    done = decide(number, Said(Answer.FORCE, "边推进边补"), MONDAY)
    after.end_run_of(number, done.line)

    assert settled(lambda: calls, [("run-1", "Completed", done.line)]) == [
        ("run-1", "Completed", "组长强制推进，“动员”已结束，“实施”已启动")
    ]
    assert settled(leftover_runs, []) == []  # the patrol has nothing left to do


def test_a_run_that_works_and_a_prefect_that_fails_are_left_to_the_patrol(office, ended, caplog):
    calls, answers = ended
    number = asked(office())
    remember_run(number, "run-1", before="", found="", moment=moment_of(noon(MONDAY), MONDAY))
    decide(number, Said(Answer.FORCE, "边推进边补"), MONDAY)
    answers["run-1"] = False
    after.end_run_of(number, "")
    settled(lambda: len(calls), 1)

    [(_, name, words)] = calls
    assert name == "已失效"
    assert "已由组长于" in words
    assert [one.flow_run for one in leftover_runs()] == ["run-1"]


@pytest.fixture
def started(ended, monkeypatch):
    """What a Prefect in this process was asked to start; each run is called by its key."""
    begun = []

    def start(number, title, key):
        begun.append((number, title))
        return f"run of {key}"

    monkeypatch.setattr(after._Runs, "start", staticmethod(start))
    return begun


def test_the_form_of_an_open_question_is_renewed_when_a_word_is_taken_back(office, ended, started):
    calls, _ = ended
    both = "gates: {deciders: [组长, 分管领导], all_must_agree: true}"
    number = asked(office(both))
    moment = moment_of(noon(MONDAY), MONDAY)
    remember_run(number, "run-1", before="", found="", moment=moment)
    decide(number, Said(Answer.FORCE, "边推进边补"), MONDAY, post="组长")
    line = begin_objection(Objecting(number, "组长", "不是本人的意思", "创建办"), moment)

    after.renew_run_of(number, line)

    assert settled(
        lambda: [one.flow_run for one in open_runs()], [f"run of decision-{number}-run-1"]
    )
    assert "已表的态（强制推进）作废" in line
    assert calls == [("run-1", "已更新", line)]
    assert [one for one, _ in started] == [number]
    assert [one.flow_run for one in open_runs()] == [f"run of decision-{number}-run-1"]


def test_a_question_that_is_asked_again_has_its_form_at_once(office, ended, started):
    calls, _ = ended
    number = asked(office())
    moment = moment_of(noon(MONDAY), MONDAY)
    decide(number, Said(Answer.FORCE, "边推进边补"), MONDAY)
    line = begin_objection(Objecting(number, "组长", "不是本人的意思", "创建办"), moment)

    after.renew_run_of(number, line)

    [again] = open_runs()
    assert f"编号 {again.decision_id}" in line
    settled(lambda: open_runs()[0].flow_run, f"run of decision-{again.decision_id}-first")
    assert open_runs()[0].flow_run == f"run of decision-{again.decision_id}-first"
    assert (calls, [one for one, _ in started]) == ([], [again.decision_id])
    after.renew_run_of(number, line)
    after._Runs.later.submit(lambda: None).result()
    assert len(started) == 1  # it waits, and is left alone


def test_without_prefect_nothing_is_asked(office, monkeypatch):
    put_off: list[object] = []
    monkeypatch.setattr(after._Runs, "end", None)
    monkeypatch.setattr(
        after._Runs, "later", SimpleNamespace(submit=lambda *act: put_off.append(act))
    )
    number = asked(office())
    after.end_run_of(number, "x")
    after.renew_run_of(number, "x")
    assert put_off == []
