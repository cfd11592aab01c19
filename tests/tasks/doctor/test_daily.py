"""The daily examination: kept, and told to the office once for each new fault."""

import json
from datetime import timedelta

import pytest
from sqlmodel import select

from models.database import engine_for, open_session, sqlite_file
from models.notices.notice import Notice
from models.settings import moment_of, settings
from tasks.doctor.daily import examine_daily
from tasks.doctor.diagnosis import Health, bad, under_name
from tasks.doctor.examining import Examination
from tasks.doctor.kept import FILE, every_examination, last_examination
from tests.support.alerts import MONDAY, at
from tests.support.machines import examined_elsewhere

DAY = timedelta(days=1)
NOW = at(MONDAY, 8)


@pytest.fixture(autouse=True)
def nobody_serves(monkeypatch):
    """No Prefect answers, whatever else runs on this machine: one fault there always is."""
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")


def faults() -> list[str]:
    """What there always is; a server besides has a clock of its own, which is not at the day of the test."""
    return ["定时任务"] if sqlite_file() else ["与数据库对时", "定时任务"]


def told() -> list[str]:
    with open_session(read_only=True) as session:
        rule = Notice.rule == "doctor_fault"
        return list(session.exec(select(Notice.words).where(rule).order_by(Notice.id)))


def test_the_office_hears_once_of_a_fault_and_again_when_it_comes_back(campaign, place):
    first = examine_daily(moment_of(NOW))
    assert list(first.told) == faults()
    assert list(examine_daily(moment_of(NOW + DAY)).told) == []
    (place / "code.key").write_text("torn")
    (place / "code.key").chmod(0o600)
    assert "密钥" in examine_daily(moment_of(NOW + 2 * DAY)).told
    (place / "code.key").unlink()
    examine_daily(moment_of(NOW + 3 * DAY))
    (place / "code.key").write_text("torn")
    (place / "code.key").chmod(0o600)
    assert "密钥" in examine_daily(moment_of(NOW + 4 * DAY)).told

    assert sum("密钥（code.key" in words for words in told()) == 2
    assert told()[0].startswith("体检发现新的问题：")
    assert "定时任务（运行界面没有应答" in told()[0]
    assert "shifan" not in "".join(told())


@pytest.mark.sqlite("a file that is damaged and mended")
def test_what_cannot_be_told_is_kept_and_told_when_it_can_be(campaign, place):
    database = settings().home / "shifan.db"
    engine_for(settings().database).dispose()
    whole = database.read_bytes()
    database.write_bytes(b"not a database" * 1_000)
    found = examine_daily(moment_of(NOW))
    lines = {line.name: line.health for line in last_examination().examination.lines}
    assert (list(found.told), lines["数据库"]) == ([], Health.BAD)
    engine_for(settings().database).dispose()
    for name in ("shifan.db-wal", "shifan.db-shm"):
        (place / name).unlink(missing_ok=True)
    database.write_bytes(whole)

    assert list(examine_daily(moment_of(NOW + DAY)).told) == ["定时任务"]


def test_what_was_kept_is_read_as_it_was_and_a_torn_file_is_none(campaign, place):
    assert last_examination() is None
    found = examine_daily(moment_of(NOW))
    kept = last_examination()
    assert (kept.examination, list(kept.told)) == (found.found, list(found.told))
    assert (place / FILE).stat().st_mode & 0o777 == 0o600
    said = json.loads((place / FILE).read_bytes())
    for torn in ("", "[]", "{}", json.dumps(said)[:-30], json.dumps(said | {"lines": [{"a": 1}]})):
        (place / FILE).write_text(torn)
        assert last_examination() is None
    assert list(examine_daily(moment_of(NOW + DAY)).told) == faults()


@pytest.mark.parametrize("any_database", ["postgresql"], indirect=True)
def test_each_machine_keeps_its_own_where_all_can_see_it(campaign, any_database, place):
    examined_elsewhere("worker-2", Examination(NOW, [under_name(bad("满了"), "磁盘")]))
    assert last_examination() is None
    [other] = every_examination(NOW + DAY)
    assert (other.machine, other.elsewhere, other.examination.at) == ("worker-2", "worker-2", NOW)

    found = examine_daily(moment_of(NOW + DAY)).found
    mine, other = every_examination(NOW + DAY)
    assert (mine.examination, mine.elsewhere) == (found, "")
    assert [line.words for line in other.examination.lines] == ["满了"]
    (place / FILE).unlink()  # a container, whose home is gone
    assert [one.examination for one in every_examination(NOW + DAY)] == [found, other.examination]


@pytest.mark.parametrize("any_database", ["postgresql"], indirect=True)
def test_an_examination_of_a_clock_that_ran_ahead_hides_no_other(campaign, any_database):
    examined_elsewhere("worker-2", Examination(NOW + 30 * DAY, []))
    examined_elsewhere("worker-3", Examination(NOW, []))
    assert [one.machine for one in every_examination(NOW)] == ["worker-3"]


@pytest.mark.parametrize("any_database", ["postgresql"], indirect=True)
def test_a_machine_that_is_gone_is_forgotten_after_a_week(campaign, any_database):
    examined_elsewhere("worker-2", Examination(NOW, []))
    for days in (1, 9):
        examine_daily(moment_of(NOW + days * DAY))
    [mine] = every_examination(NOW + 9 * DAY)
    assert mine.elsewhere == ""


def test_the_table_of_the_page_holds_what_is_bad_first_and_nothing_to_type(campaign):
    rows = examine_daily(moment_of(NOW)).table()
    assert rows[0]["情况"] == "坏"
    assert "shifan" not in str(rows)
