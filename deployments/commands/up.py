"""`shifan up`: start everything."""

from typing import Annotated

from cyclopts import Parameter

from deployments.say import say, say_notes
from deployments.typed.values import Host, InFile, Name, Port, Source


def up(
    *,
    plan: Source | None = None,
    demo: Annotated[bool, Parameter(negative="--no-demo")] = True,
    host: Host = "127.0.0.1",
    port: Port = 4200,
    password_file: InFile | None = None,
    ask_password: bool = False,
    password: Annotated[Name | None, Parameter(show=False)] = None,
) -> None:
    """启动：界面、定时任务和第一次巡查；按 Ctrl-C 停止，再次启动接着用。

    示例：

        shifan up
        shifan up --plan 我市方案.yaml --no-demo --host 0.0.0.0 --ask-password

    Parameters
    ----------
    plan
        启动前装入这个方案。
    demo
        数据库是空的时候装入演示数据，这是默认的；--no-demo 不装。
    host
        监听的地址；0.0.0.0 表示局域网内的电脑和手机都能访问，这时必须有账号。
    port
        端口。
    password_file
        还没有账号时，第一个账号（创建办）的口令写在这个文件里（一行，只有自己能读）；也可以用环境变量 SHIFAN_PASSWORD。
    ask_password
        还没有账号时，当场设第一个账号（创建办）的口令，屏幕上不显示。
    password
        已停用：命令里的口令，这台电脑上谁都看得到。
    """
    from deployments.service.entrances import open_accounts, require_way_in
    from deployments.service.passwords import chosen_password

    secret = chosen_password(password, password_file, ask=ask_password)
    require_way_in(host, secret)
    say("正在启动：准备数据库、界面和定时任务，做第一次巡查，约需十几秒，慢的电脑一两分钟……")

    from deployments.service.only_one import only_one
    from deployments.service.up import run_up
    from flows.running import clock
    from models.errors import CampaignError, UnclearError
    from models.files.home import home
    from models.rules.typed_words import as_typed
    from models.schema import upgrade
    from tasks.plans.demo import load_demo
    from tasks.plans.loading import Alike, load_plan, read_source, slug_for

    moment = clock.moment()
    read = read_source(plan) if plan else None
    if read and read.to_see:
        say(*read.to_see)
        again = as_typed("shifan", "plan", "load", str(plan), "--yes")
        raise CampaignError(f"还没有装入。核对无误后运行 {again} 装入，再启动")
    wanted = read.checked() if read else None
    with only_one(home().resolve()):  # the running one, or a restoring, works on these very tables
        upgrade(moment.now)
        asks = open_accounts(host, secret, moment)
        if wanted:
            name = slug_for(wanted, None)
            if isinstance(name, Alike):
                raise UnclearError(
                    f"没有装入：{name.why}。请先用 shifan plan load {as_typed(str(plan))} 装入，再启动"
                )
            stored = load_plan(wanted, slug=name, start=None, moment=moment)
            say(f"{stored.label}（{stored.title}）：{stored.changes} 处变更")
            say_notes(read.notes if read else ())
        elif demo and (loaded := load_demo(moment)):
            say(f"已装入演示数据【演示】：{loaded.title}；演示的提醒不会发出")
        run_up(host, port, moment, asks=asks)
