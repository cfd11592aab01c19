"""Every page and act of the office."""

from deployments.window.office import (
    asks,
    calendar,
    conditions,
    decisions,
    menu,
    progress,
    records,
    silences,
    successors,
    unheard,
)

WAYS = (
    *menu.WAYS,
    *unheard.WAYS,
    *decisions.WAYS,
    *conditions.WAYS,
    *silences.WAYS,
    *progress.WAYS,
    *asks.WAYS,
    *calendar.WAYS,
    *successors.WAYS,
    *records.WAYS,
)
