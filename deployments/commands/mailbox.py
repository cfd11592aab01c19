"""`shifan mailbox`: try whether the mailbox of the units can be opened."""

from cyclopts import App

from deployments.say import say

mailbox = App(name="mailbox", help="收件邮箱：检查。")


@mailbox.command
def check() -> None:
    """试着登录收件邮箱、打开文件夹，不取信、不改任何标记；不行就说出原因，以 1 退出。

    示例：

        shifan mailbox check
    """
    from tasks.intake.mailbox.checking import checked_mailbox

    say(checked_mailbox())
