"""A file taken out of the vault: whole, under its own name, and never without an entry of who took it."""

import pytest
from sqlalchemy.exc import DBAPIError

from models.audit.chain import entries
from models.database import open_session
from models.errors import ProgressError
from models.evidence.vault.keeping import place_of
from models.settings import moment_of
from tasks.evidence.saving import Wanted, save_evidence
from tests.conftest import NOW, ON_BOTH
from tests.support.pieces import indicator, piece
from tests.support.registers import fill_up

MOMENT = moment_of(NOW)


@pytest.fixture
def filled(campaign, campaign_id):
    with open_session() as session:
        indicator(session, campaign_id, "1.1.1", "公开清单")
        piece(session, campaign_id, "一", ("1.1.1", 1), title="清单", file_name="清单.txt")
    return campaign


@ON_BOTH
def test_it_is_taken_out_once_and_an_entry_says_by_whom(filled, tmp_path):
    out = tmp_path / "取出"
    path = save_evidence(filled, Wanted("E0001", out, "创建办"), MOMENT)

    assert path.read_text() == "一"
    assert [p.name for p in out.iterdir()] == ["清单.txt"]
    with open_session(read_only=True) as session:
        assert [e.who for e in entries(session) if e.what == "exported"] == ["创建办"]
    with pytest.raises(ProgressError, match="已经存在"):
        save_evidence(filled, Wanted("E0001", out, "创建办"), MOMENT)


@ON_BOTH
def test_where_the_register_is_full_nothing_is_given_out(filled, tmp_path):
    with open_session() as session:
        fill_up(session.connection())

    with pytest.raises(DBAPIError, match="no more"):
        save_evidence(filled, Wanted("E0001", tmp_path, "创建办"), MOMENT)

    assert not list(tmp_path.iterdir())


def test_a_file_that_was_changed_is_not_given_out(filled, tmp_path):
    import hashlib

    place = place_of(hashlib.sha256("一".encode()).hexdigest())
    place.chmod(0o600)
    place.write_bytes(b"other")

    with pytest.raises(ProgressError, match="已被改动"):
        save_evidence(filled, Wanted("E0001", tmp_path, "创建办"), MOMENT)

    assert not list(tmp_path.iterdir())
