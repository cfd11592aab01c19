"""Find units and items by what people type: a part of a name, a title or a code."""

from dataclasses import dataclass

from sqlmodel import Session

from models.database import found_as

# All words must be there, wherever; {like} is made of them, and every value is bound.
_UNITS = """
    SELECT u.id, u.name, u.retired FROM unit u
    WHERE u.campaign_id = :campaign AND (:own = 0 OR u.id = :own)
      AND ({like} OR EXISTS (SELECT 1 FROM unit_alias x WHERE x.unit_id = u.id AND {alias}))
    ORDER BY u.id LIMIT :most"""
# A whole work item comes as its milestone; an indicator has none, and is the only one with its code.
_ITEMS = """
    SELECT code, title, owner FROM (
        SELECT m.code, m.title, coalesce(u.name, '') AS owner, m.position AS place, 0 AS kind
        FROM milestone m LEFT JOIN unit u ON u.id = m.unit_id
        WHERE m.campaign_id = :campaign AND NOT m.withdrawn AND m.kind NOT IN ('finding', 'complaint')
          AND (:own = 0 OR m.unit_id = :own OR (m.kind = 'work_item' AND EXISTS (
               SELECT 1 FROM assignment a WHERE a.work_item_id = m.work_item_id
               AND a.unit_id = :own AND NOT a.withdrawn)))
          AND {milestone}
        UNION ALL
        SELECT i.code, i.title, '', i.id, 1 FROM indicator i
        WHERE i.campaign_id = :campaign AND NOT i.withdrawn
          AND EXISTS (SELECT 1 FROM assignment a WHERE a.indicator_id = i.id AND NOT a.withdrawn
                      AND (:own = 0 OR a.unit_id = :own))
          AND {indicator}) AS found
    ORDER BY CASE WHEN lower(code) = :typed THEN 0 ELSE 1 END, kind, place, code LIMIT :most"""


# A finding is found by all of its words: its milestone has the first of them.
_FINDINGS = """
    SELECT f.code, f.problem AS title, coalesce(u.name, '') AS owner
    FROM finding f LEFT JOIN unit u ON u.id = f.unit_id
    WHERE f.campaign_id = :campaign AND (:own = 0 OR f.unit_id = :own) AND {like}
    ORDER BY CASE WHEN lower(f.code) = :typed THEN 0 ELSE 1 END, f.id DESC LIMIT :most"""


@dataclass(frozen=True, slots=True)
class UnitFound:
    """A unit whose name, or another name of it, has what was typed."""

    id: int
    name: str
    retired: bool


@dataclass(frozen=True, slots=True)
class ItemFound:
    """An item whose code or title has what was typed; ``owner`` is empty for the office's and for parts."""

    code: str
    title: str
    owner: str


def units_holding(
    session: Session, campaign_id: int, words: list[str], most: int, own: int | None = None
) -> list[UnitFound]:
    """Return the units of which every word is in the name, in their fixed order; at most ``most``.

    ``own`` leaves only that unit.
    """
    sql = _UNITS.format(like=_all("u.name", words), alias=_all("x.name", words))
    return found_as(session, UnitFound, sql, _values(campaign_id, words, most, own))


def items_holding(
    session: Session, campaign_id: int, words: list[str], most: int, own: int | None = None
) -> list[ItemFound]:
    """Return the items of which every word is in the code or title, one called exactly so first.

    ``own`` leaves only those in which that unit has a part.
    """
    milestone, indicator = (_all(f"{t}.code || ' ' || {t}.title", words) for t in "mi")
    sql = _ITEMS.format(milestone=milestone, indicator=indicator)
    return found_as(session, ItemFound, sql, _values(campaign_id, words, most, own))


def findings_holding(
    session: Session, campaign_id: int, words: list[str], most: int, own: int | None = None
) -> list[ItemFound]:
    """Return the findings and complaints of which every word is in the code or the words, the newest first.

    ``own`` leaves only those of that unit.
    """
    sql = _FINDINGS.format(like=_all("f.code || ' ' || f.problem", words))
    return found_as(session, ItemFound, sql, _values(campaign_id, words, most, own))


def _all(text: str, words: list[str]) -> str:
    """Return the condition that ``text`` holds every word; what LIKE reads as signs is typed text here."""
    return " AND ".join(f"lower({text}) LIKE :word{n} ESCAPE '!'" for n in range(len(words)))


def _values(campaign_id: int, words: list[str], most: int, own: int | None) -> dict[str, object]:
    plain = [
        word.lower().replace("!", "!!").replace("%", "!%").replace("_", "!_") for word in words
    ]
    liked = {f"word{n}": f"%{word}%" for n, word in enumerate(plain)}
    typed = " ".join(words).lower()
    return {"campaign": campaign_id, "most": most, "own": own or 0, "typed": typed, **liked}
