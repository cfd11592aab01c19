"""What closing, archiving or removing a campaign would do is said before it is done, and nothing is written."""

import pytest

from models.campaign.campaign import campaign_named
from models.database import open_session
from models.errors import EndedError
from models.settings import moment_of
from tasks.campaign.foreseen import foresee_archive, foresee_close, foresee_removal
from tasks.campaign.life import archive_next, close_campaign
from tasks.patrol.patrol import patrol_campaign
from tests.conftest import NOW, TODAY
from tests.support.packs import load_pack
from tests.support.rows import everything

MOMENT = moment_of(NOW, TODAY)


def test_what_stays_what_stops_and_what_can_be_undone_is_said(campaign):
    removal = "\n".join(foresee_removal(campaign))
    patrol_campaign(campaign, MOMENT)
    before = everything()
    close = "\n".join(foresee_close(campaign))
    assert everything() == before

    close_campaign(campaign, "创建办", "已获命名", MOMENT)
    archive = "\n".join(foresee_archive(campaign))

    assert "不能撤销" in removal
    assert "1 个待决定的审批失效" in close
    assert "shifan campaign reopen jc" in close
    assert "归档不是备份" in archive
    assert all("没有做任何改动" in said for said in (removal, close, archive))


def test_what_is_next_is_a_command_that_can_be_copied():
    assert archive_next("金昌 2025", "创建办").endswith("archive '金昌 2025' --by 创建办")


def test_a_county_under_it_goes_on_and_that_is_said(campaign):
    assert "下级" not in "\n".join(foresee_close(campaign))
    load_pack(MOMENT, "某县")
    with open_session() as session:
        campaign_named(session, "某县").parent_id = campaign_named(session, campaign).id

    assert "不受影响：下级的 1 项还在进行" in "\n".join(foresee_close(campaign))
    close_campaign(campaign, "创建办", "已获命名", MOMENT)
    assert "不受影响：下级的 1 项还在进行" in "\n".join(foresee_archive(campaign))


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
