"""A group while it is being read, the lists of its members, and one group read twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from models.plan.reading.groups.names import OFFICE, TOPS, names_a_group, siblings
from models.plan.reading.persons.names import POST, is_name_of_a_person
from models.plan.reading.persons.posts import Holders, holders_of
from models.plan.reading.roles.units import ends_like_a_unit, is_group, split_units
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern
from models.plan.vocabulary import Vocabulary

_MARKED_LEAD = r"(?:^|(?<=[、，；]))([^、，；：（）]{2,20})（{牵头}{单位}?）"  # 甲局（牵头）、乙局
_LONGEST_PREFIX = 20  # characters by which a full name is longer: 某县创建工作领导小组, 领导小组
# Behind a list of bodies: who of them it is that comes.
_WHO_COMES = r"(?:等)?(?:各?(?:有关|相关))?(?:党政)?(?:主要|分管)?(?:负责人|负责同志|领导|(?:业务)?(?:骨干|精干力量)|人员|{科室})+$"


@dataclass
class Draft:
    """What is known of a group so far; ``people`` are the names that must not stay anywhere."""

    name: str
    parent: str | None
    source: Passage
    located_in: str | None = None
    posts: dict[str, list[str]] = field(default_factory=dict)
    lead: list[str] = field(default_factory=list)  # bodies
    units: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    stated: int | None = None
    duties: list[str] = field(default_factory=list)
    unit_text: str = ""  # the list of member units, which may run over several lines
    announced: bool = False  # 成立…领导小组, with nothing said of it
    people: list[str] = field(default_factory=list)
    office: "Draft | None" = None  # of which nothing but who heads it is said so far
    chief: bool = False  # a head is called 总指挥 or 总召集人
    unposted: int = 0  # persons of whom nothing but the name is said

    def add(self, key: str, values: Sequence[str]) -> None:
        """Add the posts of persons in one place of the group: head, executive, deputy, member, liaison."""
        self.posts.setdefault(key, []).extend(values)

    def of_office(self) -> "Draft":
        """Return the group's office: itself, or one that who heads it makes known."""
        if self.name.endswith(OFFICE):
            return self
        self.office = self.office or Draft(OFFICE, self.name, self.source)
        return self.office

    def place_of(self, label: str) -> str:
        """Return whether a head's label gives the first place, or one below: 总指挥, then 指挥长."""
        chief = "总指挥" in label or "总召集人" in label
        self.chief = self.chief or chief
        return "second" if self.chief and not chief else "head"

    def seat(self, key: str, text: str) -> Holders:
        """Add who holds a place as the text says it; the posts stay, the names are to be forgotten."""
        holders = holders_of(text)
        self.people += holders.names
        if holders.posts:
            self.add(key, holders.posts)
        elif not holders.begun:
            self.unposted += len(holders.names)
        return holders

    @property
    def has_content(self) -> bool:
        """Say whether anything but the name is known."""
        known = self.posts or self.lead or self.units or self.groups or self.duties
        return bool(known or self.located_in or self.announced or self.unposted)

    def take_in(self, other: "Draft") -> None:
        """Take what another reading of the same group says and this one does not."""
        self.located_in = self.located_in or other.located_in
        if other.parent != self.name:
            self.parent = self.parent or other.parent
        self.people += other.people
        self.unposted += other.unposted
        self.posts = {key: posts for key, posts in other.posts.items() if posts} | self.posts
        if not (self.units or self.groups):
            self.units, self.groups = other.units, other.groups
        self.lead = self.lead or other.lead
        self.duties = self.duties or other.duties
        self.stated = self.stated or other.stated


def add_members(text: str, draft: Draft, words: Vocabulary) -> None:
    """Add the members a list names: bodies, classes of bodies, posts."""
    text = pattern(r"^(?:成员(?:单位)?由|吸收)").sub("", pattern(_WHO_COMES).sub("", text))
    for lead in pattern(_MARKED_LEAD).finditer(text):
        draft.lead.append(lead[1])
    text = pattern(_MARKED_LEAD).sub("", text)
    names = [pattern(_WHO_COMES).sub("", name) for name in split_units(text, words)]
    # Posts beside each other may be one person's.
    for posts, listed in groupby(names, lambda name: _holds_a_post(name, words)):
        if posts:
            draft.seat("member", "、".join(listed))
            continue
        for name in listed:
            body, person = ("", name) if is_name_of_a_person(name) else _body_of(name)
            draft.people += [person] if person else []
            draft.unposted += not body
            if len(body) >= 2:
                (draft.groups if is_group(body) else draft.units).append(body)


def _holds_a_post(name: str, words: Vocabulary) -> bool:
    """Say whether a member is somebody's post, and no body with such a word in it (县人大常委会)."""
    return bool(pattern(POST).search(name)) and not (
        is_name_of_a_person(name)
        or ends_like_a_unit(name, words)
        or is_group(name)
        or pattern(r"集团|公司").search(name)
    )


def lists_bodies(text: str, words: Vocabulary, *, all_of_them: bool = True) -> bool:
    """Say whether a list of members names bodies, not persons; or else that one of them is a body."""
    names = [pattern(_WHO_COMES).sub("", name) for name in split_units(text, words)]
    bodies = [name for name in names if ends_like_a_unit(name, words) or is_group(name)]
    return len(bodies) * 2 > len(names) if all_of_them else bool(bodies)


def _body_of(name: str) -> tuple[str, str]:
    """Part 县公安局王某某 into the body and the person who comes for it."""
    found = pattern(r"^(.{2,}(?:{局}|{机构}))({H}{2,3})$").match(name)
    if found and is_name_of_a_person(found[2]) and len(found[2]) + ("某" in found[2]) > 2:
        return found[1], found[2]
    return name, ""


def top_of(drafts: Iterable[Draft]) -> str | None:
    """Return the name of the first group that may have others below it."""
    return next((d.name for d in drafts if d.parent is None and d.name.endswith(TOPS)), None)


def parent_among(drafts: Sequence[Draft], name: str) -> str | None:
    """Return whose a group behind ``drafts`` is: an office is the first group's, a working group the office's."""
    top = top_of(drafts)
    if top is None or siblings(top, name):
        return None
    offices = (draft.name for draft in drafts if draft.name.endswith(OFFICE))
    above = top if name.endswith(OFFICE) else next(offices, top)
    return above if above != name else None


def merged(drafts: Sequence[Draft]) -> list[Draft]:
    """Return every group that anything is known of once, by its fullest name, in the order of print; none stands before its own."""
    top = top_of(drafts)
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
    lines = {group.name: group.source.line for group in groups}
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
    return named and not apart and len(long) - len(short) <= _LONGEST_PREFIX
