"""`shifan up`: one process that starts everything, watches over it, and takes it down in order."""

import sys
import time
from datetime import datetime

from deployments.say import say
from deployments.service.children import Child
from deployments.service.entrances import (
    EVERY_ADDRESS,
    external,
    require_free_port,
    say_entrances,
    say_open_settings,
    shown,
)
from deployments.service.few_roots import with_few_roots
from deployments.service.first_patrol import FIRST_PATROL, PATROL, outcome
from deployments.service.server import START_SECONDS, Server
from deployments.service.surroundings import environment, left_over, of_the_door
from deployments.service.watching import EndRequested, ended_by_signal, watch
from models.errors import ServerError
from models.files.home import home as private_home
from models.files.home import mend
from models.rules.calendar.moment import Moment
from models.settings import settings
from notifications import links
from tasks.office.switches import off_in_words


def run_up(host: str, port: int, moment: Moment, *, asks: bool) -> None:
    """Start server and service, see the first patrol and the schedules, then watch until told to end.

    Children end with this process, however it ends. A killed run leaves nothing to clean up: the
    next one finds the database, the schedules and the port as they should be. Whoever calls holds the
    home's lock (`only_one`). ``asks`` says that whoever comes needs an account.

    Raises ServerError in one line when the port is taken or the server does not start.
    """
    home = private_home().resolve()
    mend(home)  # all of it, once a start: a command looks at the folder alone
    say_open_settings()
    logs = home / "logs"
    surroundings = with_few_roots(environment(home, host, port), home)
    (home / "tmp").mkdir(exist_ok=True)
    ui = settings().public_url or (external() or f"http://{shown(host)}:{port}").removesuffix(
        "/api"
    )
    children: list[Child] = []
    if left := left_over():
        say(f"没有采用为别的 Prefect 设的环境变量：{'、'.join(left)}")
    with ended_by_signal():
        server = Server(surroundings)
        try:
            if external():
                _require_answer(server)
            else:
                require_free_port(host, port, wait=8)  # one killed a moment ago is still closing
                command = [
                    sys.executable,
                    "-m",
                    "deployments.door",
                    host or EVERY_ADDRESS[0],
                    str(port),
                ]
                door = of_the_door(surroundings, asks=asks)
                children.append(Child("Prefect 服务", command, door, logs / "server.log", home))
            serve = [sys.executable, "-m", "deployments.service.serve", ui]
            children.append(Child("任务服务", serve, surroundings, logs / "serve.log", home))
            say("正在启动界面和任务服务……")
            _wait_until_it_answers(server, children[0])  # the service gets ready meanwhile
            say("界面已就绪，正在登记定时任务，做第一次巡查……")
            _report_first_patrol(server, children[-1], moment.now)
            _report_schedules(server)
            say(f"{'界面':　<7}{ui}")
            say(*(f"{name:　<7}{links.artifact(key)}" for name, key in links.PAGE_NAMES.items()))
            say_entrances(host, port, ui, moment, asks=asks)
            say("按 Ctrl-C 停止")
            watch(children)
        except EndRequested:
            say("正在停止……")
        finally:
            for child in reversed(children):
                child.tell_to_end()
            for child in reversed(children):
                child.wait_for_end()
    say("已停止，数据都在 " + str(home))


def _require_answer(server: Server) -> None:
    if not server.answers():
        raise ServerError(
            f"环境变量 PREFECT_API_URL 所指的 Prefect 服务（{external()}）没有应答：是本单位另建的，请先启动它；"
            "不是，请取消这个变量（unset PREFECT_API_URL）再启动"
        )


def _wait_until_it_answers(server: Server, child: Child) -> None:
    until = time.monotonic() + START_SECONDS
    while not server.answers():
        if not child.alive:
            raise ServerError(f"Prefect 服务没有启动起来，原因见 {child.log} 的末尾")
        if time.monotonic() > until:
            raise ServerError(
                f"Prefect 服务等了 {START_SECONDS // 60} 分钟还没有应答，多半是电脑太忙；"
                f"请过一会儿再启动，还是这样请看 {child.log} 的末尾"
            )
        time.sleep(0.2)


def _report_first_patrol(server: Server, child: Child, now: datetime) -> None:
    """Wait for the first patrol to end and print its one line; a slow machine is only told so."""
    until, since = time.monotonic() + START_SECONDS, now.isoformat()
    while time.monotonic() < until:
        if not child.alive:
            raise ServerError(f"任务服务没有启动起来，原因见 {child.log} 的末尾")
        asked = server.runs_tagged(FIRST_PATROL, since)
        if line := outcome(asked, server.runs_of(PATROL, since) if asked else ()):
            say(f"第一次巡查：{line}")
            return
        if not asked and PATROL in server.switched_off():
            say(f"“{PATROL}”已停用，启动时没有巡查")
            return
        time.sleep(0.3)
    say("第一次巡查还没有结束，结果稍后见界面")


def _report_schedules(server: Server) -> None:
    """Say whether the scheduler really made the next runs; a healthy server alone proves nothing."""
    until = time.monotonic() + 20
    while not (found := server.next_runs()) and time.monotonic() < until and not server.all_off():
        time.sleep(0.3)
    if found:
        say(f"定时任务正常，已排好 {found} 次后续运行")
    elif not server.all_off():
        say("注意：定时任务没有排上，到点不会自动巡查！请把 logs/server.log 交给维护人员")
    say(*(f"注意：{line}" for line in off_in_words()))
