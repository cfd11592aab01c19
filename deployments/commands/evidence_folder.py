"""`shifan evidence template` and `load`: a folder of evidence with a list of what it proves."""

from deployments.say import say, say_notes, say_of
from deployments.typed.options import NewWorkbook, Now, OfCampaign
from deployments.typed.values import InFile, Post
from models.errors import CampaignError


def template(file: NewWorkbook, *, campaign: OfCampaign = None, moment: Now) -> None:
    """生成空白的证明材料清单：与一批材料放在同一个文件夹，一行一份，填好后用 load 装入。

    示例：

        shifan evidence template 材料清单.xlsx
    """
    from tasks.evidence.folder_sheets import write_evidence_template

    count = write_evidence_template(campaign, file, moment)
    say_of(campaign, f"已生成 {file}，附 {count} 项可证明的要求")


def load(file: InFile, *, by: Post, campaign: OfCampaign = None, moment: Now) -> None:
    """装入一个文件夹的证明材料：照清单收文件夹里的文件。好的行当即收下，有误的行标红退回，再装一次什么也不变。

    示例：

        shifan evidence load 材料清单.xlsx --by 市司法局联络员

    Parameters
    ----------
    file
        填好的清单，与材料放在同一个文件夹。
    by
        由谁（职务）报送。
    """
    from tasks.evidence.folder import take_folder

    found = take_folder(campaign, file, by, moment)
    say(found.line, *(f"  {fault}" for fault in found.faults))
    say_notes(found.notes)
    if found.copy:
        say(f"标红的退回件：{found.copy.name}")
    if found.faults and not found.taken:
        raise CampaignError("没有一行能收下，见上面各行")
