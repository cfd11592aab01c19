"""Bring the posts of a campaign in line with the operator's list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from models.campaign.campaign import all_of
from models.decisions.decision import AskedPost
from models.decisions.delegation import Delegation
from models.keys import key_of
from models.loading.changes import Changes
from models.notices.notice import Notice
from models.rules.words import Level
from models.units.succession import successors
from models.units.unit import Post, units_of
from models.window.withdrawn import post_scope, withdraw_scope

HOLDING = {"tag", "vacant"}  # what says who holds a post


@dataclass(frozen=True, slots=True)
class PostEntry:
    """A post as the operator lists it; ``unit`` is empty for the campaign's own."""

    unit: str
    level: Level
    title: str
    tag: str
    vacant: bool = False

    @property
    def name(self) -> str:
        """Return the post in words: 市司法局联络员, 组长."""
        return self.unit + self.title


def listed_posts(session: Session, campaign_id: int) -> list[PostEntry]:
    """Return every post: the campaign's own from the top down, then each unit's."""
    names = {unit.id: unit.name for unit in units_of(session, campaign_id)}
    order = list(names)
    posts = sorted(
        all_of(session, Post, campaign_id),
        key=lambda p: (
            (0, -p.level, p.id)
            if p.unit_id is None
            else (order.index(p.unit_id) + 1, p.level, p.id)
        ),
    )
    return [
        PostEntry(names.get(p.unit_id, ""), Level(p.level), p.title, p.tag, p.vacant) for p in posts
    ]


def store_posts(
    session: Session, campaign_id: int, entries: Sequence[PostEntry], now: datetime
) -> Changes:
    """Make the listed posts the posts of every unit that the list speaks of; others stay.

    A post is known by its unit, level and title; one retitled post of a unit and level stays the
    same post. A post that was told something is marked vacant instead of deleted. Of one that has
    another channel, or was left or taken, the links and addresses of before count no more. A unit that
    was succeeded while nobody held its posts, and has people again, stands for itself. Repeatable.
    """
    changes = Changes()
    ids = {unit.name: unit.id for unit in units_of(session, campaign_id)} | {"": None}
    names = {unit_id: name for name, unit_id in ids.items()}
    spoken_of = {ids[entry.unit] for entry in entries}
    rows = [post for post in all_of(session, Post, campaign_id) if post.unit_id in spoken_of]
    pairs, gone = _matched(entries, rows, ids)
    for entry, post in pairs:
        values: dict[str, Any] = {
            "title": entry.title,
            "tag": entry.tag,
            "vacant": entry.vacant,
        }
        if post is None:
            place = {"campaign_id": campaign_id, "unit_id": ids[entry.unit], "level": entry.level}
            session.add(Post.model_validate(place | values))
            changes.add("added", entry.name)
        elif old := {n: getattr(post, n) for n, v in values.items() if getattr(post, n) != v}:
            changed = "、".join(f"{n}：{v}→{values[n]}" for n, v in old.items())
            changes.add("changed", f"{entry.name} {changed}")
            for name in old:
                setattr(post, name, values[name])
            if old.keys() & HOLDING:
                withdraw_scope(session, post_scope(key_of(post)), now)
    told = _told(session, [key_of(post) for post in gone])
    for post in gone:
        name = f"{names[post.unit_id]}{post.title}"
        if post.id not in told:
            withdraw_scope(session, post_scope(key_of(post)), now)  # another may get its number
            session.delete(post)
            changes.add("deleted", name)
        elif not post.vacant:
            withdraw_scope(session, post_scope(key_of(post)), now)
            post.vacant = True
            changes.add("vacated", name)
    session.flush()
    changes.words["resumed"] += _resumed(session, campaign_id)
    return changes


def _resumed(session: Session, campaign_id: int) -> list[str]:
    """Let units that have people again stand for themselves; say of each who took its items over."""
    heirs = successors(session, campaign_id)
    held = select(Post.unit_id).where(Post.campaign_id == campaign_id, col(Post.vacant).is_(False))
    units = {unit.id: unit for unit in units_of(session, campaign_id)}
    lines = []
    for unit_id in heirs.keys() & set(session.exec(held)):
        unit = units[unit_id]
        if not unit.retired:
            lines.append(f"{unit.name}（此前由{units[heirs[unit_id]].name}接手）")
            unit.successor_id = None
    session.flush()
    return sorted(lines)


def _matched(
    entries: Sequence[PostEntry], rows: Sequence[Post], ids: dict[str, int | None]
) -> tuple[list[tuple[PostEntry, Post | None]], list[Post]]:
    """Return each entry with its post, None for a new one, and the posts that no entry names."""
    left = {(p.unit_id, p.level, p.title): p for p in rows}
    exact = {e: left.pop((ids[e.unit], int(e.level), e.title), None) for e in entries}
    pairs: list[tuple[PostEntry, Post | None]] = []
    for entry, post in exact.items():
        if post is None:
            place = (ids[entry.unit], int(entry.level))
            untold = [key for key in left if key[:2] == place and not left[key].vacant]
            fresh = [e for e, p in exact.items() if p is None and (ids[e.unit], e.level) == place]
            post = left.pop(untold[0]) if len(untold) == len(fresh) == 1 else None
        pairs.append((entry, post))
    return pairs, list(left.values())


def _told(session: Session, post_ids: Iterable[int]) -> set[int]:
    """Return which of the posts were ever told, asked or made somebody's deputy."""
    ids = list(post_ids)
    columns = (Notice.post_id, AskedPost.post_id, Delegation.post_id, Delegation.deputy_id)
    found: set[int] = set()
    for column in columns:
        found |= set(session.exec(select(column).where(col(column).in_(ids)).distinct()))
    return found
