"""How much SQLite works: its machine's steps, statement by statement, the same on every machine."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from models.database import engine_for
from models.settings import settings

EVERY = 100  # steps between two counts


@contextmanager
def steps_counted() -> Iterator[Counter[str]]:
    """Yield the hundreds of steps of each statement at the office's database meanwhile, by its text."""
    engine, steps = engine_for(settings().database), Counter[str]()

    def watch(connection) -> None:
        info = connection.info

        def count() -> None:
            steps[info.get("doing", "")] += 1

        connection.connection.dbapi_connection.set_progress_handler(count, EVERY)

    def name(connection, _cursor, text, *_rest) -> None:
        connection.info["doing"] = " ".join(text.split())

    event.listen(engine, "begin", watch)
    event.listen(engine, "before_cursor_execute", name)
    yield steps
    event.remove(engine, "begin", watch)
    event.remove(engine, "before_cursor_execute", name)


def grown(few: Counter[str], many: Counter[str]) -> str:
    """Return the statements that took clearly more steps in ``many``, a line each; empty where none did."""
    return "\n".join(
        f"{few[text]} -> {steps}: {text[:600]}"
        for text, steps in many.items()
        if steps > 1.5 * few[text] + 5
    )
