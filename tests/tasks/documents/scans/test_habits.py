"""What text recognition makes of signs again and again is put right, and nothing else."""

import pytest

from tasks.documents.scans.habits import put_right


@pytest.mark.parametrize(
    ("seen", "written"),
    [
        ("第一阶段:动员部署", "第一阶段：动员部署"),
        ("牵头单位:市司法局;责任单位:市财政局", "牵头单位：市司法局；责任单位：市财政局"),
        ("(一）加强组织领导", "（一）加强组织领导"),
        ("12月1日一次年3月31日", "12月1日—次年3月31日"),
        ("2023一2025年", "2023—2025年"),
        ("3月一5月", "3月—5月"),
        ("☐达标", "□达标"),
        ("麓政办发〔2024]36号", "麓政办发〔2024〕36号"),
        ("一2026年)》印发给你们", "—2026年）》印发给你们"),
        ("-3一", "—3—"),
        # What is right stays.
        ("每月一次", "每月一次"),
        ("1月第一周", "1月第一周"),
        ("比例为1:3", "比例为1:3"),
        ("每年一至两次", "每年一至两次"),
        ("ISO9001:2015(E)", "ISO9001:2015(E)"),
    ],
)
def test_signs_are_put_right_letter_for_letter(seen, written):
    assert put_right(seen) == written
    assert len(put_right(seen)) == len(seen)
