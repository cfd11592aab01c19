"""`shifan channels`: show where messages would go, and try whether they arrive."""

from collections.abc import Sequence

from cyclopts import App

from deployments.say import say
from deployments.typed.options import Now
from deployments.typed.values import Name
from models.errors import ChannelError

channels = App(name="channels", help="通道：查看和试发。")


@channels.command
def test(tag: Name, *, moment: Now) -> None:
    """给一个标签的每个对象发一条测试消息；有任何一个没收到就以 1 退出，并说明原因。

    示例：

        shifan channels test 创建办

    Parameters
    ----------
    tag
        通道配置文件里的标签：单位名、单位名-负责人、创建办、分管领导、组长。
    """
    from tasks.notices.trying import tried
    from tasks.office.reach import channels_named

    known = channels_named()
    answers = tried(known, tag, moment.now)
    say(*answers.lines)
    answers.require()
    say(f"标签 {tag} 的 {len(answers.lines)} 个对象都已收到")


@channels.command
def check(*, moment: Now) -> None:
    """列出每个标签对应的通道、上次成功和上次失败（附对方原话）；不发送任何内容，不显示密钥。

    示例：

        shifan channels check
    """
    from tasks.notices.trying import shown
    from tasks.office.reach import channels_named

    known = channels_named()
    say(*shown(known, moment.today))
    say(f"共 {len(known.tags)} 个标签")
    _require_none(known.faults, "通道配置文件有 {} 处不能使用")


@channels.command
def selftest(*, moment: Now) -> None:
    """通道自检（平时每天 8:00 自动运行）：全部正常时只说一句，有问题时逐条列出、通知创建办并以 1 退出。

    不向任何人发测试消息。

    示例：

        shifan channels selftest
    """
    from tasks.notices.self_test import self_test
    from tasks.office.reach import channels_named

    channels_named()
    found = self_test(moment)
    say(found.looked_at)
    _require_none(found.faults, "通道自检发现 {} 处问题")
    say("通道没有发现问题")


def _require_none(faults: Sequence[str], words: str) -> None:
    if faults:
        lines = "\n".join(f"  {fault}" for fault in faults)
        raise ChannelError(f"{words.format(len(faults))}：\n{lines}")
