"""Entries of the audit in an office's words."""

import pytest

from models.rules.audit.words import deed_in_words, facts_in_words


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ("{}", ""),
        (
            '{"from":"active","to":"closed","name":"实施推进"}',
            "从：进行中；到：已结束；名称：实施推进",
        ),
        (
            '{"old":{"state":"open"},"new":{"state":"done","note":"done"}}',
            "原来：（状态：未开始）；现在：（状态：已完成；说明：done）",
        ),
        ('{"posts":["组长","分管领导"],"why":"","due":null}', "岗位：组长、分管领导"),
        ('{"of a later version":true}', "of a later version：是"),
        ("no JSON", ""),
    ],
)
def test_facts_are_said_in_words(facts, said):
    assert facts_in_words(facts) == said


def test_what_a_later_version_wrote_stands_as_it_is():
    assert deed_in_words("of-a-later-version") == "of-a-later-version"


def test_days_and_conditions_are_said_as_an_office_says_them():
    facts = '{"due":"2026-12-04","obstacles":[{"rule":"ledgers-out","owner":"创建办"}],"no":"2026-02-30"}'

    assert facts_in_words(facts) == (
        "时限：2026年12月4日；障碍：（条件：每个责任单位都领到台账；谁来办：创建办）；no：2026-02-30"
    )
