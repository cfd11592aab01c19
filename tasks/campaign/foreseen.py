"""What closing, archiving or removing a campaign would do, said before it is done."""

from models.campaign.campaign import campaign_named, open_campaign
from models.campaign.ending import require_removable
from models.campaign.foreseen import Touched, touched_by_end
from models.database import open_session
from models.errors import EndedError
from models.keys import key_of
from models.rules.campaign_names import label
from models.rules.typed_words import as_typed
from models.rules.words import CampaignState

DRY = "只说会怎样，没有做任何改动"
STAYS = "留下：全部登记、材料、文书和记录链都还在数据目录里，一行不删，仍可查看"


def foresee_close(name: str) -> list[str]:
    """Return what closing a campaign would do. Raises EndedError for one that has ended."""
    with open_session(read_only=True) as session:
        campaign = open_campaign(session, name)
        found = touched_by_end(session, key_of(campaign))
        called, slug = campaign.label, as_typed(campaign.slug)
    return [
        f"{called}：结束（{DRY}）",
        STAYS,
        f"停下：不再巡查、请求审批、发送消息；{found.questions} 个待决定的审批失效，{found.notices} 条没有发出的提醒不再发送",
        *_of_children(found),
        f"能撤销：shifan campaign reopen {slug}，没有发出的提醒重新等待发送",
    ]


def foresee_archive(name: str) -> list[str]:
    """Return what archiving a campaign would do. Raises EndedError for one that is under way."""
    with open_session(read_only=True) as session:
        campaign = campaign_named(session, name)
        if campaign.state == CampaignState.OPEN:
            raise EndedError(f"“{campaign.label}”还在进行，先用 shifan campaign close 结束，再归档")
        found = touched_by_end(session, key_of(campaign))
        called, slug = campaign.label, as_typed(campaign.slug)
    return [
        f"{called}：归档（{DRY}）",
        f"存成一个 .zip：{_packed(found)}；不需要 Shifan 就能看",
        STAYS,
        *_of_children(found),
        "不再：默认不列出，用 shifan campaign list --all 仍可看到",
        f"能撤销：shifan campaign reopen {slug}；已存的归档文件不动，以后可以再归档成另一个文件",
        "归档不是备份，不能装回；要能恢复运行，另用 shifan db backup，并复制数据目录里的 vault",
    ]


def foresee_removal(name: str) -> list[str]:
    """Return what removing a campaign would do. Raises EndedError for one that cannot be removed."""
    with open_session(read_only=True) as session:
        campaign = campaign_named(session, name)
        require_removable(session, campaign)
        called = label(campaign.slug, campaign.is_demo)
        found = touched_by_end(session, key_of(campaign))
    return [
        f"{called}：移除（{DRY}）",
        f"留下：{found.entries} 条记录和它的登记留在数据库里供核对，数据目录里的文件不删",
        "去掉：不再列出，不能再查看、登记、归档；简称空出来，可以再用",
        "不能撤销：要再用，重新装入方案（shifan plan load），从头登记",
    ]


def _of_children(found: Touched) -> list[str]:
    """Return what becomes of the campaigns under it; nothing where there are none."""
    if not found.children:
        return []
    return [f"不受影响：下级的 {found.children} 项还在进行，照常巡查、提醒，以后各自结束、归档"]


def _packed(found: Touched) -> str:
    size = f"（{found.bytes / 1_000_000:.1f} MB）" if found.files else ""
    return (
        f"全部表、{found.files} 个材料文件{size}、{found.papers} 份文书、"
        f"{found.entries} 条记录和签了名的链头"
    )
