from datetime import timedelta

from tasks.evidence.looking_up import EvidenceWanted, list_evidence
from tests.conftest import TODAY
from tests.support.evidence import first_item, handed, piece


def test_what_expires_soon_is_found_and_what_never_expires_is_not(campaign):
    item = first_item()
    days = (None, TODAY + timedelta(30), TODAY + timedelta(31))
    for number, day in enumerate(days):
        handed(piece(f"第 {number} 份", [item.code], content=str(number).encode(), expires_on=day))

    found = list_evidence("jc", EvidenceWanted(expired_by=TODAY + timedelta(30)))

    assert [line.code for line in found] == ["E0002"]
    assert len(list_evidence("jc", EvidenceWanted())) == 3
