"""Which addresses are asked, and what counts as a change of a page."""

import pytest

from models.rules.evidence.links import (
    address_fault,
    channel_fault,
    networks_in,
    page_changes,
    url_fault,
)


@pytest.mark.parametrize(
    "url",
    ["http://www.example.cn/", "HTTPS://example.cn:8443/a?b=1#c", "http://例子.中国/页"],
)
def test_addresses_of_pages_may_be_tried(url):
    assert url_fault(url) == ""


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.cn/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//example.cn/",
        "http://user:pw@example.cn/",
        "http://@example.cn/",
        "http:///x",
        "http://example.cn:99999/",
        "http://example.cn:0/",
        "http://exa mple.cn/",
        "http://example.cn/\r\nHost: x",
        "http://example.cn\\@127.0.0.1/",
        "http://[::1/",
        "http://example.cn/" + "a" * 2000,
    ],
)
def test_other_addresses_are_not(url):
    assert url_fault(url)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",  # the metadata of clouds
        "100.100.100.200",  # the same, elsewhere
        "224.0.0.1",
        "239.255.255.250",
        "255.255.255.255",
        "192.0.2.1",
        "198.18.0.1",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fd00:ec2::254",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",  # 10.0.0.1 by NAT64
        "2002:a00:1::",  # 10.0.0.1 by 6to4
        "2001:0:a00:1::",  # 10.0.0.1 is asked by Teredo
        "2606:4700::5efe:a00:1",  # 10.0.0.1 by ISATAP
        "2606:4700::200:5efe:a00:1",
        "::10.0.0.1",  # IPv4 in the old clothes
        "::ffff:0:10.0.0.1",
        "64:ff9b:1::a00:1",  # NAT64 within a network
        "fec0::1",
        "192.0.0.192",
        "no address",
    ],
)
def test_inner_addresses_are_not_asked(address):
    assert address_fault(address, [])


@pytest.mark.parametrize("address", ["223.5.5.5", "1.1.1.1", "2400:3200::1"])
def test_public_addresses_are(address):
    assert address_fault(address, []) == ""


def test_what_is_allowed_by_name_is_asked_and_its_neighbours_are_not():
    allowed = networks_in("10.20.0.0/16，127.0.0.1")

    assert address_fault("10.20.3.4", allowed) == address_fault("127.0.0.1", allowed) == ""
    assert address_fault("::ffff:10.20.3.4", allowed) == ""
    assert address_fault("10.21.0.1", allowed) and address_fault("127.0.0.2", allowed)
    with pytest.raises(ValueError, match="does not appear"):
        networks_in("example.cn")


PAGE = "关于公布重大行政决策目录的通知\n现将目录公布如下\n一、城市供水价格调整\n二、养老服务规划"


@pytest.mark.parametrize(
    ("after", "changed", "says"),
    [
        (PAGE, False, ""),
        (PAGE + "\n浏览次数：1024 次", False, ""),
        (PAGE + "\n今天是2025年7月1日 星期二", False, ""),
        (PAGE.replace("\n", "\n \n"), False, ""),
        (PAGE + "\n新闻", False, "多了“新闻”"),
        (PAGE.replace("一、城市供水价格调整\n", ""), True, "少了“一、城市供水价格调整”"),
        (PAGE.replace("养老", "教育"), True, "多了“二、教育服务规划”"),
        ("页面不存在", True, "少了"),
        ("", True, "少了"),
    ],
)
def test_a_page_is_another_when_what_it_said_went(after, changed, says):
    found, words = page_changes(PAGE + "\n浏览次数：7 次", after)

    assert found is changed
    assert says in words


def test_only_the_passage_that_proves_matters_where_there_is_one():
    passage = "一、城市供水 价格调整"

    assert page_changes(PAGE, "改版了\n一、城市供水价格调整", passage) == (False, "")
    found, words = page_changes(PAGE, PAGE.replace("供水", "供热"), passage)
    assert found and "没有证明段落" in words


# An office's own SMS gateway, mail and proxy are inside; nothing of an office's answers at the others.
CHANNELS = [
    ("127.0.0.1", True),
    ("::1", True),
    ("10.1.2.3", True),
    ("172.16.0.1", True),
    ("192.168.1.1", True),
    ("100.64.0.1", True),
    ("fd12:3456::1", True),
    ("8.8.8.8", True),
    ("169.254.169.254", False),  # where clouds keep a machine's keys
    ("169.254.1.1", False),
    ("100.100.100.200", False),
    ("fd00:ec2::254", False),
    ("fd20:ce::254", False),
    ("192.0.0.192", False),
    ("fe80::1%eth0", False),
    ("::ffff:169.254.169.254", False),  # in another's clothes
    ("64:ff9b::a9fe:a9fe", False),
    ("2002:a9fe:a9fe::1", False),
    ("2606:4700::5efe:a9fe:a9fe", False),
    ("0.0.0.0", False),
    ("::", False),
    ("224.0.0.1", False),
    ("ff02::1", False),
    ("240.0.0.1", False),
    ("255.255.255.255", False),
    ("nonsense", False),
]


@pytest.mark.parametrize(("address", "asked"), CHANNELS)
def test_a_channel_may_lead_into_the_offices_own_network_and_to_no_keys_of_a_cloud(address, asked):
    assert (channel_fault(address) == "") == asked


@pytest.mark.parametrize("address", [address for address, asked in CHANNELS if not asked])
def test_what_no_channel_may_lead_to_no_link_does_either(address):
    assert address_fault(address, ())
