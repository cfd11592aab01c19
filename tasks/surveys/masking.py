"""Let nothing that is said of a list show a telephone number whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from models.errors import PlanError
from models.rules.evidence.personal import mask_text
from models.rules.surveys.phones import masked_line
from tasks.lists.taking import Loaded


@contextmanager
def masked_faults() -> Iterator[None]:
    """Mask the numbers in whatever a list is refused for."""
    try:
        yield
    except PlanError as error:
        raise PlanError(masked_line(error.subject), map(masked_line, error.faults)) from None


def masked_loaded(loaded: Loaded) -> Loaded:
    """Return what a list came to with the numbers in its notes masked."""
    return replace(loaded, notes=[masked_line(one) for one in loaded.notes])


def masked_remark(text: str) -> str:
    """Return what somebody said with every personal number masked."""
    return masked_line(mask_text(text))
