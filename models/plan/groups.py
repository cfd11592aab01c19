"""Groups: who heads them, who belongs to them, what they do; posts and bodies, never personal names."""

from collections.abc import Sequence

from models.plan.document import Line
from models.plan.group_draft import Draft
from models.plan.group_lists import groups_in_lists
from models.plan.group_prose import groups_in_prose
from models.plan.patterns import squeeze
from models.plan.schema import PlanGroup, Source
from models.plan.vocabulary import Vocabulary


def read_groups(lines: Sequence[Line], words: Vocabulary) -> list[PlanGroup]:
    """Return the groups whose composition or duties are given, in prose or in lists of posts."""
    drafts = [*groups_in_lists(lines, words), *groups_in_prose(lines, words)]
    groups: dict[str, PlanGroup] = {}
    for draft in drafts:
        if draft.name in groups:
            groups[draft.name].located_in = groups[draft.name].located_in or draft.located_in
        elif draft.has_content:
            groups[draft.name] = _finish(draft)
    return list(groups.values())


def _finish(draft: Draft) -> PlanGroup:
    heads = draft.posts.get("head", [])
    return PlanGroup(
        name=draft.name,
        parent=draft.parent,
        located_in=draft.located_in,
        head_post=heads[0] if heads else None,
        executive_deputy_posts=draft.posts.get("executive", []),
        deputy_posts=[*heads[1:], *draft.posts.get("deputy", [])],
        member_posts=draft.posts.get("member", []),
        member_units=draft.units,
        member_groups=draft.groups,
        liaison_post=next(iter(draft.posts.get("liaison", [])), None),
        stated_member_count=draft.stated,
        duties=draft.duties,
        duties_count=len(draft.duties),
        source=Source(
            line=draft.line.number, page=draft.line.page, sentence=squeeze(draft.line.text)[:300]
        ),
    )
