"""`shifan plan`: read a document, take a plan in."""

from typing import Annotated

from cyclopts import App, Parameter

from deployments.commands.plan_compile import compile_document, read_plan_file, summary
from deployments.say import say
from deployments.typed import Day, Name, Source
from models.errors import CampaignError

REVIEWS = {".xlsx", ".xlsm"}

plan = App(name="plan", help="方案：读公文、装入方案。")


def register(app: App) -> None:
    """Add the word to the command."""
    app.command(plan)


plan.command(compile_document, name="compile")


@plan.command
def load(
    source: Source,
    *,
    start: Day | None = None,
    slug: Name | None = None,
    yes: Annotated[bool, Parameter(negative="")] = False,
) -> None:
    """装入方案，可反复执行：内容没变就是 0 处变更，进度和联系人不受影响。

    公文会先读出内容给人看，核对后加 --yes 装入，或先用 plan compile --review 生成审核表改正后再装入。

    示例：

        shifan plan load jinchang-2025 --slug jc --start 2026-03-02
        shifan plan load 审核表.xlsx --slug jc

    Parameters
    ----------
    source
        方案文件（.yaml .json）、审核表（.xlsx）、公文（.docx .pdf .txt .md .html），
        或自带方案包的名字：jinchang-2025、zengdu-2023、jiaozuo-publicity-2023。
    start
        把全部日期整体平移，使方案的第一天落在这一天；原日期仍保留。
    slug
        简称，用在地址和文件名里：小写字母、数字、短横线。默认取文件名。
    yes
        已核对公文读出的内容，直接装入。
    """
    from flows import clock
    from models.schema import ensure_schema
    from tasks.holidays import not_published, years_ahead
    from tasks.plan_loading import find_plan, is_pack, load_plan, read_plan, slug_for, sound

    now = clock.now()
    path = find_plan(source)
    if is_pack(path):
        read = read_plan(path)
    else:
        read, doubts = read_plan_file(path)
        if path.suffix.lower() not in REVIEWS and not yes:
            for line in summary(read, doubts):
                say(line)
            raise CampaignError(
                f"还没有装入。核对无误后运行 shifan plan load {source} --yes；"
                f"要改正，先运行 shifan plan compile {source} --review 审核表.xlsx，"
                "改好后再运行 shifan plan load 审核表.xlsx"
            )
        read = sound(read, path.name)
    ensure_schema(now)
    stored = load_plan(
        read, slug=slug or slug_for(path, read), start=start, now=now, today=clock.today()
    )
    say(
        f"{stored.title}（简称 {stored.slug}）：{stored.changes} 处变更；"
        f"{stored.stages} 个阶段、{stored.work_items} 项工作任务、{stored.assignments} 条责任分解"
    )
    if unknown := not_published(years_ahead(stored.slug, clock.today())):
        say(unknown)
