"""`shifan evidence suggest`: which demands without evidence a piece that is there could serve, too."""

from deployments.say import say, say_of, say_table
from deployments.typed.options import Now, OfCampaign
from deployments.typed.values import Name


def suggest(code: Name = "", *, campaign: OfCampaign = None, moment: Now) -> None:
    """一份材料多处使用：列出还缺材料的要求里，已报的材料也许还能证明哪些。只按字词相近提示，由人核对后引用。

    示例：

        shifan evidence suggest
        shifan evidence suggest E0003
        shifan evidence add --code E0003 --item 1.1.3#2 --by 创建办

    Parameters
    ----------
    code
        只看一份材料；不写就看全部。
    """
    from tasks.evidence.suggesting import suggested

    found = suggested(campaign, moment.today, code)
    if not found:
        say_of(campaign, "没有找到还能多处使用的材料")
        return
    say_table(
        "也许还能证明的要求",
        ["编号", "材料名称", "要求号", "要求内容", "差在哪里", "相同的字词"],
        [one.row for one in found],
    )
    pieces = {one.line.code for one in found}
    say_of(campaign, f"{len(pieces)} 份材料也许还能证明 {len(found)} 处，请逐条核对")
    one = found[0]
    say(
        f"核对无误的，不用再报文件：shifan evidence add --code {one.line.code} --item {one.demand} --by 创建办"
    )
