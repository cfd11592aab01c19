"""`shifan deploy`: the work pool and every deployment on it, on the office's own Prefect server."""

from typing import Literal

from deployments.say import say
from deployments.typed.options import Now
from deployments.typed.values import Name, Number

KEPT = "不变"


def deploy(
    *,
    pool: Name = "shifan",
    type: Literal["process", "docker", "kubernetes"] = "process",
    limit: Number | None = None,
    image: Name = "",
    dry_run: bool = False,
    moment: Now,
) -> None:
    """登记到工作池：建好工作池，把全部定时任务和表单登记上去；可以反复运行，停用的仍停用。

    示例：

        shifan deploy
        shifan deploy --dry-run

    Parameters
    ----------
    pool
        工作池的名字。
    type
        process 在启动 shifan worker 的电脑上运行；docker、kubernetes 每次运行一个容器。
    limit
        同时最多运行几个，至少 2 个；新建的工作池默认 8 个，已有的不写就不变。
    image
        docker、kubernetes 用的镜像，写明摘要：名字@sha256:……
    dry_run
        只说会做什么，什么也不写。
    """
    import asyncio
    import contextlib

    from deployments.pools.pool_faults import require_fit
    from deployments.pools.server_of_the_office import (
        page_of_the_office,
        said_in_one_line,
        surroundings_on_a_pool,
        take_on,
    )
    from models.files.home import home
    from models.settings import settings

    require_fit(type, image, settings().database, limit)
    take_on(surroundings_on_a_pool(home().resolve()))

    from prefect.context import AsyncClientContext

    from deployments.pools.deploying import WantedPool, deploy_to_pool
    from flows.running.publish import prepare_pages
    from notifications import links

    wanted = WantedPool(pool, type, image, limit)
    ui = page_of_the_office()

    async def run() -> None:
        # One client for all: left to itself Prefect makes two for each deployment.
        async with said_in_one_line(), AsyncClientContext.get_or_create() as one:
            zone = settings().time_zone
            done, ids = await deploy_to_pool(one.client, wanted, zone, dry=dry_run)
        if not dry_run:
            links.remember(ui, {name: str(found) for name, found in ids.items()})
        verb = "会" if dry_run else "已"
        say(f"工作池“{pool}”（{type}）：{done.pool if done.pool == KEPT else verb + done.pool}")
        say(f"{verb}登记 {len(done.registered)} 个定时任务和表单")
        if done.off:
            say(f"停用的仍停用：{'、'.join(done.off)}")
        if done.dropped:
            say(f"{verb}删去本版没有的：{'、'.join(done.dropped)}")

    if not dry_run:
        links.remember_ui(ui)  # the descriptions link to it
        with contextlib.suppress(Exception):  # made with the first change then
            prepare_pages()
    asyncio.run(run())
