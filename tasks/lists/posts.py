"""The list of posts: who is told what, by unit, rung of the ladder and channel tag; never by name."""

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from models.campaign.campaign import looking_at
from models.keys import key_of
from models.loading.posts import PostEntry, listed_posts, store_posts
from models.loading.units import UnitEntry, listed_units
from models.notices.moving import channels_of, move_waiting
from models.notices.seats import left_behind
from models.rules.bounds import LONGEST_POST, LONGEST_TAG
from models.rules.calendar.moment import Moment
from models.rules.words import Level
from models.units.leaving import tell_nobody_who_is_gone
from models.units.unit import UNIT_LEVELS, default_tag
from tasks.campaign.succession import asked_for
from tasks.decisions.deputies.entanglements import entanglements, shared_in_units
from tasks.lists.belonging import POSTS as POSTS_TITLE
from tasks.lists.belonging import list_title
from tasks.lists.moved_channels import places, tell_of_moved_channels
from tasks.lists.names import names_of_units, unit_in
from tasks.lists.taking import Loaded, returned
from tasks.workbook.cells import YES_NO, as_name, as_text, as_yes, half_width
from tasks.workbook.declaring import Column, Sheet
from tasks.workbook.persons import person_in_post
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row
from tasks.workbook.writing import write_workbook

HOW_TO_ADD = "；新单位请先用 shifan units load 装入"
LEVELS = {level.chinese: level for level in Level}
POSTS = Sheet(
    "联系人",
    (
        Column("单位", ("单位名称",), width=32, hint="创建办、分管领导、组长留空"),
        Column("层级", ("级别",), width=14, choices=tuple(LEVELS)),
        Column(
            "职务",
            ("岗位", "职务名称"),
            longest=LONGEST_POST,
            width=26,
            hint="如 联络员、副局长；不写姓名",
        ),
        Column("渠道标签", ("标签",), longest=LONGEST_TAG, width=34, hint="留空即用默认"),
        Column("空缺", ("是否空缺",), width=10, choices=YES_NO),
    ),
    title=POSTS_TITLE,
    note=(
        "一行一个岗位，只写职务，不写姓名。创建办、分管领导、组长的单位留空。渠道标签与渠道配置文件里的标签一致，"
        "留空即用默认：联络员用单位名称，单位负责人用“单位名称-负责人”，其余用职务层级。岗位暂时无人填空缺“是”，提醒会直接送上一级。"
        "可以增加和删除行；一个单位的行全部删去时，该单位保持不变。"
    ),
    spare=40,
)


def export_posts(slug: str | None, path: Path, today: date | None = None) -> int:
    """Write the posts of a campaign to ``path``; return how many there are."""
    with looking_at(slug) as (session, campaign):
        title = list_title(campaign, POSTS_TITLE, today)
        posts = listed_posts(session, key_of(campaign))
    rows = [(p.unit, p.level.chinese, p.title, p.tag, "是" if p.vacant else "否") for p in posts]
    write_workbook(path, [POSTS.filled(rows, title)])
    return len(posts)


def load_posts(slug: str | None, path: Path, *, moment: Moment) -> Loaded:
    """Take a returned list of posts in; the second time it changes nothing.

    A leader whose channel changes is told so on the one used so far; what else waits for a channel
    that changed goes to the new one.

    Raises PlanError with every fault; nothing is written then.
    """
    with returned(slug, path, (POSTS,), moment) as taken:
        session, campaign, book = taken.session, taken.campaign, taken.book
        campaign_id = taken.campaign_id
        known = {post.title for post in listed_posts(session, campaign_id)}
        entries = _read(book, listed_units(session, campaign_id), known)
        book.faults.stop()
        before, told = places(session, campaign_id), channels_of(session, campaign_id)
        changes = store_posts(session, campaign_id, entries, moment.now)
        if changes.count:
            again = move_waiting(session, campaign_id, told)
            facts = changes.facts(notices=again) if again else changes.facts()
            entry = taken.record("posts-loaded", facts)
            tell_of_moved_channels(taken, before, key_of(entry))
        tell_nobody_who_is_gone(session, campaign_id)
        added, deleted, vacated = (
            len(changes.words[kind]) for kind in ("added", "deleted", "vacated")
        )
        return taken.loaded(
            changes.count,
            f"{changes.count} 处变更（新增 {added} 个岗位，删除 {deleted} 个，标为空缺 {vacated} 个）",
            notes=[
                *map(_resumed, changes.words["resumed"]),
                *entanglements(session, campaign, moment.today),
                *shared_in_units(session, campaign),
            ],
            asked=asked_for(left_behind(session, campaign_id)),
        )


def _resumed(unit: str) -> str:
    return (
        f"{unit}的岗位上又有人了。已移交的事项仍由接手单位负责；要收回，请再装入一次方案"
        "（shifan plan load），指标任务再装入一次指标表（shifan indicators load），"
        "从单位类别得来的，先在单位表的“单位类别”里把成员改回（shifan units load）；"
        "接手单位办理期间登记的进展留在记录里，收回后请重新登记"
    )


def _read(book: Book, units: Sequence[UnitEntry], known: Collection[str]) -> list[PostEntry]:
    names = names_of_units(units)
    entries = []
    seen: dict[tuple[str, Level, str], int] = {}
    for row in book.rows(POSTS):
        written = as_name(row.cell("单位"))
        unit = unit_in(row, "单位", written, names, HOW_TO_ADD) if written else ""
        level = _level(row, unit)
        vacant = row.read("空缺", as_yes, "是或否")
        if level is None or unit is None:
            continue
        title = as_name(row.cell("职务")) or level.chinese
        if title not in known and (words := person_in_post(row.text("职务"))):
            row.fault("职务", words)
        tag = as_text(row.cell("渠道标签")) or default_tag(level, unit)
        if any(mark in half_width(tag) for mark in ",、 "):
            row.fault("渠道标签", f"“{tag}”里有逗号或空格，一个岗位只用一个标签")
        first = seen.setdefault((unit, level, title), row.number)
        if first != row.number:
            row.fault(
                "职务", f"与第 {first} 行重复；同一层级有几个岗位时请在职务上区分，如“联络员（二）”"
            )
        entries.append(PostEntry(unit, level, title, tag, bool(vacant)))
    return entries


def _level(row: Row, unit: str | None) -> Level | None:
    word = half_width(as_name(row.cell("层级")))
    level = LEVELS.get(word)
    if level is None:
        row.fault("层级", f"写的是“{word}”，只能是 {'、'.join(LEVELS)}")
    elif level in UNIT_LEVELS and unit == "":
        row.fault("单位", f"{level.chinese}属于某个单位，请填写单位")
    elif level not in UNIT_LEVELS and unit:
        row.fault("单位", f"{level.chinese}不属于哪一个单位，单位请留空")
    return level
