"""The archive of a closed campaign: one packed file with what there was, to be kept for years."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlmodel import Session

from models.campaign import ending
from models.campaign.campaign import Campaign, Stage, all_of, campaign_named, looking_at
from models.campaign.moves import Transition
from models.database import open_session
from models.decisions.decision import Decision
from models.errors import EndedError, PlanError
from models.files.held_draft import HeldDraft, held_draft, sweep_held
from models.files.home import home
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.decisions.answers import Answer
from models.rules.words import CampaignState, StageStatus, words_of
from tasks.audit.chain import export as export_chain
from tasks.campaign.life import said_by
from tasks.decisions.aftermath import closed_in_words
from tasks.file_names import campaign_folder, file_name
from tasks.lists.posts import export_posts
from tasks.lists.progress import export_progress
from tasks.lists.units import export_units
from tasks.packages.archiving import evidence_into
from tasks.packages.four_checks import QualityCheck, said_in_one_line
from tasks.packages.sinks import sink_in
from tasks.workbook.declaring import Column, Filled, Kind, Sheet
from tasks.workbook.writing import write_workbook

FOLDER = "archives"  # in the home
WHAT = """{label}
{title}
{days}

里面有：
  方案.json               装入的方案
  进展.xlsx               每个节点、每条责任分解最后的进展
  单位.xlsx、岗位.xlsx    单位名册、单位类别、联系岗位
  阶段和决定.xlsx         阶段、每次流转、每次审批
  记录链.csv              关于它的全部记录；旁边的 .head.json 是归档时的链头，另存一份，以后可以核对：
                          shifan audit verify --head 记录链.csv.head.json
  清单/                   数据目录里最后的清单（有的话）
  材料/、材料目录.csv     证明材料的每一版，和关于它们的登记
  文书/                   形成过的每一版文书（有的话）
  四性检查.xlsx           归档时的真实性、完整性、可用性、安全性
"""


def archive_campaign(name: str, out: Path | None, by: str, reason: str, moment: Moment) -> str:
    """Write the archive of a closed campaign and list it no longer unasked; return what came of it.

    Repeatable: an archived one may be archived again, into another file. The file has its name when the
    register knows of it; killed before, nothing lies there, and the same command begins anew. Raises
    EndedError for one that is under way, PlanError where the file is there already.
    """
    said = said_by(by, "归档", reason, moment)
    with looking_at(name) as (session, campaign):
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
    return f"{label}：已归档到 {target}，{listed}；四性检查：{said_in_one_line(checks)}，见 四性检查.xlsx"


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
    export_progress(slug, place / "进展.xlsx", today=moment.today)
    export_units(slug, place / "单位.xlsx", moment.today)
    export_posts(slug, place / "岗位.xlsx", moment.today)
    with looking_at(slug) as (session, campaign):
        plan = json.dumps(json.loads(campaign.plan_json), ensure_ascii=False, indent=1)
        days = f"{campaign.closed_on} 结束，{moment.today} 归档"
        what = WHAT.format(label=campaign.label, title=campaign.title, days=days)
        write_workbook(place / "阶段和决定.xlsx", _sheets(session, campaign))
        id_, root = key_of(campaign), campaign_folder(campaign.label)
    (place / "方案.json").write_text(plan, encoding="utf-8")
    (place / "说明.txt").write_text(what, encoding="utf-8-sig")  # a BOM, or Windows guesses
    export_chain(place / "记录链.csv", moment, id_)
    kept = home() / "checklists" / root
    lists = sorted(path for path in kept.rglob("*") if path.is_file()) if kept.is_dir() else []
    with looking_at(slug) as (session, _), sink_in(draft) as sink:
        for path in sorted(place.iterdir()):
            sink.add(f"{root}/{path.name}", [path.read_bytes()], moment.now)
        for path in lists:
            sink.add(f"{root}/清单/{path.relative_to(kept)}", [path.read_bytes()], moment.now)
        return evidence_into(sink, session, id_, root, moment.now)


def _sheets(session: Session, campaign: Campaign) -> Sequence[Filled]:
    """Return three sheets: stages, their moves, what was decided."""
    stages = sorted(all_of(session, Stage, key_of(campaign)), key=lambda stage: stage.ordinal)
    names = {stage.id: f"S{stage.ordinal} {stage.name}" for stage in stages}
    words = words_of(StageStatus)
    days = ("计划开始", "计划结束", "原定开始", "原定结束", "启动", "结束")
    stood = [
        (names[s.id], words[s.status], s.planned_start, s.planned_end)
        + (s.original_start, s.original_end, s.opened_on, s.closed_on)
        for s in stages
    ]
    moved = [
        (names[m.stage_id], words[m.from_status], words[m.to_status])
        + (m.day, m.decided_by, m.reason)
        for m in all_of(session, Transition, key_of(campaign))
    ]
    decided = [
        (
            str(d.id),
            names[d.stage_id],
            d.asked_on,
            Answer(d.answer).chinese if d.answer else "",
        )
        + (d.answered_by, d.reason, closed_in_words(d) if d.closed_at else "")
        for d in all_of(session, Decision, key_of(campaign))
    ]
    sheets = (
        ("阶段", ("阶段", "状态", *days), stood),
        ("流转", ("阶段", "从", "到", "日期", "谁", "理由"), moved),
        ("审批", ("编号", "阶段", "提请日期", "决定", "谁", "理由", "结果"), decided),
    )
    dated = {"日期", "提请日期", *days}
    return [
        Sheet(
            name,
            [Column(one, kind=Kind.DAY if one in dated else Kind.TEXT) for one in head],
            title=f"{campaign.label}：{name}",
            note=campaign.title,
        ).filled(rows)
        for name, head, rows in sheets
    ]
