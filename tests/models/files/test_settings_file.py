"""The file of settings: whoever else on the machine can read a password in it is said, and nothing of it."""

import pytest

from deployments.service.entrances import say_open_settings
from models.settings import SECRETS, Settings, open_settings

HELD = [
    ("SHIFAN_MAILBOX_PASSWORD=Pa55", True),
    ("shifan_mailbox_password='Pa55'", True),  # both libraries take names in any case
    ("export SHIFAN_DATABASE_URL=postgresql://u:Pa55@h/x", True),
    ("PREFECT_API_DATABASE_CONNECTION_URL=postgresql+asyncpg://u:Pa55@h/x", True),
    ("SHIFAN_PROXY=http://u:Pa55@h:3128", True),
    ("SHIFAN_METRICS_TOKEN=Pa55", True),
    ("PREFECT_API_AUTH_STRING=u:Pa55", True),
    ("SHIFAN_PROXY=http://h:3128", False),
    ("SHIFAN_DATABASE_URL=postgresql://u@h/x", False),
    ("SHIFAN_MAILBOX_PASSWORD=", False),
    ("SHIFAN_CHANNELS=channels.yaml", False),
    ("# SHIFAN_PASSWORD=Pa55", False),
]


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o666])
@pytest.mark.parametrize(("line", "secret"), HELD)
def test_a_password_that_others_can_read_is_said_without_it(
    line, secret, mode, tmp_path, monkeypatch, capsys
):
    (tmp_path / ".env").write_text(line + "\n")
    (tmp_path / ".env").chmod(mode)
    monkeypatch.chdir(tmp_path)

    say_open_settings()

    said = capsys.readouterr().out
    assert ("chmod 600" in said) == secret
    assert "Pa55" not in said


def test_one_for_its_user_alone_is_well_and_so_is_none(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert open_settings() == ""

    (tmp_path / ".env").write_text("SHIFAN_PASSWORD=Pa55\n")
    (tmp_path / ".env").chmod(0o600)
    assert open_settings() == ""


def test_every_setting_that_is_a_secret_is_known_as_one():
    kinds = {name: str(field.annotation) for name, field in Settings.model_fields.items()}
    secret = {f"SHIFAN_{name.upper()}" for name, kind in kinds.items() if "SecretStr" in kind}

    assert secret <= set(SECRETS)
