"""`shifan db`: the database's version and copies of it."""

from cyclopts import App

from deployments.say import say
from deployments.typed.options import Now
from deployments.typed.values import InFile, OutFileAnywhere, Post

db = App(name="db", help="数据库：升级、备份、恢复。")


@db.command
def upgrade(*, backed_up: bool = False) -> None:
    """把数据库升到当前程序的版本；升级前自动备份，可反复执行。

    示例：

        shifan db upgrade

    Parameters
    ----------
    backed_up
        PostgreSQL 上的大库已经另外备份好了，不再自动备份。
    """
    from flows.running import clock
    from models.schema import REVISION
    from models.schema import upgrade as run_upgrade
    from tasks.audit.chain import mend_protection

    before = run_upgrade(clock.now(), backed_up=backed_up)
    if mended := mend_protection(clock.moment()):
        say(f"已补上审计所依靠的触发器：{'、'.join(mended)}（记录在案）")
    say(f"数据库已是版本 {REVISION}" if before == REVISION else f"数据库已升到版本 {REVISION}")


@db.command
def backup(to: OutFileAnywhere | None = None, *, moment: Now) -> None:
    """备份数据库到一个文件，运行中也可以备份；证明材料库和密钥另外复制，怎样复制会写明。

    示例：

        shifan db backup 2025-07-21.db

    Parameters
    ----------
    to
        备份文件；默认放在数据目录的 backups/ 下，以时间命名。
    """
    from models.schema import keep_copy
    from tasks.audit.restoring import keys_beside_backup
    from tasks.doctor.backups import note_backup
    from tasks.evidence.vault_checking import vault_beside_backup

    copy = keep_copy(moment.now, to)
    note_backup(copy, moment.now)
    say(f"已备份到 {copy}")
    for beside in filter(None, (vault_beside_backup(), keys_beside_backup())):
        say(beside)


@db.command
def restore(file: InFile, *, by: Post = "操作员") -> None:
    """用一份备份换下现在的数据库：先核对备份，原来的留在 backups/ 里，记入记录链并通知创建办。

    示例：

        shifan db restore 2026-04-20.db --by 创建办

    Parameters
    ----------
    file
        shifan db backup 生成的文件，或升级前自动留下的备份；旧版本的会升级。
    by
        由谁恢复（职务）。
    """
    from deployments.service.only_one import only_one
    from flows.running import clock
    from models.files.home import home
    from tasks.audit.restoring import restore as run_restore
    from tasks.evidence.vault_checking import missing_in_vault

    with only_one(home(), "请先在那个窗口按 Ctrl-C 停止，再恢复"):
        done = run_restore(file, by, clock.moment())
    until = f"{done.until} 为止的 " if done.until else ""
    if done.again:
        say(f"此前已恢复到这份备份（{until}{done.entries} 条记录），此后没有改动，不必再恢复")
        return
    for warning in done.warnings:
        say(f"注意：备份里{warning}")
    say(f"已恢复到{until or '这份备份的 '}{done.entries} 条记录；{done.lost}")
    if done.kept:
        say(f"原来的数据库留在 {done.kept}")
    if missing := missing_in_vault():
        say(
            f"证明材料库里缺少 {missing} 个文件：请把与这份备份一起复制的 vault 文件夹放回，"
            "再运行 shifan vault check"
        )
    say(
        "恢复以前的登录、本人链接、日历和大屏的地址都已作废：领导和单位凭新的提醒或验证码进来，"
        "日历和大屏请重新取地址；停用的账号和换过的口令以恢复以前的为准，请用 shifan window account list 核对"
    )
    say("已记入记录链，创建办会收到通知；请运行 shifan audit verify 核对，再启动 shifan up")
