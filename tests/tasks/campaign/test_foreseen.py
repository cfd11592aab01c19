"""What closing, archiving or removing a campaign would do is said before it is done, and nothing is written."""

import pytest

from models.errors import EndedError
from models.settings import moment_of
from tasks.campaign.foreseen import foresee_archive, foresee_close, foresee_removal
from tasks.campaign.life import close_campaign
from tasks.patrol.patrol import patrol_campaign
from tests.conftest import NOW, TODAY
from tests.support.rows import everything

MOMENT = moment_of(NOW, TODAY)


def test_what_stays_what_stops_and_what_can_be_undone_is_said(campaign):
    removal = "\n".join(foresee_removal(campaign))
    patrol_campaign(campaign, MOMENT)
    before = everything()
    close = "\n".join(foresee_close(campaign))
    assert everything() == before

    done = close_campaign(campaign, "创建办", "已获命名", MOMENT)
    archive = "\n".join(foresee_archive(campaign))

    assert "不能撤销" in removal
    assert "1 个待决定的审批失效" in close
    assert "shifan campaign reopen jc" in close
    assert "shifan campaign archive jc --by 创建办" in done
    assert "归档不是备份" in archive
    assert all("没有做任何改动" in said for said in (removal, close, archive))


def test_the_numbers_foreseen_are_those_that_then_come(campaign):
    patrol_campaign(campaign, MOMENT)
    [stops] = [line for line in foresee_close(campaign) if line.startswith("停下")]

    done = close_campaign(campaign, "创建办", "已获命名", MOMENT)

    said = stops.partition("；")[2]
    assert said in done


def test_what_would_be_refused_is_refused_beforehand(campaign):
    with pytest.raises(EndedError, match="还在进行"):
        foresee_archive(campaign)
    patrol_campaign(campaign, MOMENT)
    with pytest.raises(EndedError, match="已经巡查过"):
        foresee_removal(campaign)
    close_campaign(campaign, "创建办", "已获命名", MOMENT)
    with pytest.raises(EndedError, match="已于"):
        foresee_close(campaign)
