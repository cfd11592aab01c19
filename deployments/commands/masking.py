"""`shifan evidence mask`: a masked copy of a piece, to be shown to the public."""

from deployments.say import say_notes, say_of
from deployments.typed.options import Now, OfCampaign
from deployments.typed.values import Name, OutFile, Post


def mask(
    code: Name,
    *,
    by: Post,
    out: OutFile | None = None,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """制作遮盖副本：遮去身份证号、手机号、银行卡号（138****1234），原件不动。

    副本存进证明材料库，原件里的号码在副本里不再存在；PDF 的副本每页都是图片。再做一次，还是同一份。

    示例：

        shifan evidence mask E0003 --by 创建办 --out 培训通知（遮盖）.docx

    Parameters
    ----------
    code
        材料编号，如 E0003。
    by
        由谁（职务）制作。
    out
        另存一份到这个文件；不会盖掉原件。
    """
    from tasks.evidence.masking.making import make_masked, save_masked

    made = make_masked(campaign, code, by, moment)
    if out:
        save_masked(made, out)
    done = "已制作" if made.new else "以前做过"
    where = f"，写在“{out}”" if out else ""
    say_of(campaign, f"{made.code} 的遮盖副本{done}，SHA-256 指纹 {made.sha256[:12]}{where}")
    say_notes(made.notes)
