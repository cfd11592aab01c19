"""Under which name and from which page a call comes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deployments.door.callers.origins import host_of, is_known_host, is_own_origin


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Example.GOV:4200", "example.gov"),
        ("example.gov.", "example.gov"),
        ("[::1]:4200", "::1"),
        ("", ""),
        ("[", ""),
        ("user@127.0.0.1", "127.0.0.1"),
    ],
)
def test_the_name_in_a_host_header(header, name):
    assert host_of(header) == name


@pytest.mark.parametrize(
    ("header", "came_to", "known"),
    [
        ("127.0.0.1:4200", "192.0.2.5", True),
        ("localhost", "127.0.0.1", True),
        ("192.0.2.5:4200", "192.0.2.5", True),  # the address the connection reached
        ("192.0.2.5:4200", "::ffff:192.0.2.5", True),
        ("192.0.2.6:4200", "192.0.2.5", False),
        ("0.0.0.0:4200", "127.0.0.1", False),
        ("sf.example.gov", "192.0.2.5", True),
        ("x.sf.example.gov", "192.0.2.5", False),
        ("192.0.2.5.example.com", "192.0.2.5", False),
        ("", "192.0.2.5", False),
    ],
)
def test_which_names_are_ours_when_there_is_a_password(header, came_to, known):
    assert is_known_host(header, came_to, {"sf.example.gov"}, loopback=False) is known


@pytest.mark.parametrize(
    ("header", "known"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("localhost", True), ("[::1]", True)]
    + [("192.0.2.5", False), ("sf.example.gov", False), ("127.1", False)],
)
def test_without_a_password_only_the_machine_itself_is(header, known):
    assert is_known_host(header, "127.0.0.1", {"sf.example.gov"}, loopback=True) is known


@pytest.mark.parametrize(
    "origin", ["http://[", "http://[::1", "http://a]b", "://", "http://\u2100"]
)
def test_what_is_no_address_is_no_origin_of_ours(origin):
    assert not is_own_origin(origin, "127.0.0.1:4200", "https://sf.example.gov")


@given(st.text(max_size=40))
def test_no_origin_but_the_own_is_the_own(origin):
    own = is_own_origin(origin, "127.0.0.1:4200", "https://sf.example.gov")

    assert own is (origin.lower() in ("http://127.0.0.1:4200", "https://sf.example.gov"))
