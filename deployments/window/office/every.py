"""Every page and act of the office."""

from deployments.window.office import (
    asks,
    calendar,
    conditions,
    decisions,
    findings,
    health,
    menu,
    progress,
    records,
    rehearsals,
    silences,
    successors,
    unheard,
    visits,
)

WAYS = (
    *menu.WAYS,
    *unheard.WAYS,
    *health.WAYS,
    *decisions.WAYS,
    *conditions.WAYS,
    *silences.WAYS,
    *progress.WAYS,
    *findings.WAYS,
    *visits.WAYS,
    *asks.WAYS,
    *calendar.WAYS,
    *successors.WAYS,
    *records.WAYS,
    *rehearsals.WAYS,
)
