"""What made the light of an item or a unit, what is asked of it, and how far its evidence is: the other half of why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.calendar.calendar import work_calendar
from models.campaign.campaign import looking_at
from models.campaign.subjects import subject_named
from models.evidence.shown.asked import parts_asked
from models.evidence.shown.lit import part_ids, parts_lit
from models.keys import key_of
from models.rules.evidence.asked import PartAsked
from models.rules.evidence.lit import PartLit
from models.rules.lights import light_days
from models.units.unit import units_of


@dataclass(frozen=True, slots=True)
class Asked:
    """The parts that a subject means, those with something to show or shown; ``of_unit``: it is a unit.

    ``lit`` is why each of its parts has its light, and has those too of which nothing has to be shown.
    """

    campaign: str  # what it is called
    subject: str
    of_unit: bool
    parts: list[PartAsked]
    lit: Sequence[tuple[PartLit, PartAsked | None]]

    @property
    def lines(self) -> list[str]:
        """Return a line for each part: its light and what made it, what is asked, handed in, missing, next."""
        return [
            f"{lit.name}："
            + "；".join(f"{head}：{words}" for head, words in (*lit.lines, *_asked_words(one)))
            for lit, one in self.lit
        ]

    def as_json(self) -> list[Mapping[str, object]]:
        """Return the parts as ``--json`` prints them."""
        return [
            {
                "unit": one.unit,
                "code": one.code,
                "needs_evidence": one.needs,
                "demands": [
                    {"number": d.ordinal, "text": d.text, "needs_evidence": d.needs_evidence}
                    for d in one.demands
                ],
                "evidence": [
                    {"code": p.code, "title": p.title, "state": p.state, "reason": p.reason}
                    for p in one.pieces
                ],
                "lacking": one.lacking_words,
                "next": one.next_words,
                "light": [{"about": head, "words": words} for head, words in lit.lines],
            }
            for lit, one in self.lit
            if one
        ]


def _asked_words(one: PartAsked | None) -> list[tuple[str, str]]:
    if one is None:
        return []
    said = (
        ("要求", one.asked_words),
        ("已报", one.handed_words),
        ("差距", one.lacking_words),
        ("下一步", one.next_words),
    )
    return [(head, words) for head, words in said if words]


def asked_about(slug: str | None, subject: str, today: date) -> Asked:
    """Return what is asked on ``today`` of ``subject``, a unit's name or a code as `subject_named` knows; reads only.

    Raises NotFoundError for what is neither. Nothing is asked before the first piece of the campaign came in.
    """
    with looking_at(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        called, name = campaign.label, subject.strip()
        unit = next((one for one in units_of(session, campaign_id) if one.name == name), None)
        if unit:
            found = parts_asked(session, campaign_id, today, unit_id=key_of(unit))
            ids = part_ids(session, campaign_id, key_of(unit))
        else:
            rows = subject_named(session, campaign_id, name).rows
            ids = [id_ for kind, id_ in rows if kind == "assignment"]
            found = parts_asked(session, campaign_id, today, parts=ids) if ids else {}
        days = light_days(today, work_calendar(session))
        proving = {id_: [piece.code for piece in one.pieces] for id_, one in found.items()}
        lit = parts_lit(session, campaign_id, days, ids, proving)
    shown = {id_: one for id_, one in found.items() if one.needs or one.pieces}
    told = [(one, shown.get(id_)) for id_, one in lit.items()]
    return Asked(called, name, unit is not None, list(shown.values()), told)
