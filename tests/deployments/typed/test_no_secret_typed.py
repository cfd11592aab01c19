"""Nothing secret is typed into a command: every user of the machine sees the list of processes."""

import re
from pathlib import Path

import pytest
import yaml

from deployments.cli import run
from models.settings import SECRETS
from tests.deployments.typed.test_odd_values import every_command
from tests.places import ROOT

SECRET = re.compile(
    r"pass|secret|token|key|credential|url|dsn|database|proxy|address|口令|密码|密钥|授权码|令牌|网址"
)
# What takes text under such a name, and why no secret is taken there.
LOOKED_AT = {
    ("up", "--password"): "refused, as the next test says",
    ("evidence", "add", "--url"): "one with a name or password in it is refused",
    ("publicity", "incident", "add", "--url"): "the same",
    ("publicity", "items", "add", "--url"): "the same",
    ("evidence", "add", "--passage"): "words of a page",
    ("law-test", "settings", "--pass-mark"): "a number",
}


def texts_of_commands():
    for chain, arguments in every_command():
        for argument in arguments:
            if argument.hint is bool or Path in (
                argument.hint,
                *getattr(argument.hint, "__args__", ()),
            ):
                continue  # a switch holds nothing; a file is private, or refused
            yield chain, argument


def test_no_command_takes_a_secret_in_words_of_its_own():
    found = {
        (*chain, argument.name)
        for chain, argument in texts_of_commands()
        if SECRET.search(f"{argument.name} {argument.parameter.help or ''}".lower())
    }

    assert found == set(LOOKED_AT)


def started_by_units():
    """Every command that systemd or compose starts: what stands in them stands in the list of processes."""
    for path in sorted((ROOT / "deployments" / "systemd").rglob("*")):
        if path.suffix in (".service", ".conf"):
            lines = path.read_text(encoding="utf-8").splitlines()
            yield from ((path.name, one) for one in lines if one.startswith("Exec"))
    services = yaml.safe_load((ROOT / "deployments" / "compose.yaml").read_text("utf-8"))[
        "services"
    ]
    for name, service in services.items():
        for words in (service.get("command"), service.get("healthcheck", {}).get("test")):
            yield name, " ".join(words or ())


def test_no_process_that_is_started_for_the_office_bears_a_secret():
    commands = list(started_by_units())

    assert len([one for _, one in commands if one]) > 10
    for name, command in commands:
        variables = re.findall(r"(?<!\$)\$\{?(\w+)", command)
        assert not variables, (name, command)  # systemd and compose would put its value there


def test_a_password_that_is_typed_all_the_same_is_refused_and_not_shown(capsys):
    assert run(["up", "--password", "Pa55word-Pa55word"]) == 1

    [line] = capsys.readouterr().err.splitlines()
    assert "口令不能写在命令里" in line
    assert "Pa55" not in line


@pytest.mark.usefixtures("campaign")
@pytest.mark.parametrize(
    "words",
    [
        ["evidence", "add", "--item", "W5", "--title", "公示"],
        ["publicity", "items", "add", "培训报道", "--channel", "报纸"],
        ["publicity", "incident", "add", "网帖", "--place", "论坛"],
    ],
)
def test_an_address_with_a_log_in_is_registered_nowhere(words, capsys):
    url = "https://u:Pa55word@example.cn/"

    assert run([*words, "--url", url, "--by", "创建办"]) == 1

    said = capsys.readouterr().err
    assert "用户名或口令" in said
    assert "Pa55" not in said


def test_no_example_of_help_or_readme_writes_a_secret_into_a_command():
    pages = [ROOT / "README.md", *(ROOT / "deployments").rglob("*.py")]
    lines = [line for page in pages for line in page.read_text("utf-8").splitlines()]
    typed = [line.strip() for line in lines if re.match(r"\s*(shifan|export|make) ", line)]

    assert len(typed) > 300
    shown = [line for line in typed if re.search(r"://[^/\s]*:[^/\s]*@", line)]
    assert [line for line in typed if any(f"{name}=" in line for name in SECRETS)] + shown == []
