"""The whole of Prefect's database is lost: nothing moves, and every open question is asked again."""

from datetime import timedelta

import pytest

from flows import clock
from tests.browser.office import Office, command, open_office, wait_until
from tests.upped import Up

pytestmark = [pytest.mark.server, pytest.mark.timeout(400)]

SEALED = ("stage", "decision_code", "decision_try", "transition", "asked_post")


def facts(office: Office) -> dict[str, list[tuple[object, ...]]]:
    return {table: office.rows(f"SELECT * FROM {table}") for table in SEALED}


def test_losing_prefects_database_moves_nothing_and_asks_again(tmp_path):
    today = clock.today()
    start, end = today - timedelta(days=40), today + timedelta(days=1)
    plan = (
        f"kind: implementation_plan\ntitle: 测试县方案\nissued_on: {start}\nstages:\n"
        f"- {{ordinal: 1, name: 动员, kind: launch, start: {start}, end: {end}}}\n"
    )
    with open_office(tmp_path, {"xj": plan}, {"KEY-1": "组长"}, ["动员"]) as office:
        number, before = office.decision("动员")
        code = office.code("动员")
        was = facts(office)
        office.up.stop()
        for file in (office.up.home / "prefect").glob("*.db*"):
            file.unlink()

        with Up(office.up.home, "--no-demo") as again:
            office = Office(again, office.provider)
            wait_until(lambda: office.decision("动员")[1] != before, 90)
            run = office.decision("动员")[1]
            wait_until(lambda: office.waits(run), 60)
            assert office.decision("动员") == (number, run)
            assert facts(office) == was
            [(found,)] = office.rows(
                "SELECT facts FROM audit_entry WHERE what = 'decision-asked-again'"
            )
            assert "Prefect 数据库已更换" in found
            assert before in found
            patrolled = office.ask("flow_runs/filter", flow_runs={"tags": {"all_": ["启动时巡查"]}})
            said = str(patrolled[0]["state"]["message"])
            assert "“动员”的审批运行在 Prefect 里找不到" in said
            assert "阶段没有变动,已重新请求审批" in said
            assert "已重新请求审批" not in office.patrol()  # once

            words = ("decision", "decide", str(number), "--answer", "批准")
            said = command(again.home, *words, typed=f"{code}\n")  # the code is still good
            assert "“动员”已结束" in said
            office.patrol()
            wait_until(lambda: office.state(run)["name"] == "已失效", 60)
            assert "记录链完整" in command(again.home, "audit", "verify")
