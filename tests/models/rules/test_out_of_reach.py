"""Why a server lets nobody in: read from what PostgreSQL and its driver say."""

import pytest

from models.rules.out_of_reach import is_refused, why_out_of_reach


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ('connection failed: FATAL:  password authentication failed for user "shifan"', "口令不对"),
        ("connection failed: fe_sendauth: no password supplied", "口令不对"),
        ('FATAL:  no pg_hba.conf entry for host "10.0.0.9"', "口令不对"),
        ('FATAL:  database "shifn" does not exist', "没有这个库或这个用户"),
        ('FATAL:  too many connections for role "shifan"', "连接已经满了"),
        ("FATAL:  remaining connection slots are reserved for superusers", "连接已经满了"),
        ("FATAL:  the database system is starting up", "正在启动或停止"),
        ("[Errno -2] Name or service not known", "检查主机名"),
        ("connection refused", "主机名、端口和网络"),
        ("", "主机名、端口和网络"),
    ],
)
def test_what_a_server_says_is_told_in_words_that_an_office_can_act_on(said, words):
    assert words in why_out_of_reach(said)


def test_only_a_password_that_is_not_taken_asks_for_another_one():
    assert is_refused("FATAL: password authentication failed")
    assert not is_refused("connection refused")
