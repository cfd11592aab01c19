"""`shifan up`: start everything."""

from typing import Annotated

from cyclopts import App, Parameter

from deployments.say import say
from deployments.typed import Host, Name, Port, Source


def register(app: App) -> None:
    """Add the word to the command."""
    app.command(up)


def up(
    *,
    plan: Source | None = None,
    demo: Annotated[bool, Parameter(negative="--no-demo")] = True,
    host: Host = "127.0.0.1",
    port: Port = 4200,
    password: Name | None = None,
) -> None:
    """启动:界面、定时任务和第一次巡查;按 Ctrl-C 停止,再次启动接着用。

    示例:

        shifan up
        shifan up --plan 我市方案.yaml --no-demo --host 0.0.0.0 --password 口令

    Parameters
    ----------
    plan
        启动前装入这个方案。
    demo
        数据库是空的时候装入演示数据,这是默认的;--no-demo 不装。
    host
        监听的地址;0.0.0.0 表示局域网内的电脑和手机都能访问,这时请同时设 --password。
    port
        端口。
    password
        访问界面的口令(用户名 admin);也可以用环境变量 SHIFAN_PASSWORD 设置。
    """
    from deployments.up import run_up
    from flows import clock
    from models.schema import upgrade
    from models.settings import settings
    from tasks.demo import load_demo
    from tasks.plan_loading import find_plan, load_plan, read_plan, slug_for

    now, today = clock.now(), clock.today()
    read = None
    if plan is not None:
        path = find_plan(str(plan))
        read = read_plan(path)
    upgrade(now)
    if read is not None:
        stored = load_plan(read, slug=slug_for(path, read), start=None, now=now, today=today)
        say(f"{stored.title}:{stored.changes} 处变更")
    elif demo and (loaded := load_demo(now, today)):
        say(f"已装入演示数据【演示】:{loaded.title};演示的提醒不会发出")
    secret = settings().password
    run_up(host, port, password or (secret.get_secret_value() if secret else None), now)
