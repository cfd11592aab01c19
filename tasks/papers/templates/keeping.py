"""Keep the templates that an office brings: set, listed, taken away."""

from collections.abc import Sequence
from pathlib import Path

from models.campaign.campaign import looking_at, writing_to
from models.errors import CampaignError, NotFoundError, PlanError
from models.evidence.vault.keeping import keep
from models.files.whole_file import read_given, shown_name, write_whole
from models.keys import key_of
from models.papers.paper import PaperTemplate
from models.papers.templates import set_template, templates_in, withdraw_template
from models.rules.calendar.moment import Moment
from models.rules.figures.words import PaperKind
from models.rules.words import post_fault
from models.settings import local_minute
from tasks.papers.listing import paper_kind
from tasks.papers.templates.filling import HOW, LARGEST, filled_paper, names_used
from tasks.papers.templates.plain import SOURCES
from tasks.papers.templates.sample import known_values, sample_template, values_for

TAKING = (
    PaperKind.REPORT,
    PaperKind.PROBLEMS,
    PaperKind.RECTIFICATION,
    PaperKind.DISPATCH,
    PaperKind.BULLETIN,
    PaperKind.BRIEFING,
    PaperKind.ANNUAL,
    PaperKind.CHECKLIST,
)


def bring_template(slug: str | None, kind: str, path: Path, by_post: str, moment: Moment) -> str:
    """Let the Word file ``path`` be the template of a kind of paper from now on; return it in words.

    It is tried on made-up facts and on what is registered now before it is kept. Raises CampaignError for a
    kind or post that is none, PlanError with every name that is not there, every wrong mark, or what it may
    not bring.
    """
    meant = template_kind(kind)
    if fault := post_fault(by_post, "设置模板"):
        raise CampaignError(fault)
    name = shown_name(path)
    content = read_given(path, LARGEST, "模板")
    known = known_values(meant)
    used = names_used(name, content, known)
    if not used:
        raise PlanError(f"模板 {name} ", ["里面没有用到任何名字（如 {{ title }}）；" + HOW])
    with looking_at(slug) as (session, campaign):
        values = values_for(session, campaign, meant, moment)
    for each in (known, values) if values else (known,):
        filled_paper(name, content, each)
    kept = keep(content)
    with writing_to(slug) as (session, campaign):
        row = PaperTemplate(
            campaign_id=key_of(campaign),
            kind=meant,
            sha256=kept.sha256,
            file_name=name,
            set_by=by_post.strip(),
            set_at=moment.now,
        )
        new = set_template(session, row, moment)
    state = "以后按这个模板写" if new else "已经是这个模板，没有变化"
    bare = known[SOURCES] and SOURCES not in used
    without = f"；模板没有用到 {SOURCES}，写出来的文书在末尾逐条列出数据来源" if bare else ""
    return f"{meant.chinese}：{name}，用到 {len(used)} 个名字，{state}{without}"


def drop_template(slug: str | None, kind: str, by_post: str, moment: Moment) -> str:
    """Let our own layout count again for a kind of paper; return it in words."""
    meant = template_kind(kind)
    if fault := post_fault(by_post, "取消模板"):
        raise CampaignError(fault)
    with writing_to(slug) as (session, campaign):
        done = withdraw_template(session, key_of(campaign), meant, by_post.strip(), moment)
    if not done:
        raise NotFoundError(f"{meant.chinese}没有设过模板，现有的见 shifan papers template list")
    return f"{meant.chinese}：不再用模板，按通用格式写"


def template_rows(slug: str | None) -> Sequence[tuple[str, str, str, str]]:
    """Return the templates that count: kind, file, who set it, when."""
    with looking_at(slug) as (session, campaign):
        return [
            (PaperKind(one.kind).chinese, one.file_name, one.set_by, local_minute(one.set_at))
            for one in templates_in(session, key_of(campaign))
        ]


def write_sample(kind: str, out: Path, moment: Moment) -> str:
    """Write the sample of a kind; an existing file is never overwritten. Raises CampaignError."""
    meant = template_kind(kind)
    if out.suffix.lower() != ".docx":
        raise CampaignError(f"“{out.name}”应以 .docx 结尾")
    if out.exists():
        raise CampaignError(f"{out.name} 已经存在，不会覆盖，请换一个文件名")
    write_whole(out, sample_template(meant, moment))
    return f"{meant.chinese}的模板样本已写到 {out.name}"


def template_kind(word: str) -> PaperKind:
    """Return the kind that may have a template. Raises NotFoundError that lists them."""
    meant = paper_kind(word)
    if meant not in TAKING:
        raise NotFoundError(
            f"{meant.chinese}不用模板；可以用的有：{'、'.join(k.chinese for k in TAKING)}"
        )
    return meant
