"""The office's lists of wordings and of slogans: out as workbooks, and back."""

from pathlib import Path

from models.campaign.campaign import looking_at
from models.keys import key_of
from models.plan.schema import Plan
from models.publicity.slogan import slogans_shown, store_slogans
from models.publicity.wording import store_wordings, wordings_kept
from models.rules.bounds import LONGEST_NOTE
from models.rules.calendar.moment import Moment
from models.rules.publicity.renamed_bodies import wordings_to_begin_with
from models.rules.publicity.wording import ListedWording
from models.rules.publicity.words import WordingKind
from tasks.lists.belonging import SLOGANS as SLOGANS_TITLE
from tasks.lists.belonging import WORDINGS as TITLE
from tasks.lists.belonging import list_title
from tasks.lists.taking import Loaded, returned
from tasks.workbook.declaring import Column, Sheet
from tasks.workbook.rows import Row
from tasks.workbook.writing import write_workbook

KINDS = {kind.chinese: kind for kind in WordingKind}
SHORTEST = 2  # letters: one letter stands in every sentence
WORDINGS = Sheet(
    "用语",
    (
        Column("类别", choices=tuple(KINDS), width=9),
        Column("用语", width=30, longest=LONGEST_NOTE, hint="照要找的原样写：机构、职务、提法"),
        Column(
            "建议",
            required=False,
            width=30,
            longest=LONGEST_NOTE,
            hint="改成什么；必备的写补在哪里",
        ),
        Column("依据", required=False, width=34, longest=LONGEST_NOTE),
    ),
    title=TITLE,
    note="禁用：不能出现。过时：改成建议的写法。必备：全文至少出现一次。删去的行不再使用。停用的单位、单位的别名不用写在这里，程序按单位名册核对。",
    spare=60,
    still=2,
)
SLOGANS = Sheet(
    "标语",
    (
        Column("序号", required=False, locked=True, shown=True, width=7),
        Column("标语", width=70, longest=LONGEST_NOTE),
    ),
    title=SLOGANS_TITLE,
    note="一行一条，按从上到下的次序轮换。删去的行不再使用。",
    spare=20,
    still=1,
)


def export_wordings(slug: str | None, path: Path, moment: Moment) -> tuple[int, bool]:
    """Write the office's wordings; return how many, and whether they are only a list to begin with."""
    with looking_at(slug) as (session, campaign):
        rows = [
            (WordingKind(one.kind).chinese, one.text, one.proposal, one.why)
            for one in wordings_kept(session, key_of(campaign))
            if not one.withdrawn
        ]
        title = list_title(campaign, TITLE, moment.today)
    begins = [(o.kind.chinese, o.text, o.proposal, o.why) for o in wordings_to_begin_with()]
    write_workbook(path, [WORDINGS.filled(rows or begins, title)])
    return len(rows or begins), not rows


def load_wordings(slug: str | None, path: Path, *, moment: Moment) -> Loaded:
    """Make a returned list the office's wordings. Repeatable.

    Raises PlanError with every fault, by sheet, row and column; nothing is written then.
    """
    with returned(slug, path, (WORDINGS,), moment) as taken:
        first: dict[tuple[str, str], int] = {}
        said = [one for row in taken.book.rows(WORDINGS) if (one := _wording(row, first))]
        taken.book.faults.stop()
        changes = store_wordings(taken.session, taken.campaign_id, said)
        if changes:
            taken.record("wordings-loaded", {"changes": changes, "amount": len(said)})
        return taken.loaded(changes, f"读到 {len(said)} 条用语，{changes} 处变更")


def _wording(row: Row, first: dict[tuple[str, str], int]) -> ListedWording | None:
    kind, text = KINDS.get(row.text("类别")), row.text("用语")
    if kind is None:
        row.fault("类别", f"写的是“{row.text('类别')}”，应为{'、'.join(KINDS)}")
    if len(text) < SHORTEST:
        row.fault("用语", f"至少写 {SHORTEST} 个字" if text else "没有填写")
    if kind is None or len(text) < SHORTEST:
        return None
    if first.setdefault((kind.value, text), row.number) != row.number:
        row.fault("用语", f"与第 {first[kind.value, text]} 行重复")
    proposal = row.text("建议")
    if kind is WordingKind.OUTDATED and not proposal:
        row.fault("建议", "过时的用语请写明改成什么")
    return ListedWording(kind, text, proposal, row.text("依据"))


def slogans_lost(slug: str | None) -> str:
    """Return what to do where a version that kept no slogans loaded a plan that has some; "" otherwise."""
    with looking_at(slug) as (session, campaign):
        plan = Plan.model_validate_json(campaign.plan_json)
        if not plan.slogans_count or slogans_shown(session, key_of(campaign)):
            return ""
    return (
        f"方案里的 {plan.slogans_count} 条标语，旧版本装入时没有留下：请再装入一次方案"
        "（shifan plan load，--slug 写现在的简称），已登记的不变"
    )


def export_slogans(slug: str | None, path: Path, moment: Moment) -> int:
    """Write the slogans that are shown; return how many."""
    with looking_at(slug) as (session, campaign):
        texts = slogans_shown(session, key_of(campaign))
        title = list_title(campaign, SLOGANS_TITLE, moment.today)
    rows = [(str(number), text) for number, text in enumerate(texts, 1)]
    write_workbook(path, [SLOGANS.filled(rows, title)])
    return len(texts)


def load_slogans(slug: str | None, path: Path, *, moment: Moment) -> Loaded:
    """Make a returned list the slogans, in its order. Repeatable; raises PlanError as `load_wordings` does."""
    with returned(slug, path, (SLOGANS,), moment) as taken:
        first: dict[str, int] = {}
        for row in taken.book.rows(SLOGANS):
            text = row.text("标语")
            if not text:
                row.fault("标语", "没有填写")
            elif first.setdefault(text, row.number) != row.number:
                row.fault("标语", f"与第 {first[text]} 行重复")
        taken.book.faults.stop()
        changes = store_slogans(taken.session, taken.campaign_id, list(first))
        if changes:
            taken.record("slogans-loaded", {"changes": changes, "amount": len(first)})
        return taken.loaded(changes, f"读到 {len(first)} 条标语，{changes} 处变更")
