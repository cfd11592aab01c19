"""Demands are made once, however many begin to make them at the same time."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from sqlmodel import select

from models.database import open_session
from models.evidence.demands import keeping
from models.evidence.demands.demand import Demand
from models.evidence.demands.keeping import ensure_demands
from tests.conftest import ON_BOTH


@ON_BOTH
def test_who_saw_that_demands_lack_looks_again_before_it_makes_them(campaign_id, monkeypatch):
    compared, saw_none = keeping._bring_in_line, Event()

    def compare(*given):
        if first_is_there.is_set():
            saw_none.set()
        return compared(*given)

    first_is_there = Event()
    monkeypatch.setattr(keeping, "_bring_in_line", compare)

    def second() -> int:
        with open_session() as session:
            return ensure_demands(session, campaign_id)

    with ThreadPoolExecutor(1) as pool:
        with open_session() as session:
            made = ensure_demands(session, campaign_id)
            first_is_there.set()
            later = pool.submit(second)
            saw_none.wait(2)  # on SQLite it has to wait before it looks
        again = later.result(60)

    with open_session(read_only=True) as session:
        assert len(session.exec(select(Demand)).all()) == made > 0
    assert again == 0
