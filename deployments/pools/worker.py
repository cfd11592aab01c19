"""`shifan worker`: one worker of a pool in the foreground, started again when it dies."""

import os
import socket
import sys

from deployments.pools.server_of_the_office import surroundings_on_a_pool
from deployments.say import say
from deployments.service.children import Child
from deployments.service.only_one import only_one
from deployments.service.server import Server
from deployments.service.watching import ended_by_signal, watch
from models.errors import ServerError
from models.files.home import home as private_home


def run_worker(pool: str, limit: int, name: str) -> None:
    """Work for ``pool`` until told to end; runs end with it, however it ends.

    Raises ServerError in one line where the server or the pool is missing, where the pool is not one of
    processes, and where `shifan up` runs on this home or it is being restored.
    """
    home = private_home().resolve()
    surroundings = surroundings_on_a_pool(home)
    _require_pool(Server(surroundings).pool_type(pool), pool)
    called = name or socket.gethostname()
    log = home / "logs" / f"worker-{called}-{os.getpid()}.log"
    with only_one(home, "先停止它，再启动 shifan worker", shared=True), ended_by_signal():
        command = [
            sys.executable,
            "-m",
            "deployments.pools.work",
            str(home),
            pool,
            called,
            str(limit),
        ]
        child = Child("工作进程", command, surroundings, log, home)
        try:
            say(f"工作进程 {called} 已启动：工作池“{pool}”，同时最多 {limit} 个；日志 {log}")
            say("按 Ctrl-C 停止")
            watch([child])
        finally:
            say("正在停止……")
            child.tell_to_end()
            child.wait_for_end()
    say("已停止")


def _require_pool(kind: str | None, pool: str) -> None:
    if kind is None:
        raise ServerError(f"Prefect 服务上没有工作池“{pool}”；请先运行 shifan deploy --pool {pool}")
    if kind != "process":
        raise ServerError(
            f"工作池“{pool}”的类型是 {kind}，要用 prefect worker start --type {kind} --pool {pool} 启动"
        )
