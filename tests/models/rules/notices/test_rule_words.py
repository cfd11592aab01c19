"""The text of notices about no item."""

from datetime import date

import pytest

from models.rules.notices.rule_words import silence_stands


@pytest.mark.parametrize(
    ("author", "ends"),
    [
        ("创建办", "不再需要时请结束它（shifan silence end 3）"),
        ("市司法局局长", "不再需要时请告诉创建办，由创建办结束它"),  # who runs no command
        ("市司法局", "不再需要时请告诉创建办，由创建办结束它"),
    ],
)
def test_who_made_a_silence_is_told_how_it_ends_in_words_of_their_own(author, ends):
    said = silence_stands(3, "W1", author, "汛期", date(2025, 8, 8))

    assert said == (
        f"第 3 号静默仍在生效：W1，由{author}设置，理由：汛期，到 2025-08-08 为止。{ends}"
    )
