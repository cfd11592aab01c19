"""`shifan indicators`: read the system's document, an empty table out, the office's own table in."""

from typing import Annotated

from cyclopts import App, Parameter

from deployments.say import say, say_loaded
from deployments.typed.options import NewWorkbook, Now, OfCampaign
from deployments.typed.values import InFile, OutFile

indicators = App(name="indicators", help="指标体系：读文件，生成空表，填好后装入。")


@indicators.command(name="compile")
def compile_system_(
    file: InFile,
    *,
    as_json: Annotated[bool, Parameter(name="--json")] = False,
    review: OutFile | None = None,
) -> None:
    """读指标体系、测评细则、责任分解表，生成指标表。

    公文、网页、PDF 同 shifan plan compile，还有 Excel 表（.xlsx）。各级分值加不加得起来、编号有没有缺、
    文中写的项数对不对，由程序核对，对不上的列为疑点。不是指标体系的文件退出码为 1。

    例如：

        shifan indicators compile 指标体系.docx --review 指标审核表.xlsx

    Parameters
    ----------
    file
        要读的文件。
    as_json
        把读出的内容以 JSON 打印到屏幕，此外不打印任何内容。
    review
        写一份审核表（.xlsx），在 Excel 里核对、改正后用 shifan indicators load 装入。
    """
    from tasks.indicators.compiling import compile_system, require_review, write_review

    require_review(file, review)
    found = compile_system(file)
    if review:
        write_review(found, review)
    if as_json:
        say(found.as_json())
        return
    say(*found.summary())
    if review:
        say(f"已写入 {review}，核对、改正后运行 shifan indicators load {review}")


@indicators.command
def template(file: NewWorkbook) -> None:
    """生成空的指标表，附示例和填写说明。

    示例：

        shifan indicators template 指标.xlsx
    """
    from tasks.lists.indicators import write_template

    write_template(file)
    say(f"已生成空的指标表 {file}，填好后运行 shifan indicators load {file}")


@indicators.command
def load(
    file: InFile, *, campaign: OfCampaign = None, add_units: bool = False, moment: Now
) -> None:
    """装入指标表：指标、目标值和责任单位。可反复执行；表里删去的指标标为撤销，进展保留。

    示例：

        shifan indicators load 指标.xlsx

    Parameters
    ----------
    file
        填好的 Excel 文件，列名见 shifan indicators template。
    add_units
        名册里没有的单位直接新增（默认逐个指出，不装入）。
    """
    from tasks.lists.indicators import load_indicators

    say_loaded(load_indicators(campaign, file, moment=moment, may_add_units=add_units))
