"""Read a whole page in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from models.database import open_session
from models.one_reading import READING, see_one_state


@contextmanager
def reading() -> Iterator[None]:
    """Let everything that is read within be read in one transaction: what a page says fits together.

    Sessions that only read are one, and see the tables as they stood at the first statement. What is
    written within is a transaction of its own, and is not seen until the block has ended.
    """
    with open_session(read_only=True) as session:
        see_one_state(session)
        before = READING.set(session)
        try:
            yield
        finally:
            READING.reset(before)
