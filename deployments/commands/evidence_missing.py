"""`shifan evidence missing`: which demands still wait for a piece that is accepted."""

from deployments.say import say_of, say_table
from deployments.typed.options import Now, OfCampaign


def missing(*, campaign: OfCampaign = None, moment: Now) -> None:
    """列出还没有通过的证明材料的要求，和各自差在哪里：没有材料、等待审核、已退回、有效期已过。

    示例：

        shifan evidence missing
    """
    from tasks.evidence.looking_up import missing_evidence

    found = missing_evidence(campaign, moment.today)
    if found is None:
        say_of(campaign, "还没有收到任何证明材料")
        return
    if found:
        say_table(
            "没有通过的证明材料的要求",
            ["要求号", "要求内容", "差在哪里"],
            [(one.name, one.text, one.why) for one in found],
        )
    say_of(
        campaign,
        f"还有 {len(found)} 项要求没有通过的证明材料" if found else "每项要求都有通过的证明材料",
    )
