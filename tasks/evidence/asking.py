"""What is asked of an item, an indicator or a unit, and how far its evidence is: the other half of why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from models.campaign.campaign import looking_at
from models.campaign.subjects import subject_named
from models.evidence.shown.asked import parts_asked
from models.keys import key_of
from models.rules.evidence.asked import PartAsked
from models.units.unit import units_of


@dataclass(frozen=True, slots=True)
class Asked:
    """The parts that a subject means, those with something to show or shown; ``of_unit``: it is a unit."""

    campaign: str  # what it is called
    subject: str
    of_unit: bool
    parts: list[PartAsked]

    @property
    def lines(self) -> list[str]:
        """Return a line for each part: what is asked, what was handed in, what is missing, what comes next."""
        return [
            f"{one.code}/{one.unit}："
            + "；".join(
                f"{head}：{words}"
                for head, words in (
                    ("要求", one.asked_words),
                    ("已报", one.handed_words),
                    ("还缺", one.lacking_words),
                    ("下一步", one.next_words),
                )
                if words
            )
            for one in self.parts
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
            }
            for one in self.parts
        ]


def asked_about(slug: str | None, subject: str, today: date) -> Asked:
    """Return what is asked on ``today`` of ``subject``, a unit's name or a code as `subject_named` knows; reads only.

    Raises NotFoundError for what is neither. Empty before the first piece of the campaign came in.
    """
    with looking_at(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        called, name = campaign.label, subject.strip()
        unit = next((one for one in units_of(session, campaign_id) if one.name == name), None)
        if unit:
            found = parts_asked(session, campaign_id, today, unit_id=key_of(unit))
        else:
            rows = subject_named(session, campaign_id, name).rows
            ids = [id_ for kind, id_ in rows if kind == "assignment"]
            found = parts_asked(session, campaign_id, today, parts=ids) if ids else {}
    shown = [one for one in found.values() if one.needs or one.pieces]
    return Asked(called, name, unit is not None, shown)
