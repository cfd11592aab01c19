"""`shifan vault`: whether the files of evidence still are what was handed in."""

from cyclopts import App

from deployments.say import say
from deployments.typed.options import Now
from models.errors import ProgressError

vault = App(name="vault", help="证明材料库：核对文件是否齐全、未被改动。")


@vault.command
def check(*, moment: Now) -> None:
    """逐个核对材料库里的文件：缺少的、被改动的、没有登记引用的。中断了再运行，从断处接着核对。

    示例：

        shifan vault check
    """
    from rich.console import Console
    from rich.progress import Progress

    from tasks.evidence.vault_checking import check_whole_vault, vault_in_words

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("核对材料库")
        report = check_whole_vault(
            lambda count, total: bar.update(task, completed=count, total=total)
        )
    lines = vault_in_words(report)
    if not report.sound:
        raise ProgressError("\n".join(lines))
    say(*lines)
