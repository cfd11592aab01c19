"""A database of an older version: its codes and delegations keep their meaning."""

from datetime import date

from alembic import command
from alembic.config import Config
from sqlmodel import select

from models.audit.heads_file import HEADS_FILE
from models.database import engine_for, open_session
from models.decisions.decision import DecisionCode
from models.decisions.delegation import Delegation
from models.files.home import home
from models.rules.decisions.answers import Answer, Said
from models.schema import REVISION, current_revision, upgrade
from models.settings import ROOT, moment_of, settings
from tasks.decisions.deputies.delegating import ToLend, delegate
from tests.conftest import ON_BOTH
from tests.support.deciding import asked, code_for, decide, noon

FORCE = Said(Answer.FORCE, "边推进边补")
MONDAY, LATE = date(2025, 7, 21), date(2025, 7, 25)
BEFORE = "0004"


def downgrade() -> None:
    """Take the database back to `BEFORE`, as if nothing newer had ever been there.

    That loses its mark, and the upgrade gives it another: a head kept before would rightly say that
    this is not the database it was of.
    """
    config = Config()
    config.set_main_option("script_location", str(ROOT / "models" / "migrations"))
    engine = engine_for(settings().database)
    engine.dispose()  # SQLite drops no column that a trigger of the connection reads
    with engine.execution_options(read_only=True).begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, BEFORE)
    (settings().home / HEADS_FILE).unlink()


@ON_BOTH
def test_codes_are_void_and_delegations_stand_there_and_back(office):
    slug = office()
    number = asked(slug)
    code = code_for(number, MONDAY)
    delegate(
        slug, ToLend("组长", "分管领导", MONDAY, LATE, "创建办"), moment_of(noon(MONDAY), MONDAY)
    )
    downgrade()
    assert current_revision() == BEFORE
    assert upgrade(noon(MONDAY)) == BEFORE
    assert current_revision() == REVISION

    with open_session(read_only=True) as session:
        assert session.exec(select(DecisionCode.purpose)).all() == ["decide"]
        assert session.exec(select(Delegation.agreed)).all() == [True]
        assert session.exec(select(DecisionCode.state)).all() == ["void"]  # it was kept unsealed
    assert not decide(number, FORCE, MONDAY, code=code).done
    assert decide(number, FORCE, MONDAY).done


def test_from_a_backup_without_its_key_codes_are_void_and_a_new_one_decides(office):
    number = asked(office())
    code = code_for(number, MONDAY)
    (home() / "code.key").unlink()  # another machine, and only the database came along

    assert not decide(number, FORCE, MONDAY, code=code).done
    assert decide(number, FORCE, MONDAY, code=code_for(number, MONDAY)).done
