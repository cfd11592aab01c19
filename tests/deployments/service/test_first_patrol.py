"""What a start says of its first patrol."""

import pytest

from deployments.service.first_patrol import PatrolRun, outcome

LIMIT = "Deployment concurrency limit reached."


def run(type_, message="", **parameters):
    told = {"state": {"type": type_, "message": message}, "parameters": parameters}
    return PatrolRun.of(told)


OURS = run("CANCELLED", LIMIT)
GONE = f"没有巡查，运行被取消了（{LIMIT}）；可以在界面上再运行一次"


@pytest.mark.parametrize(
    ("asked", "others", "said"),
    [
        ([], [], None),  # not asked for yet
        ([], [run("COMPLETED", "8:30")], None),  # somebody else's: ours is still to come
        ([run("SCHEDULED")], [], None),
        ([run("RUNNING")], [run("RUNNING")], None),
        ([run("COMPLETED", "甲市")], [], "甲市"),
        ([run("FAILED", "磁盘已满")], [], "磁盘已满"),
        ([run("CRASHED")], [], "CRASHED"),
        ([OURS], [OURS, run("RUNNING")], None),  # the other one does the work
        ([OURS], [OURS, run("CANCELLED"), run("COMPLETED", "甲市")], "甲市"),
        ([OURS], [run("RUNNING"), OURS, run("COMPLETED", "甲市")], "甲市"),  # it is done already
        ([OURS], [run("COMPLETED", "甲市", campaign="", today="")], "甲市"),  # an empty form
        ([OURS], [run("PENDING", today="2099-01-01")], GONE),  # a preview is no patrol
        ([OURS], [run("COMPLETED", "预览", today="2099-01-01"), run("RUNNING")], None),
        ([OURS], [run("COMPLETED", "乙县", campaign="乙"), OURS], GONE),
        ([OURS], [OURS], GONE),
    ],
)
def test_the_patrol_that_did_the_work_is_told(asked, others, said):
    assert outcome(asked, others) == said
