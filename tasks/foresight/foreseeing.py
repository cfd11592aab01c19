"""Foresee a campaign from what is registered: what may be late, when stages will end, and what helps most."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from models.calendar.calendar import work_calendar
from models.campaign.campaign import campaign_named, require_open
from models.database import open_session
from models.foresight.known import KnownStage, NamedItem, named_items, open_stages, paced_items
from models.keys import key_of
from models.rules.foresight.forecasting import forecast
from models.rules.foresight.values import DaySpan, Forecast, Foreseen, Help
from models.rules.foresight.wording import (
    LIKELY,
    NAMED,
    chance_in_words,
    month_sentence,
    thing_in_words,
    too_little_in_words,
)

LISTED = 10


@dataclass(frozen=True, slots=True)
class CampaignForecast:
    """What is foreseen of a campaign, with the names of what is shown."""

    label: str
    found: Forecast
    stages: Sequence[KnownStage]
    names: Mapping[tuple[bool, int], NamedItem]
    due: Mapping[tuple[bool, int], date | None]

    @property
    def likely(self) -> Sequence[Foreseen]:
        """Return what is due this month and will rather be late than not, most probable first."""
        day = self.found.day
        return [
            one
            for one in self.found.items
            if one.late >= LIKELY
            and (due := self.due[one.part, one.id])
            and (due.year, due.month) == (day.year, day.month)
        ]

    @property
    def line(self) -> str:
        """Return what is foreseen in one sentence; that too little is known where it is."""
        if not self.found.enough:
            return too_little_in_words()
        return month_sentence(len(self.likely), [self.called(one) for one in self.likely[:NAMED]])

    def called(self, one: Foreseen | Help) -> str:
        """Return what an item is called: its code, title and owner."""
        named = self.names[one.part, one.id]
        return thing_in_words(named.code, named.title, named.owner)

    def stage_chance(self, one: Foreseen) -> str:
        """Return the chance of a stage to end late as it is shown."""
        ends = {stage.ordinal: stage.planned_end for stage in self.stages}
        return chance_in_words(one.late) if ends[one.id] else "没有结束日"

    def stage_name(self, ordinal: int) -> str:
        """Return the number and name of a stage."""
        return next(f"{one.ordinal} {one.name}" for one in self.stages if one.ordinal == ordinal)

    def as_json(self) -> Mapping[str, Any]:
        """Return the object that ``--json`` prints; keys are added, never renamed."""
        found = self.found
        return {
            "campaign": self.label,
            "day": found.day.isoformat(),
            "enough": found.enough,
            "known": found.known,
            "line": self.line,
            "items": [self._item(one) for one in found.items[:LISTED]],
            "stages": [
                {"stage": self.stage_name(one.id), **_foreseen(one)} for one in found.stages
            ],
            "whole": _foreseen(found.campaign) if found.campaign else None,
            "helps": [
                {"item": self.called(one), "stage": one.stage, "gain": one.gain}
                for one in found.helps
            ],
        }

    def _item(self, one: Foreseen) -> Mapping[str, Any]:
        named = {
            k: str(v) if isinstance(v, date) else v
            for k, v in asdict(self.names[one.part, one.id]).items()
        }
        return {**named, **_foreseen(one)}


def foresee_campaign(slug: str | None, day: date) -> CampaignForecast:
    """Return what is foreseen on ``day`` of the campaign ``slug``, or of the only one under way.

    Reads only, in one transaction: six statements at any size, and one for the calendar. Raises NotFoundError,
    UnclearError or EndedError in one line.
    """
    with open_session(read_only=True) as session:
        campaign = campaign_named(session, slug)
        require_open(campaign)
        items, stages = (
            paced_items(session, key_of(campaign)),
            open_stages(session, key_of(campaign)),
        )
        found = forecast(items, [one.days for one in stages], day, work_calendar(session))
        shown: list[Foreseen | Help] = [*found.items[:LISTED], *found.helps]
        due = {(one.part, one.id): one.due for one in items}
        made = CampaignForecast(campaign.label, found, stages, {}, due)
        wanted = {(one.part, one.id) for one in [*shown, *made.likely[:NAMED]]}
        return replace(made, names=named_items(session, sorted(wanted)))


def _foreseen(one: Foreseen) -> Mapping[str, Any]:
    def days(span: DaySpan) -> list[str | None]:
        return [day.isoformat() if day else None for day in (span.first, span.last)]

    return {"late": one.late, "half": days(one.half), "most": days(one.most)}
