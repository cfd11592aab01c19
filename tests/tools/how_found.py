"""How a database finds what is asked: the plans of the slowest statements of a step."""

from collections.abc import Callable
from time import perf_counter
from typing import Any

from sqlalchemy import event

from models.database import engine_for
from models.settings import settings


def slowest(step: Callable[[], object], most: int = 3) -> str:
    """Return how the database finds what the slowest statements of ``step`` ask, each with its milliseconds."""
    engine = engine_for(settings().database)
    took: list[tuple[float, str, Any]] = []
    begun = [0.0]

    def begin(*_: object) -> None:
        begun[0] = perf_counter()

    def end(_c: Any, _cursor: Any, text: str, values: Any, _context: Any, many: bool) -> None:
        if not many and text.lstrip().upper().startswith(("SELECT", "WITH")):
            took.append((perf_counter() - begun[0], text, values))

    event.listen(engine, "before_cursor_execute", begin)
    event.listen(engine, "after_cursor_execute", end)
    step()
    event.remove(engine, "before_cursor_execute", begin)
    event.remove(engine, "after_cursor_execute", end)
    words = "EXPLAIN (COSTS OFF) " if engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN "
    said = []
    with engine.connect() as connection:
        for seconds, text, values in sorted(took, key=lambda one: -one[0])[:most]:
            rows = connection.exec_driver_sql(words + text, values).all()
            begins = " ".join(text.split())[:120]
            said.append(f"{seconds * 1000:.1f} ms  {begins}")
            said += [f"    {row[-1]}" for row in rows if _tells(str(row[-1]))]
    return "\n".join(said)


def _tells(line: str) -> bool:
    """Say whether a line of a plan tells how a table is read."""
    return any(word in line for word in ("SCAN", "SEARCH", "Scan"))
