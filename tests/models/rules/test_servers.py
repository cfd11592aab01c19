"""Which server it is, by real answers to `SELECT version()`, and whether we may be kept in it."""

import pytest

from models.rules.servers import Server, fault_of, server_of, whole

KINGBASE, OPENGAUSS, POSTGRESQL = Server.KINGBASE, Server.OPENGAUSS, Server.POSTGRESQL
SAID = {
    # From the vendors' documents and trackers, and from the build files of openGauss 5.0, 6.0 and its trunk.
    "KingbaseES V008R006C008B0014 on x86_64-pc-linux-gnu, compiled by gcc (GCC) 4.1.2, 64-bit": (
        KINGBASE, (8, 6, 8), (12, 1)),
    "KingbaseES V008R006C007B0024PSC001 on aarch64-unknown-linux-gnu": (KINGBASE, (8, 6, 7), (12, 1)),
    "KingbaseES V009R001C001B0025 on x64": (KINGBASE, (9, 1, 1), (12, 1)),
    "KingbaseES V009R004C014PS004 - 12.1": (KINGBASE, (9, 4, 14), (12, 1)),
    "Kingbase V008R003C002B0270 on x86_64-unknown-linux-gnu, compiled by gcc": (
        KINGBASE, (8, 3, 2), (9, 6)),
    "PostgreSQL 9.2.4 (openGauss 2.0.0 build 78689da9) compiled at 2021-03-31 21:04:03 commit 0 last mr": (
        OPENGAUSS, (2, 0, 0), (9, 2, 4)),
    "(openGauss 5.0.0 build a07d57c3) compiled at 2023-03-29 03:09:38 commit 0 last mr 0 on x86_64-unknown-linux-gnu, "
    "compiled by g++ (GCC) 7.3.0, 64-bit": (OPENGAUSS, (5, 0, 0), (9, 2, 4)),
    "(openGauss 6.0.0 build aee4abd5) compiled at 2024-09-29 19:14:27 commit 0 last mr": (
        OPENGAUSS, (6, 0, 0), (9, 2, 4)),
    "openGauss 6.0.0 (openGauss 6.0.0 build aee4abd5) compiled at 2024-09-29 19:14:27 on aarch64": (
        OPENGAUSS, (6, 0, 0), (9, 2, 4)),
    "(openGauss 7.0.0-RC1 build 10d38387) compiled at 2025-03-21 18:18:33 commit 0 last mr": (
        OPENGAUSS, (7, 0, 0), (9, 2, 4)),
    "PostgreSQL 14.11 (Debian 14.11-1.pgdg120+2) on x86_64-pc-linux-gnu, compiled by gcc": (
        POSTGRESQL, (14, 11), (14, 11)),
    "PostgreSQL 18.4 on x86_64-pc-linux-gnu": (POSTGRESQL, (18, 4), (18, 4)),
    "PostgreSQL 17beta1 on x86_64": (POSTGRESQL, (17,), (17,)),
}  # fmt: skip


@pytest.mark.parametrize("said", SAID)
def test_a_server_is_known_by_what_it_says_of_itself(said):
    known = server_of(said)

    assert known is not None
    assert (known.server, known.version, known.like) == SAID[said]


@pytest.mark.parametrize("said", ["", "8.0.36", "DM Database Server x64 V8", "MariaDB 10.6"])
def test_another_server_is_not_guessed_at(said):
    assert server_of(said) is None
    assert "没有试过" in fault_of(said, "", empty_is_null=False)


GAUSS = "(openGauss 5.0.0 build a07d57c3) compiled at 2023-03-29"
KES = "KingbaseES V008R006C008B0014 on x86_64"


@pytest.mark.parametrize(
    ("said", "mode", "empty_is_null", "words"),
    [
        (GAUSS, "PG", False, ""),
        (KES, "pg", False, ""),
        ("PostgreSQL 14.0 on x86_64", "", False, ""),
        (GAUSS, "A", True, "空字符串"),  # the mode it has unless another is asked for
        (GAUSS, "B", False, "兼容模式是 B"),  # MySQL's: || is OR, a day is an instant
        (KES, "oracle", True, "空字符串"),
        (KES, "oracle", False, "兼容模式是 oracle"),  # with ora_input_emptystr_isnull off
        (KES, "pg", True, "空字符串"),  # switched on by somebody
        ("Kingbase V008R003C002B0270 on x86_64", "", False, "版本太旧"),
        ("(openGauss 3.0.0 build 02c14696) compiled", "PG", False, "版本太旧"),  # no SKIP LOCKED
        ("PostgreSQL 13.9 on x86_64", "", False, "版本太旧"),
    ],
)
def test_a_database_that_would_take_our_facts_for_others_is_refused_in_one_line(
    said, mode, empty_is_null, words
):
    fault = fault_of(said, mode, empty_is_null=empty_is_null)

    assert words in fault
    assert bool(fault) == bool(words)
    assert "\n" not in fault


def test_a_database_that_does_not_keep_every_letter_is_refused_in_one_line():
    said = "PostgreSQL 15.3 on x86_64"
    fault = fault_of(said, "", empty_is_null=False, letters="SQL_ASCII")

    assert "字符集是 SQL_ASCII" in fault
    assert "ENCODING 'UTF8'" in fault
    assert fault_of(said, "", empty_is_null=False, letters="UTF8") == ""


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:one%40two%2F%23@10.0.0.1:5432/shifan",
        "postgresql://u@10.0.0.1/shifan?host=/run/postgresql",
        "postgresql:///shifan",
        "sqlite:////srv/a#b@c.db",
    ],
)
def test_an_address_with_a_password_written_by_its_numbers_is_whole(url):
    assert whole(url) == url


@pytest.mark.parametrize("password", ["a@b", "a/b", "a#b", "50%x", "a:b@c"])
def test_an_address_that_its_password_takes_apart_is_refused(password):
    with pytest.raises(ValueError):  # noqa: PT011 - urllib has words of its own
        whole(f"postgresql://u:{password}@10.0.0.1:5432/shifan")


def test_a_refusal_says_how_the_right_database_is_made():
    assert "DBCOMPATIBILITY 'PG'" in fault_of(GAUSS, "A", empty_is_null=True)
    assert "database_mode" in fault_of(KES, "oracle", empty_is_null=True)
