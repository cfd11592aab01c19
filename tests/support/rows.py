"""Every row of every table of ours, to see that something changed none of them."""

from sqlmodel import select

from models.database import open_session
from models.tables import metadata


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Return all rows by table, sorted."""
    with open_session(read_only=True) as session:
        return {
            name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for name, table in metadata.tables.items()
        }
