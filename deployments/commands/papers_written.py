"""`shifan papers write`: one paper each, as Word or PDF."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from deployments.say import say, say_of
from deployments.typed.options import Now, OfCampaign
from deployments.typed.values import InFile, Name, OutFile, Post

if TYPE_CHECKING:
    from tasks.papers.keeping import PaperOrder, WrittenPaper

write = App(name="write", help="形成一份文书，写成 Word 或 PDF 文件。")

Out = Annotated[
    OutFile, Parameter(help="写到哪个文件，以 .docx 或 .pdf 结尾；同名文件会换成新的。")
]
By = Annotated[Post, Parameter(help="由谁（职务）形成。")]
RedHead = Annotated[bool, Parameter(help="加红头：发文机关标志、发文字号、红线；一般文书不加。")]
DocumentNumber = Annotated[
    Name, Parameter(help="发文字号，如 金政发〔2025〕33号；只和 --red-head 一起用。")
]


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class HowWritten:
    """What is asked of every paper: where to, by whom, with a red head or none, of which campaign."""

    out: Out
    by: By = "创建办"
    red_head: RedHead = False
    number: DocumentNumber = ""
    campaign: OfCampaign = None

    def order(self, to: str = "") -> "PaperOrder":
        """Return it as the order of a paper, addressed ``to`` whom where it has an addressee."""
        from tasks.papers.keeping import PaperOrder

        return PaperOrder(self.out, self.by, to, self.red_head, self.number)


@write.command
def report(*, how: HowWritten, to: Name = "", texts: InFile | None = None, moment: Now) -> None:
    """写自评报告：各章取自登记的数据，每个数字都有来源，没有的标【待补】。

    示例：

        shifan papers write report --out 自评报告.docx --to 省委依法治省办

    Parameters
    ----------
    to
        主送机关。
    texts
        表里没有的文字：一个文本文件，以【组织领导】【存在问题】【下一步打算】各一行开头，下面逐段写；
        写过一次以后各版都沿用。
    """
    from tasks.papers.writing import write_report

    say_written(how, write_report(how.campaign, how.order(to), moment, texts))


@write.command
def problems(*, how: HowWritten, moment: Now) -> None:
    """写问题清单：逾期未完成和未达标的事项，一项一行。

    示例：

        shifan papers write problems --out 问题清单.docx
    """
    from tasks.papers.writing import write_problems

    say_written(how, write_problems(how.campaign, how.order(), moment))


@write.command
def rectification(*, how: HowWritten, moment: Now) -> None:
    """写整改台账：每个单位逾期的每一项一行，措施由单位填。

    示例：

        shifan papers write rectification --out 整改台账.docx
    """
    from tasks.papers.writing import write_rectification

    say_written(how, write_rectification(how.campaign, how.order(), moment))


@write.command
def dispatch(
    unit: Name,
    *,
    how: HowWritten,
    sender: Name = "创建办",
    level: Name = "",
    levels: InFile | None = None,
    moment: Now,
) -> None:
    """写督办单：一个单位逾期和临近时限的事项；颜色按时限和上一张督办单是否办结来定。

    示例：

        shifan papers write dispatch 市司法局 --out 督办单.docx
        shifan papers write dispatch 市司法局 --out 督办单.docx --level 红色

    Parameters
    ----------
    unit
        发给哪个单位。
    sender
        由谁发出；创建办、专班等议事协调机构不能发给下级党委、政府。
    level
        至少用哪一级；重要、紧急的可以直接用较重的一级。
    levels
        本单位的督办分级表（YAML）；默认蓝色、黄色、红色三级。
    """
    from tasks.papers.dispatching import DispatchOrder, write_dispatch

    asked = DispatchOrder(unit, sender, level, levels)
    say_written(how, write_dispatch(how.campaign, asked, how.order(), moment))


@write.command
def bulletin(*, how: HowWritten, texts: InFile | None = None, moment: Now) -> None:
    """写通报：总体进展和需要抓紧的事项，单位按方案的次序，不排名。

    示例：

        shifan papers write bulletin --out 通报.docx

    Parameters
    ----------
    texts
        表里没有的文字：一个文本文件，以【下一步打算】一行开头，下面逐段写。
    """
    from tasks.papers.writing import write_bulletin

    say_written(how, write_bulletin(how.campaign, how.order(), moment, texts))


@write.command(name="checklist")
def unit_checklist(unit: Name, *, how: HowWritten, moment: Now) -> None:
    """写一个单位的工作清单：承担的全部事项、时限和进度。

    示例：

        shifan papers write checklist 市司法局 --out 清单.docx

    Parameters
    ----------
    unit
        哪个单位。
    """
    from tasks.papers.writing import write_unit_checklist

    say_written(how, write_unit_checklist(how.campaign, unit, how.order(), moment))


@write.command(name="mock-assessment")
def mock_assessment(drill: Name, *, how: HowWritten, moment: Now) -> None:
    """写模拟评估报告：怎样抽样、各环节的结果和结论、合成得分、薄弱环节，取自复核过的工作底稿。

    示例：

        shifan papers write mock-assessment M1 --out 模拟评估报告.docx

    Parameters
    ----------
    drill
        编号，如 M1。
    """
    from tasks.assessment.report import write_drill_report

    say_written(how, write_drill_report(how.campaign, drill, how.order(), moment))


def say_written(how: HowWritten, written: "WrittenPaper") -> None:
    """Print what came of a paper: its version, and what the writer should know."""
    version = written.version
    state = "已形成" if version.new else "内容没有变化，仍是"
    counted = f"{version.characters:,} 字，空白 {version.blanks} 处"
    say_of(how.campaign, f"{state}{version.name}，{counted}，已写到 {how.out.name}")
    say(*written.lines)
