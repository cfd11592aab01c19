"""What a campaign is called."""

import pytest

from models.rules.campaign_names import address_of, default_slug, folded, label, slug_fault, tidy


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("金昌市创建全国法治政府建设示范市实施方案", "金昌 2025"),
        ("甘肃省金昌市2024年法治政府建设方案", "金昌 2024"),
        ("随州市曾都区创建省级法治政府建设示范区工作方案", "曾都 2025"),
        ("关于印发《沙市区法治政府建设方案》的通知", "沙市 2025"),
        ("恩施土家族苗族自治州恩施市法治政府建设方案", "恩施 2025"),
        ("随县创建省级法治政府建设示范县方案", "随县 2025"),
        ("青汀县创建国家卫生县城工作方案", "青汀 2025"),
        ("安宁州居家和社区养老服务实施方案", "安宁 2025"),
        ("2026年云浦区营商环境工作方案", "云浦 2026"),
    ],
)
def test_the_default_is_the_place_and_the_year_of_the_title(title, expected):
    assert default_slug(title, "", 2025) == expected


def test_a_title_without_a_place_takes_its_issuer_s():
    assert default_slug("法治政府建设工作要点", "中共随州市曾都区委", 2023) == "曾都 2023"
    assert default_slug("创建全国法治政府建设示范市实施方案", "", None) == "方案"


@pytest.mark.parametrize("slug", ["jc", "金昌 2025", "金昌市-2025", "A1", "金"])
def test_chinese_letters_and_digits_make_a_name(slug):
    assert slug_fault(slug) == ""


@pytest.mark.parametrize("slug", ["", " ", "-a", "a-", "a/b", "金昌。", "a" * 41, "a\nb", "../x"])
def test_what_no_folder_or_message_could_bear_makes_none(slug):
    assert "不能用作简称" in slug_fault(slug)


def test_spellings_of_a_name_are_one_name():
    assert folded("金昌 2025") == folded("金昌2025") == folded(" 金昌\u30002025")
    assert tidy(" 金昌\u3000 2025 ") == "金昌 2025"


def test_only_small_letters_and_digits_go_into_an_address():
    assert address_of("jc-2025", 3) == "jc-2025"
    assert address_of("金昌 2025", 3) == address_of("JC", 3) == "c3"
    assert address_of("c1", 3) == address_of("c01", 3) == address_of("c99999999999", 3) == "c3"
    assert (address_of("c1a", 3), address_of("c-1", 3)) == ("c1a", "c-1")


def test_a_demonstration_says_so_behind_its_name():
    assert (label("demo", True), label("金昌 2025", False)) == ("demo【演示】", "金昌 2025")
