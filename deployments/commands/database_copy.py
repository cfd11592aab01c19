"""`shifan db copy`: move the database to PostgreSQL, or back into a file."""

from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from deployments.commands.database import db
from deployments.say import say, say_table
from deployments.typed.values import Address, InFile, Post

if TYPE_CHECKING:
    from models.backup.comparing import Compared

HEAD = ("表", "行数", "那边", "核对")


@db.command
def copy(
    *,
    to: Address,
    by: Post = "操作员",
    check: bool = False,
    password_file: InFile | None = None,
    ask_password: bool = False,
) -> None:
    """把数据库搬到 PostgreSQL，或从 PostgreSQL 搬回一个文件：逐表逐行核对，原来的库标明已搬走。

    示例：

        shifan db copy --to postgresql://shifan@10.1.2.3/shifan --ask-password --by 创建办
        shifan db copy --to var/shifan.db --by 创建办

    Parameters
    ----------
    to
        搬到哪里：postgresql://用户@主机/库名（空的库；口令不写在这里），或一个文件，如 var/shifan.db。
    by
        由谁搬（职务）。
    check
        只核对两边是否一致，什么都不改。
    password_file
        PostgreSQL 的口令写在这个文件里（一行，只有自己能读）。
    ask_password
        当场输入 PostgreSQL 的口令，屏幕上不显示。
    """
    from deployments.service.only_one import only_one
    from deployments.service.passwords import database_password
    from flows.running import clock
    from models.errors import CampaignError, ServerError
    from models.files.home import home
    from tasks.audit import moving

    secret = database_password(password_file, ask=ask_password)
    if check:
        _say_compared(moving.compare_with(to, secret))
        return
    faults = []
    with ExitStack() as alone:
        try:
            alone.enter_context(only_one(home(), "请先在那个窗口按 Ctrl-C 停止，再搬"))
        except ServerError as error:
            faults.append(str(error))
        faults += moving.faults_before(to, secret)
        if faults:
            raise CampaignError("\n".join(faults))
        done = moving.move_database(to, by, clock.moment(), secret)
    for warning in done.warnings:
        say(f"注意：{warning}（原来就是这样）")
    if done.kept:
        say(f"原来在那里的文件留在 {done.kept}")
    if done.finished:
        say("上次已经搬完、核对过，现在启用了新的库")
    else:
        _say_compared(done.tables)
        say(f"记录链 {done.entries} 条在新的库里核对通过；这次搬家已记入记录链")
    # As it was typed: what is said of it names neither its socket nor its options.
    setting = "去掉 SHIFAN_DATABASE_URL"
    if "://" in done.to:
        setting = (
            f"设 SHIFAN_DATABASE_URL={to}（口令加在用户后面，里面的 @ : / # ? % 写成 "
            "%40 %3A %2F %23 %3F %25；写在只有自己能读的 .env 里）"
        )
    say(
        f"已搬到 {done.to}；原来的库只作留存，不能再用。请{setting}，再运行 shifan audit verify，然后启动 shifan up"
    )


def _say_compared(tables: "Sequence[Compared]") -> None:
    """Print the tables that hold anything, and whether they are the same; raise CampaignError where not."""
    from models.errors import CampaignError
    from models.rules.archive.words import table_word

    rows = [
        (table_word(one.table), f"{one.rows:,}", f"{one.there:,}", _verdict(one))
        for one in tables
        if one.rows or one.there or not one.same
    ]
    say_table("", HEAD, rows)
    total = sum(one.rows for one in tables)
    if wrong := [table_word(one.table) for one in tables if not one.same]:
        raise CampaignError(f"不一致：{'、'.join(wrong)}")
    say(f"一致：{len(tables)} 个表共 {total:,} 行，每一行都核对过")


def _verdict(one: "Compared") -> str:
    if not one.same:
        return "不一致"
    if one.own:
        return "一致，只多了搬家自己的一条记录"
    return f"一致，那边此后又添了 {one.since} 条" if one.since else "一致"
