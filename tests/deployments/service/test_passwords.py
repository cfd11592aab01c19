"""Where the UI's password comes from."""

import pytest

from deployments.service.passwords import LONGEST, chosen_password
from models.errors import ServerError


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    monkeypatch.setenv("SHIFAN_PASSWORD", "of-the-environment")


def written(tmp_path, text: str, mode: int = 0o600):
    file = tmp_path / "口令.txt"
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)
    return file


def test_a_file_comes_before_the_environment(tmp_path):
    assert chosen_password(None, None, ask=False) == "of-the-environment"
    assert chosen_password(None, written(tmp_path, "of-the-file\n"), ask=False) == "of-the-file"


@pytest.mark.parametrize(
    ("text", "mode", "said"),
    [
        ("", 0o600, "一行口令"),
        ("\n", 0o600, "一行口令"),
        ("a\nb\n", 0o600, "一行口令"),
        ("x" * (LONGEST + 1), 0o600, "一行口令"),
        ("secret", 0o640, "chmod 600"),
        ("secret", 0o604, "chmod 600"),
    ],
)
def test_a_file_that_is_no_password_or_that_others_read_is_refused(tmp_path, text, mode, said):
    with pytest.raises(ServerError, match=said) as refused:
        chosen_password(None, written(tmp_path, text, mode), ask=False)

    assert "secret" not in str(refused.value)


def test_a_prompt_asks_twice(monkeypatch):
    answers = iter(["one", "one", "one", "two"])
    monkeypatch.setattr("deployments.service.passwords.getpass", lambda _: next(answers))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)

    assert chosen_password(None, None, ask=True) == "one"
    with pytest.raises(ServerError, match="不一样"):
        chosen_password(None, None, ask=True)
