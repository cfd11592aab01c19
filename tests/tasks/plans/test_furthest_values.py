"""What a command lets through, both databases hold: the furthest day, the largest number, the longest text."""

from datetime import date, datetime

import pytest

from models.campaign.progress import Report
from models.errors import NotFoundError
from models.rules.bounds import LARGEST_NUMBER, LAST_DAY, LONGEST_NOTE, LONGEST_POST
from models.rules.words import Progress
from models.settings import moment_of
from tasks.lists.progress import set_progress
from tasks.notices.silences import add_silence, end_silence, list_silences
from tasks.patrol.patrol import patrol_campaign
from tests.conftest import NOW, TODAY

pytestmark = pytest.mark.usefixtures("any_database", "campaign")
RARE = "\U00020bb7"  # a character of four bytes


def test_a_silence_may_be_as_long_as_its_words_and_as_the_calendar():
    words = {"author": RARE * LONGEST_POST, "reason": RARE * LONGEST_NOTE, "until": LAST_DAY}
    number = add_silence(None, "全部", moment=moment_of(NOW, TODAY), **words)

    [kept] = list_silences(None, TODAY)
    assert (kept.id, kept.author, kept.reason, kept.until) == (number, *words.values())


def test_the_largest_number_is_one_that_is_not_there():
    with pytest.raises(NotFoundError, match=str(LARGEST_NUMBER)):
        end_silence(None, LARGEST_NUMBER, by="甲", moment=moment_of(NOW, TODAY))


def test_the_longest_remark_is_kept_once():
    report = Report("W1", Progress.STARTED, RARE * LONGEST_POST, note=RARE * LONGEST_NOTE)

    assert set_progress(None, report, "进行中", moment=moment_of(NOW, TODAY)) > 0
    assert set_progress(None, report, "进行中", moment=moment_of(NOW, TODAY)) == 0


@pytest.mark.parametrize("day", [date(1990, 1, 1), LAST_DAY])
def test_a_patrol_of_the_first_and_of_the_last_day_comes_to_an_end(day):
    seen = patrol_campaign(None, moment_of(datetime(2025, 7, 21, 2, tzinfo=NOW.tzinfo), day))

    assert seen.today == day
