"""What a page says of a database: one that is busy for now is asked again, one that is down is somebody's work."""

import pytest

from deployments.window.faults import BUSY, DOWN, fault_of, status_of
from models.errors import ContentionError, DatabaseError, EndedError, OccupiedError


@pytest.mark.parametrize(
    ("error", "line", "status"),
    [
        (OccupiedError("数据库被其他程序占用超过 30 秒"), BUSY, 503),
        (ContentionError("两处同时改动"), BUSY, 503),
        (DatabaseError("连不上数据库：口令不对"), DOWN, 503),
        (DatabaseError("磁盘已满"), DOWN, 503),
        (EndedError("已经结束"), "已经结束", 409),
    ],
)
def test_only_what_passes_by_itself_asks_to_be_clicked_again(error, line, status):
    assert fault_of(error) == line
    assert status_of(error) == status
