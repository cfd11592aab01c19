"""What of a text does not go into an archive."""

import pytest

from models.rules.archive.privacy import without_persons


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("联系 13800138000", "联系 138****8000"),
        ("发到 li.si@example.gov.cn，谢谢", "发到 ***@example.gov.cn，谢谢"),
        ("共 104 项，2025-06-13 印发", "共 104 项，2025-06-13 印发"),
        ("a" * 52 + "138001380001", "a" * 52 + "138001380001"),  # a hash
        ("@所有单位", "@所有单位"),
        ("", ""),
    ],
)
def test_numbers_and_addresses_are_masked_and_nothing_else(text, shown):
    assert without_persons(text) == shown
