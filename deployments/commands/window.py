"""`shifan window`: the pages alone, accounts, and what withdraws links."""

from typing import Annotated, Literal

from cyclopts import App, Parameter

from deployments.say import say, say_json, say_table
from deployments.typed.options import AnyCampaign, Json, Now
from deployments.typed.values import Host, Name, Port, Post

window = App(
    name="window",
    help="窗口：给领导、单位和创建办看的网页；账号、登录链接和收回链接。不写子命令就只开窗口，不启动 Prefect。",
)
account = App(name="account", help="窗口的账号：一人一个；添加、列出、停用、恢复、改口令。")
window.command(account)
Role = Literal["office", "auditor"]
Doer = Annotated[Post, Parameter(help="由谁（职务）办理。")]


@window.default
def alone(*, host: Host = "127.0.0.1", port: Port = 4200) -> None:
    """只开窗口：Prefect 起不来的时候，照样看、签收、登记和决定；按 Ctrl-C 停止。

    示例：

        shifan window
        shifan window --host 0.0.0.0

    Parameters
    ----------
    host
        监听的地址；0.0.0.0 表示局域网内的电脑和手机都能访问，这时必须有账号。
    port
        端口。
    """
    from deployments.service.window_alone import run_alone
    from deployments.typed.options import open_tables

    run_alone(host, port, open_tables())


@account.command
def add(name: Name, *, role: Role, by: Doer = "创建办", moment: Now) -> None:
    """添加一个账号，口令在提示后输入两次，不写在命令里。

    示例：

        shifan window account add 张科 --role office
        shifan window account add 审计 --role auditor

    Parameters
    ----------
    name
        账号名，一人一个；以后登录时输入它。
    role
        office 是创建办的同事，什么都能办；auditor 只看，什么也改不了。
    """
    from deployments.typed.code import read_new_password
    from models.rules.window.sight import VisitorRole
    from tasks.window.accounts import add_account, require_free_name

    require_free_name(name)
    add_account(name, VisitorRole(role), read_new_password(), by, moment)
    say(f"已添加账号“{name}”")


@account.command(name="list")
def list_(*, json: Json = False, moment: Now) -> None:
    """列出全部账号。

    示例：

        shifan window account list
    """
    from tasks.window.accounts import account_rows

    rows = account_rows()
    if json:
        say_json({"accounts": rows})
    elif not rows:
        say("还没有账号；添加用 shifan window account add 账号名 --role office")
    else:
        heads = ["账号", "角色", "状态", "添加时间", "添加人"]
        say_table("账号", heads, [(r.name, r.role, r.state, r.made_at, r.made_by) for r in rows])


@account.command
def lock(name: Name, *, by: Doer = "创建办", moment: Now) -> None:
    """停用一个账号：马上退出，不能再登录；记录都留着，可以恢复。

    示例：

        shifan window account lock 张科
    """
    from tasks.window.accounts import lock_account

    done = lock_account(name, by, moment)
    say(f"已停用账号“{name}”" if done else f"账号“{name}”此前已停用")


@account.command
def unlock(name: Name, *, by: Doer = "创建办", moment: Now) -> None:
    """恢复一个停用的账号，口令还是原来的。

    示例：

        shifan window account unlock 张科
    """
    from tasks.window.accounts import unlock_account

    done = unlock_account(name, by, moment)
    say(f"已恢复账号“{name}”" if done else f"账号“{name}”没有停用")


@account.command
def password(name: Name, *, by: Doer = "创建办", moment: Now) -> None:
    """给账号换一个口令，在提示后输入两次；用旧口令进来的随即退出。

    示例：

        shifan window account password 张科
    """
    from deployments.typed.code import read_new_password
    from tasks.window.accounts import account_number, set_password

    account_number(name)
    set_password(name, read_new_password(), by, moment)
    say(f"已换口令：{name}")


@window.command
def enter(name: Name = "", *, moment: Now) -> None:
    """打印一个登录链接，只能用一次，一天内有效：忘了口令，或者这台电脑上第一次进去。

    示例：

        shifan window enter
        shifan window enter 张科

    Parameters
    ----------
    name
        哪个账号；不写是创建办的第一个账号。
    """
    from notifications import links
    from tasks.window.accounts import account_number, first_account
    from tasks.window.links import once_token

    number = account_number(name) if name else first_account(moment)
    say(f"{links.ui()}/in/{once_token(number, moment.now)}")


@window.command
def revoke(post: Name, *, by: Doer = "创建办", campaign: AnyCampaign = None, moment: Now) -> None:
    """收回一个岗位的登录链接：发出去的都不再有效，已经进来的随即退出；下一条消息里是新的。

    示例：

        shifan window revoke 市司法局联络员
        shifan window revoke 全部

    Parameters
    ----------
    post
        岗位的标签或职务；全部 表示所有岗位。
    """
    from tasks.window.links import withdraw_links

    say(f"已收回登录链接：{'、'.join(withdraw_links(post, by, campaign, moment))}")
