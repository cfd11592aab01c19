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

QUERY, QUERY_EVERY = (
    "PREFECT_WORKER_QUERY_SECONDS",
    "2",
)  # Prefect's own: 10, for each run of a round
IN_CONTAINERS = ("docker", "kubernetes")


def run_worker(pool: str, limit: int, name: str) -> None:
    """Work for ``pool`` until told to end; runs end with it, however it ends.

    On a pool whose runs have containers Prefect's own worker takes the runs, and this one only cares
    for them. Raises ServerError in one line where the server or the pool is missing, where the pool is
    of a kind that we do not make, and where `shifan up` runs on this home or it is being restored.
    """
    home = private_home().resolve()
    surroundings = {QUERY: QUERY_EVERY, **surroundings_on_a_pool(home)}
    kind = _kind_of(pool, Server(surroundings).pool_type(pool))
    cares = kind in IN_CONTAINERS
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
            "0" if cares else str(limit),
        ]
        child = Child("工作进程", command, surroundings, log, home)
        try:
            say(f"{_begun(called, pool, kind, limit)}；日志 {log}")
            say("按 Ctrl-C 停止")
            watch([child])
        finally:
            say("正在停止……")
            child.tell_to_end()
            child.wait_for_end()
    say("已停止")


def _begun(called: str, pool: str, kind: str, limit: int) -> str:
    if kind in IN_CONTAINERS:
        return (
            f"看护进程 {called} 已启动：工作池“{pool}”（{kind}）；它不领取运行，"
            f"领取的用 prefect worker start --type {kind} --pool {pool} 启动"
        )
    return f"工作进程 {called} 已启动：工作池“{pool}”，同时最多 {limit} 个"


def _kind_of(pool: str, kind: str | None) -> str:
    if kind is None:
        raise ServerError(f"Prefect 服务上没有工作池“{pool}”；请先运行 shifan deploy --pool {pool}")
    if kind not in ("process", *IN_CONTAINERS):
        raise ServerError(
            f"工作池“{pool}”的类型是 {kind}，不是 shifan deploy 建立的；请用 shifan deploy --pool 另起一个名字"
        )
    return kind
