"""`shifan plan`: take a plan in."""

from datetime import date

from cyclopts import App

from deployments.say import say

plan = App(name="plan", help="方案:装入方案文件或方案包。")


def register(app: App) -> None:
    """Add the word to the command."""
    app.command(plan)


@plan.command
def load(source: str, *, start: date | None = None, slug: str | None = None) -> None:
    """装入方案,可反复执行:内容没变就是 0 处变更,进度和联系人不受影响。

    示例:

        shifan plan load jinchang-2025 --slug jc --start 2026-03-02

    Parameters
    ----------
    source
        方案文件(.yaml .json),或自带方案包的名字:jinchang-2025、zengdu-2023、jiaozuo-publicity-2023。
    start
        把全部日期整体平移,使方案的第一天落在这一天;原日期仍保留。
    slug
        简称,用在地址和文件名里:小写字母、数字、短横线。默认取文件名。
    """
    from flows import clock
    from models.schema import ensure_schema
    from tasks.plan_loading import find_plan, load_plan, read_plan, slug_for

    now = clock.now()
    path = find_plan(source)
    read = read_plan(path)
    ensure_schema(now)
    stored = load_plan(
        read, slug=slug or slug_for(path, read), start=start, now=now, today=clock.today()
    )
    say(
        f"{stored.title}(简称 {stored.slug}):{stored.changes} 处变更;"
        f"{stored.stages} 个阶段、{stored.work_items} 项工作任务、{stored.assignments} 条责任分解"
    )
