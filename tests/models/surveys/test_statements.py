"""What rooms of this kind ask of the database does not grow with people, units or strata."""

from datetime import date

import pytest
from sqlalchemy import event

from models.database import engine_for, open_session
from models.rules.surveys.words import STAFF
from models.settings import moment_of, settings
from models.surveys.law_making import NewLawTest, make_law_test, seat_candidates
from models.surveys.law_results import law_outcome
from models.surveys.survey import SurveyCount
from models.surveys.survey_answers import survey_outcome
from models.surveys.survey_making import NewStratum, make_survey, store_strata
from models.units.unit import units_of
from tests.conftest import NOW, TODAY
from tests.support.surveys import new_survey

AT = moment_of(NOW, TODAY)
pytestmark = pytest.mark.usefixtures("database")


def asked(session, ask):
    """Return how many statements ``ask`` makes."""
    seen = []
    engine = engine_for(settings().database)

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        ask(session)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(seen)


@pytest.mark.parametrize("people", [1, 9])
def test_a_law_tests_result_takes_four_statements(campaign_id, people):
    with open_session() as session:
        test = make_law_test(session, campaign_id, NewLawTest(date(2025, 8, 1), "一", "创建办"), AT)
        units = units_of(session, campaign_id)[: people * 2]
        counts = {(unit.id, staff): people for unit in units for staff in STAFF}
        places = {unit.id: n for n, unit in enumerate(units, 1)}
        seat_candidates(session, test, counts, places)

        assert asked(session, lambda session: law_outcome(session, test)) <= 4


@pytest.mark.parametrize("many", [2, 20])
def test_a_surveys_result_takes_four_statements(campaign_id, many):
    with open_session() as session:
        survey = make_survey(session, campaign_id, new_survey(), AT)
        store_strata(session, survey, [NewStratum(f"第{n}镇", "", 100) for n in range(many)])
        session.add_all(
            SurveyCount(
                survey_id=survey.id, stratum_id=n, caller="A", question=0, answer="refused", count=n
            )
            for n in range(1, many + 1)
        )
        session.flush()

        assert asked(session, lambda session: survey_outcome(session, survey)) == 4
