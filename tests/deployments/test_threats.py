"""The page of threats: what is said to stop somebody is a test that there is."""

import re

from tests.places import ROOT

PAGE = (ROOT / "deployments" / "threats.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`(test_\w+)`", PAGE))


def test_every_test_that_the_page_names_is_there():
    there = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.M)
    }

    assert len(NAMED) > 25
    assert NAMED - there == set()


def test_everybody_who_could_do_something_has_what_does_not_stop_him_beside():
    rows = [line.split("|")[1:-1] for line in PAGE.splitlines() if line.startswith("| **")]

    assert len(rows) >= 12
    assert all(len(row) == 4 and row[2].strip() for row in rows)
    assert sum(not row[3].strip() for row in rows) <= 1


def test_a_prefect_of_its_own_invites_no_other_page():
    """Prefect's own default is everybody."""
    for file in ("compose.yaml", "systemd/shifan.env.example"):
        text = (ROOT / "deployments" / file).read_text(encoding="utf-8")
        invited = re.findall(r"PREFECT_SERVER_CORS_ALLOWED_ORIGINS[=:] *(.+)", text)

        assert invited == ["http://127.0.0.1:4200"], file
