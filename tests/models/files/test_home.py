"""The home: private from its first file, mended when it was not, and nobody else's folder."""

import os
import pwd
from pathlib import Path

import pytest

from deployments.cli import run
from models.errors import SettingsError
from models.files.home import home, mend
from tests.support.strangers import NOBODY, open_street, reached_by_others

AS_ROOT = os.geteuid() == 0


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """The home of the settings, not made yet."""
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def old_home(folder: Path) -> Path:
    """A home as the first version left it: everybody on the machine reads it."""
    for name in (
        "shifan.db",
        "audit.key",
        "backups/1.db",
        "prefect/storage/result",
        "exported.xlsx",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder


def test_a_new_home_and_what_is_put_in_it_are_private_whatever_the_shell_says(folder):
    before = os.umask(0o000)
    try:
        (home() / "logs").mkdir()
        (home() / "logs" / "serve.log").write_text("x")
    finally:
        os.umask(before)

    assert reached_by_others(folder) == []
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "logs" / "serve.log").stat().st_mode & 0o777 == 0o600


def test_an_older_home_is_mended_and_said_so_once(folder, capsys):
    old_home(folder)

    assert home() == home() == folder

    [line] = capsys.readouterr().err.splitlines()
    assert line == f"数据目录 {folder} 的权限过宽，已改为只有本人能读写：文件夹 4 个、文件 5 个"
    assert reached_by_others(folder) == []
    assert mend(folder) == ""


def test_a_command_says_that_it_mended_and_does_its_work(folder, capsys):
    run(["plan", "load", "zengdu-2023"])
    folder.chmod(0o755)
    (folder / "shifan.db").chmod(0o644)
    capsys.readouterr()
    from models.files import home as module

    module._found_well.clear()  # as another process would look

    assert run(["db", "backup"]) == 0

    said = capsys.readouterr()
    assert "已改为只有本人能读写" in said.err
    assert "已备份到" in said.out
    assert reached_by_others(folder) == []


def test_a_link_in_the_home_is_left_alone_and_what_it_names_too(folder, tmp_path):
    old_home(folder)
    outside = tmp_path / "outside"
    outside.mkdir(mode=0o755)
    outside.chmod(0o755)
    (outside / "file").write_text("x")
    (outside / "file").chmod(0o644)
    (folder / "folder-link").symlink_to(outside)
    (folder / "file-link").symlink_to(outside / "file")
    (folder / "gone").symlink_to(outside / "nothing")

    mend(folder)

    assert outside.stat().st_mode & 0o777 == 0o755
    assert (outside / "file").stat().st_mode & 0o777 == 0o644


def test_a_home_that_is_a_link_is_the_folder_it_names(folder, tmp_path):
    real = old_home(tmp_path / "disk" / "data")
    folder.symlink_to(real)

    home()

    assert reached_by_others(real) == []


FOREIGN = [
    {"theses/chapter.docx": "x"},  # somebody's documents
    {".bashrc": "x"},  # somebody's own home, whichever it is
    {"logs/other.log": "x", "site.conf": "x"},  # another program's
]


@pytest.mark.parametrize("files", FOREIGN)
def test_a_folder_with_other_things_in_it_is_refused_and_not_touched(folder, files, capsys):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    before = {path: path.stat().st_mode for path in [folder, *folder.rglob("*")]}

    assert run(["status"]) == 1

    [line] = capsys.readouterr().err.splitlines()
    assert f"数据目录不能是 {folder}" in line
    assert f"请把 SHIFAN_HOME 设为一个新的文件夹，例如 {folder}/shifan" in line
    assert {path: path.stat().st_mode for path in [folder, *folder.rglob("*")]} == before


@pytest.mark.parametrize("files", [[], ["channels.yaml", "ladder.yml"], ["lost+found", ".gitkeep"]])
def test_an_empty_folder_or_one_with_settings_alone_becomes_the_home(folder, files):
    folder.mkdir()
    for name in files:
        (folder / name).write_text("x")

    assert home() == folder
    assert reached_by_others(folder) == []


def test_everybody_s_folder_is_refused_even_with_a_database_of_ours_in_it(folder):
    old_home(folder)
    folder.chmod(0o1777)

    with pytest.raises(SettingsError, match="不是示范专用的文件夹"):
        home()

    assert folder.stat().st_mode & 0o7777 == 0o1777


def test_of_a_user_s_whole_home_only_what_is_ours_is_closed(folder, monkeypatch):
    monkeypatch.setenv("HOME", str(old_home(folder)))
    (folder / "site").mkdir()
    for path in (folder / "site" / "index.html", folder / ".profile"):
        path.write_text("x")
        path.chmod(0o644)

    home()

    assert folder.stat().st_mode & 0o777 == 0o700
    assert reached_by_others(folder / "shifan.db") + reached_by_others(folder / "backups") == []
    assert (folder / "site" / "index.html").stat().st_mode & 0o777 == 0o644
    assert (folder / ".profile").stat().st_mode & 0o777 == 0o644


def test_a_user_s_whole_home_without_a_database_of_ours_is_refused(folder, monkeypatch):
    folder.mkdir()
    (folder / ".profile").write_text("x")
    monkeypatch.setenv("HOME", str(folder))

    with pytest.raises(SettingsError, match="不是示范专用的文件夹"):
        home()


def test_a_home_of_another_user_is_one_line(folder, monkeypatch, capsys):
    old_home(folder)
    owner = pwd.getpwuid(os.geteuid()).pw_name
    monkeypatch.setattr(os, "geteuid", lambda: NOBODY)

    assert run(["status"]) == 1

    [line] = capsys.readouterr().err.splitlines()
    assert f"数据目录 {folder} 属于用户 {owner}，现在的用户是 nobody" in line
    assert f"请以 {owner} 的身份运行" in line


def test_a_file_system_without_modes_is_said_and_does_not_stop_the_work(
    folder, monkeypatch, capsys
):
    old_home(folder)
    monkeypatch.setattr(Path, "chmod", lambda *_: None)  # as vfat: yes, and nothing done

    assert home() == folder

    [line] = capsys.readouterr().err.splitlines()
    assert f"注意：数据目录 {folder} 的权限改不了" in line


def test_a_file_of_another_user_in_the_home_is_counted(folder, monkeypatch, capsys):
    old_home(folder)
    real = Path.chmod

    def refused(path: Path, mode: int) -> None:
        if path.name == "audit.key":
            raise PermissionError(1, "Operation not permitted")
        real(path, mode)

    monkeypatch.setattr(Path, "chmod", refused)

    home()

    assert "1 个属于别的用户，没有改，请用 chown 改回本人" in capsys.readouterr().err


def test_another_user_of_the_machine_reaches_a_file_that_is_open_to_them():
    with open_street() as street:
        (street / "open.txt").write_text("x")
        (street / "open.txt").chmod(0o644)

        found = reached_by_others(street)

    assert any("open.txt" in line for line in found)
    assert not AS_ROOT or f"read {street / 'open.txt'}" in found
    assert not AS_ROOT or f"list {street}" in found
