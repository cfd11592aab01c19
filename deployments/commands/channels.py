"""`shifan channels`: show where messages would go, and try whether they arrive."""

from cyclopts import App

from deployments.say import say
from deployments.typed.values import Name

channels = App(name="channels", help="通道：查看和试发。")


@channels.command
def test(tag: Name) -> None:
    """给一个标签的每个对象发一条测试消息；有任何一个没收到就以 1 退出，并说明原因。

    示例：

        shifan channels test 创建办

    Parameters
    ----------
    tag
        通道配置文件里的标签：单位名、单位名-负责人、创建办、分管领导、组长。
    """
    from deployments.typed.options import open_tables
    from tasks.notices.trying import tried
    from tasks.office.reach import channels_named

    known = channels_named()
    answers = tried(known, tag, open_tables().now)
    say(*answers.lines)
    answers.require()
    say(f"标签 {tag} 的 {len(answers.lines)} 个对象都已收到")


@channels.command
def check() -> None:
    """列出每个标签对应的通道、上次成功和上次失败（附对方原话）；不发送任何内容，不显示密钥。

    示例：

        shifan channels check
    """
    from deployments.typed.options import open_tables
    from models.errors import ChannelError
    from tasks.notices.trying import shown
    from tasks.office.reach import channels_named

    known = channels_named()
    say(*shown(known, open_tables().today))
    say(f"共 {len(known.tags)} 个标签")
    if known.faults:
        lines = "\n".join(f"  {fault}" for fault in known.faults)
        raise ChannelError(f"通道配置文件有 {len(known.faults)} 处不能使用：\n{lines}")


@channels.command
def selftest() -> None:
    """通道自检（平时每天 8:00 自动运行）：全部正常时只说一句，有问题时逐条列出、通知创建办并以 1 退出。

    不向任何人发测试消息。

    示例：

        shifan channels selftest
    """
    from deployments.typed.options import open_tables
    from models.errors import ChannelError
    from tasks.notices.self_test import self_test
    from tasks.office.reach import channels_named

    channels_named()
    found = self_test(open_tables())
    say(found.looked_at)
    if found.faults:
        lines = "\n".join(f"  {fault}" for fault in found.faults)
        raise ChannelError(f"通道自检发现 {len(found.faults)} 处问题：\n{lines}")
    say("通道没有发现问题")
