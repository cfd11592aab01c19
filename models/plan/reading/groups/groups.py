"""Groups: who heads them, who belongs to them, what they do; posts and bodies, never personal names."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from models.plan.doubt import Doubt
from models.plan.reading.groups.doubts import group_doubts
from models.plan.reading.groups.draft import Draft, merged
from models.plan.reading.groups.lines import as_sentences, lines_with_labels
from models.plan.reading.groups.lists import groups_in_lists
from models.plan.reading.groups.prose import groups_in_prose, hear_liaisons, is_liaison_sentence
from models.plan.reading.groups.rows import rows_with_labels
from models.plan.reading.persons.people import cleaned
from models.plan.reading.text.document import Line
from models.plan.reading.text.patterns import pattern, squeeze
from models.plan.schema import PlanGroup, Source
from models.plan.vocabulary import Vocabulary

_NUMBER = r"^：?\s*{项号}?\s*"  # of a duty: 1.统筹协调


@dataclass(frozen=True, slots=True)
class GroupsRead:
    """The groups of a plan, the names of persons seen on the way, and what a person must look at."""

    groups: list[PlanGroup]
    people: set[str]
    doubts: list[Doubt]
    tables: set[int]  # whose rows are people or groups


def read_groups(paragraphs: Iterable[Sequence[Line]], words: Vocabulary) -> GroupsRead:
    """Read the groups whose composition or duties are given, from the lines of every paragraph.

    Groups stand in prose, in lists of posts and in tables. Nothing of the names is in the groups; what
    else of a plan quotes the same lines is made clean by `models.plan.reading.persons.people.forget`.
    """
    every = [line for lines in paragraphs for line in as_sentences(lines)]
    lines = [line for line in every if not is_liaison_sentence(line)]
    rows = list(rows_with_labels(lines))
    nodes = sorted([*lines_with_labels(lines), *rows], key=lambda node: node.passages[0].line)
    listed, prose = groups_in_lists(nodes, lines, words)
    drafts = [*listed, *groups_in_prose(prose, words, listed)]
    groups = merged(drafts)
    people = {name for draft in drafts for name in draft.people}
    hear_liaisons(groups, every)
    found = [_finish(draft, people) for draft in groups]
    doubts = [*_doubts(groups, found), *group_doubts(lines, rows, found, people, words)]
    tables = {row.passages[0].table for row in rows}
    return GroupsRead(found, people, doubts, tables)


def _doubts(drafts: Sequence[Draft], groups: Sequence[PlanGroup]) -> Iterator[Doubt]:
    """Yield where somebody is in a group by name alone, so that a clerk writes the post."""
    for number, (draft, group) in enumerate(zip(drafts, groups, strict=True), start=1):
        if draft.unposted:
            reason = f"“{group.name}”有 {draft.unposted} 人只写了姓名，没有写职务；方案只记职务，请补上职务"
            yield Doubt("group", number, reason, group.source.sentence if group.source else "")


def _together(heads: Sequence[str]) -> str | None:
    """Return the posts of all who head a group: none of them is a deputy (双组长, 第一组长 and 组长)."""
    mark = (
        "；" if any("、" in post for post in heads) else "、"
    )  # 、 parts the posts of one as well
    return mark.join(heads) or None


def _finish(draft: Draft, people: Collection[str]) -> PlanGroup:
    heads = draft.posts.get("head", [])
    line, page = draft.source.place(0)
    return PlanGroup(
        name=draft.name,
        parent=draft.parent,
        located_in=draft.located_in,
        head_post=_together(heads),
        executive_deputy_posts=draft.posts.get("executive", []),
        deputy_posts=[*draft.posts.get("second", []), *draft.posts.get("deputy", [])],
        lead_units=draft.lead,
        member_posts=draft.posts.get("member", []),
        member_units=draft.units,
        member_groups=draft.groups,
        liaison_post=next(iter(draft.posts.get("liaison", [])), None),
        stated_member_count=draft.stated,
        duties=[cleaned(pattern(_NUMBER).sub("", duty), people) for duty in draft.duties],
        duties_count=len(draft.duties),
        source=Source(
            line=line,
            page=page,
            sentence=cleaned(squeeze(draft.source.text), people)[:300],
        ),
    )
