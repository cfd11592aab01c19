"""What came in and which ledgers are back, as the office reads it."""

from pathlib import Path

from models.settings import moment_of
from tasks.intake.importing import import_ledgers
from tasks.intake.listing import intake_list
from tasks.ledgers.exporting import export_ledgers
from tests.conftest import NOW, ON_BOTH, TODAY

MOMENT = moment_of(NOW, TODAY)
UNITS = ("市司法局", "市财政局")


@ON_BOTH
def test_the_list_says_how_many_ledgers_are_out_and_how_many_of_them_are_back(
    campaign: str, tmp_path: Path
) -> None:
    said = [intake_list(campaign, MOMENT).line]
    for unit in UNITS:
        export_ledgers(campaign, tmp_path, MOMENT, unit=unit)
    said.append(intake_list(campaign, MOMENT).line)
    for unit in UNITS:
        [ledger] = tmp_path.glob(f"{unit}-*.xlsx")
        import_ledgers(campaign, ledger, MOMENT)
        said.append(intake_list(campaign, MOMENT).line)

    assert said == [
        "收到 0 个文件；台账还没有发出",
        "收到 0 个文件；最近的台账发给 2 个单位，都还没有交回",
        "收到 1 个文件；最近的台账发给 2 个单位，1 个已交回，1 个还没有交回",
        "收到 2 个文件；最近的台账发给 2 个单位，都已交回",
    ]


def test_of_one_unit_only_its_own_ledger_is_spoken_of(campaign: str, tmp_path: Path) -> None:
    export_ledgers(campaign, tmp_path, MOMENT, unit=UNITS[0])

    asked = [intake_list(campaign, MOMENT, unit=unit) for unit in UNITS]

    assert [[row[0] for row in one.silent] for one in asked] == [[UNITS[0]], []]
    assert asked[1].line == "收到 0 个文件；台账还没有发出"
