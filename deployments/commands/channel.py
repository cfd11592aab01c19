"""`shifan channels`: the words of the command; what they do is in `channels`."""

from cyclopts import App

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
    from deployments.commands.channels import test_channel

    test_channel(tag)


@channels.command
def check() -> None:
    """列出每个标签对应的通道、上次成功和上次失败（附对方原话）；不发送任何内容，不显示密钥。

    示例：

        shifan channels check
    """
    from deployments.commands.channels import check_channels

    check_channels()


@channels.command
def selftest() -> None:
    """通道自检（平时每天 8:00 自动运行）：全部正常时只说一句，有问题时逐条列出、通知创建办并以 1 退出。

    不向任何人发测试消息。

    示例：

        shifan channels selftest
    """
    from deployments.commands.channels import test_silently

    test_silently()
