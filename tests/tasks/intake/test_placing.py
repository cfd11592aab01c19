"""Several campaigns are under way: whose a file is becomes certain by its ledger, or a person says it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from models.audit.chain import AuditEntry
from models.audit.check import check_chain
from models.audit.heads import audit_key
from models.database import open_session
from models.errors import NotFoundError, ProgressError
from models.rules.evidence.words import Reception
from models.settings import moment_of
from tasks.intake.belonging.settling import OF_NONE
from tasks.intake.listing import intake_list, write_intake_list
from tasks.intake.placing import place_files_in
from tasks.intake.receiving import receive
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.packs import load_pack
from tests.tasks.intake.test_importing import (  # noqa: F401 - a fixture
    MOMENT,
    UNITS,
    by_mail,
    filled,
    pieces,
    sent,
)
from tests.tasks.intake.test_receiving import rows

LATER = moment_of(NOW + timedelta(hours=1), TODAY)


@pytest.fixture
def came(campaign: str, sent: Path, tmp_path: Path) -> tuple[Path, Path]:  # noqa: F811
    """A ledger of the first campaign and the file it names, while a second one is under way."""
    found = filled(sent, UNITS[0], tmp_path / "来")
    load_pack(MOMENT)
    return found


def campaigns_kept() -> list[int | None]:
    return [row.campaign_id for row in rows()]


def entries_of(what: str) -> list[tuple[int | None, str]]:
    with open_session(read_only=True) as session:
        assert check_chain(session, audit_key()).faults == []
        found = select(AuditEntry.campaign_id, AuditEntry.subject).where(AuditEntry.what == what)
        return list(session.exec(found.order_by(AuditEntry.id)))  # type: ignore[arg-type]


@ON_BOTH
def test_a_ledger_says_of_which_campaign_it_and_what_came_along_are(
    campaign: str, campaign_id: int, came: tuple[Path, Path], tmp_path: Path
) -> None:
    ledger, file = came
    other = tmp_path / "照片说明.txt"
    other.write_text("没有写到的", encoding="utf-8")
    mail = [replace(by_mail(one, one.name), batch="一封") for one in (ledger, file, other)]

    for _ in range(2):
        receive(None, mail, MOMENT)

    assert campaigns_kept() == [campaign_id] * 3
    assert intake_list(campaign, MOMENT).silent == [(UNITS[1], "第 1 版", str(TODAY))]
    assert [name for _, name in entries_of("file-placed")] == [
        ledger.name,
        file.name,
        other.name,
    ]


@ON_BOTH
def test_what_came_before_is_of_the_campaign_whose_ledger_names_it_later(
    campaign: str, campaign_id: int, came: tuple[Path, Path], tmp_path: Path
) -> None:
    ledger, file = came
    stray = tmp_path / "别的.txt"
    stray.write_text("别人的", encoding="utf-8")
    [asked] = receive(None, [by_mail(file, "1")], MOMENT)
    receive(None, [by_mail(stray, "2", "other@example.cn")], MOMENT)
    assert asked.lines == (OF_NONE,)
    assert "shifan" not in OF_NONE  # the sender reads it, and runs nothing
    assert campaigns_kept() == [None, None]

    [taken] = receive(None, [by_mail(ledger, "3")], LATER)

    assert taken.reception is Reception.TAKEN, taken.lines
    assert len(pieces(campaign_id)) == 1
    assert campaigns_kept() == [campaign_id, None, campaign_id]
    assert OF_NONE not in rows()[0].detail


@ON_BOTH
def test_a_file_that_a_ledger_waits_for_is_of_its_campaign_when_its_sender_sends_it(
    campaign: str, campaign_id: int, came: tuple[Path, Path]
) -> None:
    ledger, file = came
    [lacks] = receive(None, [by_mail(ledger, "1")], MOMENT)
    [late] = receive(None, [by_mail(file, "2")], LATER)

    assert lacks.reception is Reception.PARTLY
    assert "已按市司法局" in late.lines[0]
    assert len(pieces(campaign_id)) == 1
    assert campaigns_kept() == [campaign_id] * 2


@ON_BOTH
def test_the_same_file_again_with_its_campaign_named_is_of_that_campaign(
    campaign: str, campaign_id: int, came: tuple[Path, Path]
) -> None:
    _, file = came
    receive(None, [by_mail(file, "1")], MOMENT)

    for _ in range(2):
        receive(campaign, [by_mail(file, "1")], LATER)
    receive("second", [by_mail(file, "1")], LATER)

    assert campaigns_kept() == [campaign_id]
    assert entries_of("file-placed") == [(campaign_id, file.name)]
    assert intake_list(campaign, LATER).waiting == 1


@ON_BOTH
def test_the_list_shows_what_is_of_no_campaign_and_one_command_places_it(
    campaign: str, campaign_id: int, came: tuple[Path, Path], tmp_path: Path
) -> None:
    ledger, file = came
    receive(campaign, [by_mail(ledger, "1")], MOMENT)
    receive(None, [by_mail(file, "2", "new@example.cn")], MOMENT)
    [number] = [row.id or 0 for row in rows() if row.campaign_id is None]

    for slug in (campaign, "second"):
        found = intake_list(slug, MOMENT)
        assert "另有 1 个文件不知道是哪个创建活动的" in found.line
        assert [(row[0], row[3]) for row in found.of_none] == [(str(number), file.name)]
    write_intake_list(found, tmp_path / "登记.xlsx")
    with pytest.raises(NotFoundError, match="99"):
        place_files_in(campaign, [number, 99], "创建办", LATER)
    assert None in campaigns_kept()

    said = [place_files_in(campaign, [number], "创建办", LATER).line for _ in range(2)]

    assert said == ["归入 1 个文件", "这些文件早已归入，没有变化"]
    assert intake_list(campaign, LATER).of_none == []
    assert campaigns_kept() == [campaign_id] * 2
    with pytest.raises(ProgressError, match=f"编号 {number} 的文件已归入别的创建活动"):
        place_files_in("second", [number], "创建办", LATER)


@ON_BOTH
def test_what_is_placed_by_hand_goes_to_the_ledger_that_waits_for_it(
    campaign: str, campaign_id: int, came: tuple[Path, Path]
) -> None:
    ledger, file = came
    receive(campaign, [by_mail(ledger, "1")], MOMENT)
    named = replace(by_mail(file, "2", ""), name=f"{UNITS[0]}/{file.name}", sender="")
    folder = replace(named, via=type(named.via)("folder"))
    receive(None, [folder], MOMENT)

    said = place_files_in(campaign, [rows()[-1].id or 0], "创建办", LATER).line

    assert said == "归入 1 个文件，其中 1 个有台账在等，已经挂上"
    assert len(pieces(campaign_id)) == 1
