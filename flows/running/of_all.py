"""Which runs look at everything, told by what their form was given; without Prefect, which takes seconds to import."""

from collections.abc import Mapping
from typing import Any

HOW = frozenset({"minutes"})  # parameters that say how a run is done, not of what


def is_of_all(parameters: Mapping[str, Any]) -> bool:
    """Say whether a run with these looks at everything today, as a tick does: no preview, no one campaign.

    For how long it may run makes it no other run.
    """
    return not any(value for name, value in parameters.items() if name not in HOW)
