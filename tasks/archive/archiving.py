"""The archive of a closed campaign: one packed file with what there was, to be kept and read for years."""

import hashlib
import tempfile
from datetime import date
from pathlib import Path

from models.campaign import ending
from models.campaign.campaign import campaign_named, looking_at
from models.database import open_session
from models.errors import EndedError, PlanError
from models.files.held_draft import HeldDraft, held_draft, sweep_held
from models.files.home import home
from models.rules.calendar.moment import Moment
from models.rules.words import CampaignState
from tasks.archive.contents import pack_campaign
from tasks.archive.packing import Packing
from tasks.archive.sums import SummedSink
from tasks.campaign.life import said_by
from tasks.file_names import campaign_folder, file_name
from tasks.lists.posts import export_posts
from tasks.lists.units import export_units
from tasks.packages.four_checks import QualityCheck, said_in_one_line
from tasks.packages.pieces import encoded
from tasks.packages.sinks import sink_in

FOLDER = "archives"  # in the home


def archive_campaign(name: str, out: Path | None, by: str, reason: str, moment: Moment) -> str:
    """Write the archive of a closed campaign and list it no longer unasked; return what came of it.

    Repeatable: an archived one may be archived again, into another file. The file has its name when the
    register knows of it; killed before, nothing lies there, and the same command begins anew. Raises
    EndedError for one that is under way, PlanError where the file is there already.
    """
    said = said_by(by, "归档", reason, moment)
    with looking_at(name) as (_, campaign):
        if campaign.state == CampaignState.OPEN:
            raise EndedError(f"“{campaign.label}”还在进行，先用 shifan campaign close 结束，再归档")
        slug, label = campaign.slug, campaign.label
    target = out or _new_file(slug, moment.today)
    if target.suffix.lower() != ".zip" or target.exists():
        words = (
            "文件已经存在，不会覆盖，请换一个文件名" if target.exists() else "文件名应以 .zip 结尾"
        )
        raise PlanError(target.name, [words])
    with held_draft(target) as draft:
        with draft.parts() as place:
            checks = _pack(slug, place, draft, moment)
        digest = _digest(draft.path)
        with open_session() as session:
            ending.archive(session, campaign_named(session, slug), said, target.name, digest)
    listed = "不再列出（shifan campaign list --all 仍可看到）"
    return (
        f"{label}：已归档到 {target}，{listed}；解开后打开 说明.html，不需要 Shifan；"
        f"四性检查：{said_in_one_line(checks)}，见 四性检查.xlsx；这个文件的指纹（SHA-256，请抄存）：{digest}"
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _new_file(slug: str, today: date) -> Path:
    folder = home() / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    sweep_held(folder)  # whose name was of another day
    names = (
        f"{file_name(slug)}-{today}{more}.zip" for more in ("", *(f"-{n}" for n in range(2, 99)))
    )
    return next(path for path in map(folder.joinpath, names) if not path.exists())


def _pack(slug: str, place: Path, draft: HeldDraft, moment: Moment) -> list[QualityCheck]:
    """Write the archive to ``draft`` by way of ``place``; return what the four checks say."""
    lists = place / "lists"
    lists.mkdir(mode=0o700)
    export_units(slug, lists / "单位.xlsx", moment.today)
    export_posts(slug, lists / "岗位.xlsx", moment.today)
    with (
        looking_at(slug) as (session, campaign),
        sink_in(draft) as packed,
        tempfile.TemporaryFile("w+", encoding="utf-8") as sums,
    ):
        root = campaign_folder(campaign.label)
        sink = SummedSink(packed, root, sums)
        packing = Packing(sink, root, place, moment)
        checks = pack_campaign(session, campaign, packing, sorted(lists.iterdir()))
        sums.seek(0)
        packed.add(f"{root}/指纹.sha256", encoded(sums), moment.now)
    return checks
