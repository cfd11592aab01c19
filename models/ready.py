"""Import ahead what a first session would, in a process that others are forked from."""

from contextlib import suppress
from importlib import import_module

from sqlalchemy import make_url
from sqlalchemy.orm import configure_mappers

from models.servers import with_driver
from models.settings import settings

# Imported only where they are used, which a run of any morning does.
_LATE = ("models.tables", "tyme4py.lunar", "tyme4py.solar", "chinese_calendar.constants")


def get_ready() -> None:
    """Import and map what every run's first session needs; nothing is opened and no database is reached.

    Whoever was forked after it shares it. Where the database's driver is missing a run says so, in words.
    """
    for name in _LATE:
        import_module(name)
    configure_mappers()
    with suppress(ImportError):
        make_url(with_driver(settings().database)).get_dialect().import_dbapi()
