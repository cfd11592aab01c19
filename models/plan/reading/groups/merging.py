"""One group read twice, announced in prose and listed in an attachment, is one group."""

from collections.abc import Sequence

from models.plan.reading.groups.draft import OFFICE, TOPS, Draft, siblings
from models.plan.reading.groups.names import names_a_group

LONGEST_PREFIX = 20  # characters by which a full name is longer: 某县创建工作领导小组, 领导小组


def merged(drafts: Sequence[Draft]) -> list[Draft]:
    """Return every group that anything is known of once, by its fullest name, in the order of print; none stands before its own."""
    top = next((each.name for each in drafts if each.name.endswith(TOPS)), None)
    groups: list[Draft] = []
    full: dict[str, str] = {}
    for draft in drafts:
        if draft.name.endswith(OFFICE) or (
            names_a_group(draft.name) and not siblings(top, draft.name)
        ):
            draft.parent = draft.parent or top
        known = next((each for each in groups if _are_one(each, draft, groups)), None)
        if known is None:
            groups += [draft] if draft.has_content else []
            continue
        shorter = min(known.name, draft.name, key=len)
        known.take_in(draft)
        if not known.name.endswith(OFFICE):
            known.name = max(known.name, draft.name, key=len)
            full[shorter] = known.name
    for group in groups:
        parent = full.get(group.parent or "", group.parent)
        group.parent = parent if parent != group.name else None
    lines = {group.name: group.line.number for group in groups}
    return sorted(
        groups, key=lambda each: max((lines[each.name], 0), (lines.get(each.parent or "", 0), 1))
    )


def _differ(known: Draft, draft: Draft) -> bool:
    """Say whether two groups of one name have heads of their own: neither may be lost."""
    one, other = (next(iter(each.posts.get("head", [])), "") for each in (known, draft))
    alike = (
        a.endswith(b) or b.endswith(a)
        for a in one.split("、")
        for b in other.split("、")
        if ("副" in a) == ("副" in b)
    )
    return bool(one and other) and not any(alike)


def _are_one(known: Draft, draft: Draft, groups: Sequence[Draft]) -> bool:
    """Say whether two readings are of one group: 办公室 and 领导小组办公室 are the one office there is."""
    if known.name == draft.name:
        return not _differ(known, draft)
    if known.name.endswith(OFFICE) or draft.name.endswith(OFFICE):
        offices = [each for each in groups if each.name.endswith(OFFICE)]
        return (
            [known] == offices
            and draft.name.endswith(OFFICE)
            and OFFICE in {known.name, draft.name}
        )
    short, long = sorted((known.name, draft.name), key=len)
    named = short.endswith(TOPS) and long.endswith(short)
    apart = (known.posts and draft.posts) or (known.units and draft.units)
    return named and not apart and len(long) - len(short) <= LONGEST_PREFIX
