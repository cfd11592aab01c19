"""What the release before this one left is all there afterwards, and the way back is open."""

from tests.tools.upgrade_try import older, tried


def test_an_upgrade_loses_no_row_and_its_backup_leads_back():
    [before] = older(1)
    trial = tried(before)

    assert trial.rows > 800
    assert trial.sound, str(trial)
