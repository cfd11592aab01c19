"""`shifan evidence accept`, `return`, `reconsider`, `submit`, `withdraw`, `judge`, `checks`, `save`: what is said of pieces."""

from deployments.say import say, say_of, say_table
from deployments.typed.options import Now, OfCampaign, Reason, Registrar
from deployments.typed.values import Codes, Name, Note, Number, OutFolder, Post


def accept(
    codes: Codes, *, by: Registrar, reason: Note = "", campaign: OfCampaign = None, moment: Now
) -> None:
    """通过材料，可以一次几份。谁报来的，不能由谁通过。

    示例：

        shifan evidence accept E0003 --by 创建办审核岗
        shifan evidence accept E0003、E0005 --by 创建办审核岗

    Parameters
    ----------
    codes
        材料编号，几份用顿号隔开。
    reason
        已退回的改为通过时，写明理由。
    """
    _decide(codes, "accepted", by, reason, campaign, moment)


def return_(
    codes: Codes, *, by: Registrar, reason: Reason, campaign: OfCampaign = None, moment: Now
) -> None:
    """退回材料，可以一次几份；单位改好后报新版，原来的一版仍在。

    示例：

        shifan evidence return E0003 --by 创建办审核岗 --reason 没有加盖公章

    Parameters
    ----------
    codes
        材料编号，几份用顿号隔开。
    """
    _decide(codes, "returned", by, reason, campaign, moment)


def reconsider(
    codes: Codes, *, by: Registrar, reason: Reason, campaign: OfCampaign = None, moment: Now
) -> None:
    """收回点错的通过或退回，可以一次几份：材料回到“已报”，等待重新审核；原来的审核和收回的理由都留在记录里。

    示例：

        shifan evidence reconsider E0003 --by 创建办审核岗 --reason 点错了，还没有看

    Parameters
    ----------
    codes
        材料编号，几份用顿号隔开。
    """
    from models.evidence.deciding import SaidOfEvidence
    from tasks.evidence.deciding import take_back_decisions
    from tasks.workbook.cells import as_names

    changed = take_back_decisions(campaign, as_names(codes), SaidOfEvidence(by, reason, moment))
    named = "、".join(changed)
    say_of(campaign, f"{named} 回到“已报”，等待审核" if changed else "已经是“已报”，没有变化")


def submit(codes: Codes, *, by: Registrar, campaign: OfCampaign = None, moment: Now) -> None:
    """把草稿报出，可以一次几份。

    示例：

        shifan evidence submit E0003 --by 市司法局联络员

    Parameters
    ----------
    codes
        材料编号，几份用顿号隔开。
    """
    _decide(codes, "submitted", by, "", campaign, moment)


def _decide(codes: str, to: str, by: str, reason: str, campaign: str | None, moment: Now) -> None:
    from models.evidence.deciding import SaidOfEvidence
    from models.rules.evidence.words import EvidenceState
    from tasks.evidence.deciding import decide_pieces_of
    from tasks.workbook.cells import as_names

    state = EvidenceState(to)
    changed = decide_pieces_of(campaign, as_names(codes), state, SaidOfEvidence(by, reason, moment))
    named = "、".join(changed)
    say_of(
        campaign, f"{named} {state.chinese}" if changed else f"已经是“{state.chinese}”，没有变化"
    )


def withdraw(
    codes: Codes, *, by: Registrar, reason: Reason, campaign: OfCampaign = None, moment: Now
) -> None:
    """撤回材料，可以一次几份：不再算数，文件和经过都留着。

    示例：

        shifan evidence withdraw E0003 --by 市司法局联络员 --reason 报错了事项

    Parameters
    ----------
    codes
        材料编号，几份用顿号隔开。
    """
    from models.evidence.deciding import SaidOfEvidence
    from tasks.evidence.deciding import withdraw_pieces
    from tasks.workbook.cells import as_names

    changed = withdraw_pieces(campaign, as_names(codes), SaidOfEvidence(by, reason, moment))
    say_of(campaign, f"已撤回 {'、'.join(changed)}" if changed else "已经撤回，没有变化")


def judge(
    code: Name,
    *,
    verdict: Name,
    by: Registrar,
    reason: Reason,
    mark: Number | None = None,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """认定一份材料的标记属实还是不成立；认定计入各项核查的记录。

    示例：

        shifan evidence judge E0003 --verdict 不成立 --by 创建办 --reason 同一次会议的两份材料

    Parameters
    ----------
    code
        材料编号。
    verdict
        属实、不成立。
    mark
        只认定第几号标记（见 shifan evidence show）；默认认定所有待定的。
    """
    from models.evidence.deciding import SaidOfEvidence
    from tasks.evidence.deciding import judge_evidence

    marks = [mark] if mark else []
    count = judge_evidence(campaign, code, marks, verdict, SaidOfEvidence(by, reason, moment))
    say_of(
        campaign, f"{code} 的 {count} 个标记认定为“{verdict}”" if count else "没有需要认定的标记"
    )


def checks(*, campaign: OfCampaign = None, moment: Now) -> None:
    """各项核查的记录：标了多少，人认定属实和不成立各多少。不成立的多，说明这一项的尺度要改。

    示例：

        shifan evidence checks
    """
    from models.rules.evidence.findings import CHECKS
    from tasks.evidence.deciding import checks_so_far

    found = checks_so_far(campaign)
    if not found:
        say_of(campaign, "还没有任何标记")
        return
    say_table(
        "各项核查",
        [
            "核查项目",
            "标记",
            "待定",
            "属实",
            "不成立",
            "不成立占比",
            "相似度：属实最低",
            "不成立最高",
        ],
        [
            (
                CHECKS[one.check_id].name if one.check_id in CHECKS else one.check_id,
                one.marks,
                one.open,
                one.upheld,
                one.overruled,
                _share(one.share_overruled),
                _share(one.least_upheld),
                _share(one.most_overruled),
            )
            for one in found
        ],
    )


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"


def save(
    code: Name,
    *,
    out: OutFolder,
    by: Post = "创建办",
    revision: Number | None = None,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """把一份材料的文件按原来的名字取出来；取走记录在案，已有的文件不会覆盖。

    示例：

        shifan evidence save E0003 --out 取出

    Parameters
    ----------
    code
        材料编号。
    out
        放到哪个文件夹；没有就建一个。
    by
        由谁（职务）取走。
    revision
        第几版；默认最新一版。
    """
    from tasks.evidence.saving import Wanted, save_evidence

    target = save_evidence(campaign, Wanted(code, out, by, revision), moment)
    say(f"已取出到 {target}")
