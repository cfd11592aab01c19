"""`shifan db`: the database's version and copies of it."""

from cyclopts import App

from deployments.say import say
from deployments.typed import OutFileAnywhere

db = App(name="db", help="数据库：升级、备份。")


def register(app: App) -> None:
    """Add the word to the command."""
    app.command(db)


@db.command
def upgrade() -> None:
    """把数据库升到当前程序的版本；升级前自动备份，可反复执行。

    示例：

        shifan db upgrade
    """
    from flows import clock
    from models.schema import REVISION
    from models.schema import upgrade as run_upgrade
    from tasks.audit import mend_protection

    before = run_upgrade(clock.now())
    if mended := mend_protection(clock.now(), clock.today()):
        say(f"已补上审计表的保护：{'、'.join(mended)}（记录在案）")
    say(f"数据库已是版本 {REVISION}" if before == REVISION else f"数据库已升到版本 {REVISION}")


@db.command
def backup(to: OutFileAnywhere | None = None) -> None:
    """备份数据库到一个文件，运行中也可以备份。

    示例：

        shifan db backup 2025-07-21.db

    Parameters
    ----------
    to
        备份文件；默认放在数据目录的 backups/ 下，以时间命名。
    """
    from flows import clock
    from models.schema import ensure_schema, keep_copy

    now = clock.now()
    ensure_schema(now)
    copy = keep_copy(now, to)
    say(f"已备份到 {copy}" if copy else "PostgreSQL 请用 pg_dump 备份，见 README 备份一节")
