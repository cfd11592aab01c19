"""`shifan plan`: read a document, take a plan in."""

from dataclasses import replace
from typing import Annotated

from cyclopts import App, Parameter

from deployments.commands.plan_changes import compare, merge
from deployments.say import say, say_aside, say_notes
from deployments.typed.options import Now
from deployments.typed.values import Codes, Day, InFile, Name, OutFile, Source
from models.errors import CampaignError, PlanError, UnclearError
from models.rules.typed_words import as_typed

plan = App(name="plan", help="方案：读公文、装入方案。")


@plan.command(name="compile")
def compile_document(
    file: InFile,
    *,
    output: Annotated[OutFile | None, Parameter(name=["--output", "-o"])] = None,
    as_json: Annotated[bool, Parameter(name="--json")] = False,
    review: OutFile | None = None,
) -> None:
    """读公文，生成计划。

    按内容认文件，扩展名写错也读：Word 和 WPS（.docx .docm .dotx .doc .wps）、PDF、OFD、网页（.html .mht）、文本（.txt .md）、附有方案的邮件（.eml .msg）；
    装有文字识别时还有扫描件和照片（.jpg .png .tif），装有 LibreOffice 时还有 .rtf .odt。压缩包、表格等会说明是什么、下一步怎么办。不是方案的文件（新闻、简报、报告）退出码为 3。

    例如：

        shifan plan compile 实施方案.docx --review 审核表.xlsx

    Parameters
    ----------
    file
        要读的公文。
    output
        把计划写到这个文件，扩展名 .yaml 或 .json。
    as_json
        把计划以 JSON 打印到屏幕，此外不打印任何内容。
    review
        另写一份审核表（.xlsx），在 Excel 里核对、改正后用 shifan plan load 装入。
    """
    from tasks.plans.compiling import compile_file, require_plan, require_targets, write_compiled

    require_targets(file, output, review)
    found = compile_file(file, say_aside)
    if as_json:
        say(found.as_json())
    require_plan(found, file)
    written = write_compiled(found, output, review)
    if as_json:
        return
    say(*found.summary(), *found.refused(), *found.warnings())
    for path in written:
        say(f"已写入 {path}")


plan.command(compare)
plan.command(merge)


@plan.command
def load(
    source: Source,
    *,
    start: Day | None = None,
    slug: Name | None = None,
    new: bool = False,
    yes: bool = False,
    parent: Name = "",
    of: Name = "",
    work_plan: bool = False,
    revised: Annotated[bool | None, Parameter(negative="--corrected")] = None,
    same: Codes = "",
    moment: Now,
) -> None:
    """装入方案，可反复执行：内容没变就是 0 处变更，进度和联系人不受影响。

    与已装入的方案不同的，先逐条列出来给人看，加 --yes 才装入：同一项任务沿用原来的编号（W5 还是 W5），登记过的进展、材料、
    手工改过的日期都留着；方案里没有了的任务撤下，不删。补充通知只写改什么的，只改这些，其余照旧。
    公文会先读出内容给人看，核对后加 --yes 装入，或先用 plan compile --review 生成审核表改正后再装入。

    示例：

        shifan plan load jinchang-2025 --start 2026-03-02
        shifan plan load 审核表.xlsx --slug "金昌 2025"
        shifan plan load 永昌方案.docx --parent "金昌 2025"

    Parameters
    ----------
    source
        方案文件（.yaml .json）、审核表（.xlsx）、公文（.docx .doc .pdf .html .txt 等，同 plan compile），
        或自带方案包的名字：jinchang-2025、zengdu-2023、jiaozuo-publicity-2023。
    start
        把全部日期整体平移，使方案的第一天落在这一天；原日期仍保留。
    slug
        简称，就是以后叫它的名字；默认取标题里的地名和年份，如 金昌 2025。
    new
        与已装入的方案相像，但确是另一个。
    yes
        已核对公文读出的内容，直接装入。
    parent
        上级的简称：县区的方案归到市里下面，市里看得到进展。上下级装在同一个系统里。
    of
        是上级名册里哪个单位的；发文机关在名册里的不必写。
    work_plan
        是部门、乡镇的工作计划，不是创建活动；看发文机关就知道的不必写。
    revised
        是修订稿、补充通知：原定日期保留，日期有变的单位会收到通知；--corrected 则只是把读错的改正过来。不写时看文号、印发日期和标题。
    same
        与已装入的方案对错了任务的，写明哪一项是哪一项：7=W5 是这一份的第 7 项就是原来的 W5，9=新 是第 9 项为新任务。
    """
    from tasks.cascade.placing import ToBePlaced
    from tasks.office.holidays import not_published, years_ahead
    from tasks.plans.changing import against_loaded, is_loaded
    from tasks.plans.loading import Alike, Over, load_plan, read_source, slug_for, sound

    given = {"--slug": slug, "--start": str(start) if start else None}
    given |= {"--parent": parent or None, "--of": of or None, "--same": same or None}
    where = ToBePlaced(parent, of, work_plan)
    flags = [word for word, said in (("--new", new), ("--work-plan", work_plan)) if said]
    flags += [] if revised is None else ["--revised" if revised else "--corrected"]
    read = read_source(source, say_aside)
    mended = (
        f"先运行 shifan plan compile {as_typed(source)} --review 审核表.xlsx，"
        f"改好后再运行 {_again('审核表.xlsx', given, *flags)}"
        if read.is_document
        else f"在“{read.name}”里改好后再运行 {_again(source, given, *flags)}"
    )
    if read.to_see and not yes:
        say(*read.to_see)
    against = against_loaded(read, slug, revised, same) if read.supplement else None
    try:
        plan = read.checked() if against is None else sound(against.plan, read.name)
    except PlanError as refused:
        raise CampaignError(f"{refused}\n要改正，{mended}") from refused
    name = against.slug if against else slug_for(plan, slug, another=new, where=where)
    if against is None and isinstance(name, str) and is_loaded(name):
        against = against_loaded(replace(read, plan=plan), name, revised, same)
    if same and against is None:
        raise PlanError("--same", ["还没有装入过这个方案，没有可对的任务，请去掉 --same"])
    say(*(against.lines() if against else ()))
    if (read.to_see or (against and against.changes)) and not yes:
        raise CampaignError(
            f"还没有装入。核对无误后运行 {_again(source, given, *flags, '--yes')}；要改正，{mended}"
        )
    if isinstance(name, Alike):
        own = name.own or "另起的简称"
        rest = [*(flag for flag in flags if flag != "--new"), *["--yes"] * yes]
        raise UnclearError(
            f"没有装入：{name.why}。\n"
            f"  更新“{name.slug}”：{_reopen(name.slug) if name.ended else ''}"
            f"{_again(source, given | {'--slug': name.slug}, *rest)}\n"
            f"  另建一个：{_again(source, given | {'--slug': own}, '--new', *rest)}"
        )
    if against is not None:
        plan = against.plan
    over = Over(revised) if against is None else against.over
    stored = load_plan(plan, slug=name, start=start, moment=moment, where=where, over=over)
    say(
        f"{stored.label}（{stored.title}）：{stored.changes} 处变更；"
        f"{stored.stages} 个阶段、{stored.work_items} 项工作任务、{stored.assignments} 条责任分解"
    )
    say(*stored.notes)
    if unknown := not_published(years_ahead(stored.slug, moment.today)):
        say(unknown)
    say_notes(read.notes)


def _reopen(slug: str) -> str:
    reopen = as_typed("shifan", "campaign", "reopen", slug, "--by", "职务", "--reason", "理由")
    return f"先恢复它（{reopen}），再运行 "


def _again(source: str, given: dict[str, str | None], *flags: str) -> str:
    """Return the command that does it, with every option that was given."""
    options = [word for name, value in given.items() if value for word in (name, value)]
    return as_typed("shifan", "plan", "load", source, *options, *flags)
