"""An archive that is made, opened, damaged and taken to the wrong machine; with wheels made up here."""

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from deployments.wheelhouse import opening
from deployments.wheelhouse.fetching import Store, sha256_of, too_new, with_built
from deployments.wheelhouse.locked import Locked, read_lock
from deployments.wheelhouse.packing import NOTE, Checkout, Entry, checkout_of, entries, pack
from deployments.wheelhouse.parts_list import parts_list
from deployments.wheelhouse.targets import Target
from tests.places import ROOT

OLD, NEW = Target("x86_64", "3.11"), Target("aarch64", "3.12")
LOCKED = b"six==1.17.0 \\\n    --hash=sha256:00\n"
HERE = opening.Machine("x86_64", "3.11", "/usr/bin/python3", (2, 28))


@pytest.fixture
def wheels(tmp_path) -> dict[Target, list[Path]]:
    """Two wheels: one for both machines, one for the first alone."""
    made = []
    for name in ("six-1.17.0-py2.py3-none-any", "lxml-6.0-cp311-cp311-manylinux_2_28_x86_64"):
        file = tmp_path / f"{name}.whl"
        with zipfile.ZipFile(file, "w") as packed:
            packed.writestr("six.py", "")
            packed.writestr("a.so", b"\x7fELF GLIBC_2.28 ")
        made.append(file)
    return {OLD: made, NEW: made[:1]}


@pytest.fixture
def archive(tmp_path, wheels) -> Path:
    files = [Entry("requirements.lock", LOCKED), Entry("Makefile", b"up:\n", runs=True)]
    file = tmp_path / "shifan.tar"
    pack(list(entries(Checkout(files, 9), LOCKED.decode(), b"{}\n", wheels)), "shifan-1", 9, file)
    return file


def unpacked(archive: Path) -> Path:
    with tarfile.open(archive) as packed:
        packed.extractall(archive.parent, filter="data")
    return archive.parent / "shifan-1" / "wheelhouse"


def why(archive: Path) -> str:
    with pytest.raises(opening.Unusable) as raised:
        opening.checked(archive)
    said = str(raised.value)
    assert "\n" not in said
    return said


def test_the_same_content_gives_the_same_bytes(archive, tmp_path, wheels):
    before = archive.read_bytes()
    for file in wheels[OLD]:
        file.touch()
    files = [Entry("Makefile", b"up:\n", runs=True), Entry("requirements.lock", LOCKED)]
    again = tmp_path / "again.tar"
    pack(list(entries(Checkout(files, 9), LOCKED.decode(), b"{}\n", wheels)), "shifan-1", 9, again)

    assert again.read_bytes() == before


def test_what_is_in_it_can_be_checked_by_a_tool_of_the_system(archive):
    root = unpacked(archive).parent
    ran = subprocess.run(["sha256sum", "-c", "--quiet", "wheelhouse/SHA256SUMS"], cwd=root)

    assert ran.returncode == 0
    assert (root / NOTE).read_text(encoding="utf-8").startswith("示范")
    assert (root / "Makefile").stat().st_mode & 0o111


@pytest.mark.parametrize("form", ["file", "folder"])
def test_a_machine_is_given_its_own_wheels_and_the_lock(archive, tmp_path, form):
    source = archive if form == "file" else unpacked(archive)
    told = opening.checked(source)
    opening.lay_out(source, opening.wheels_for(told, LOCKED, HERE), tmp_path / "out")
    own = {one.name for one in (tmp_path / "out").iterdir()}
    other = opening.wheels_for(told, LOCKED, replace(HERE, processor="aarch64", python="3.12"))

    assert own == {
        "requirements.lock",
        "six-1.17.0-py2.py3-none-any.whl",
        "lxml-6.0-cp311-cp311-manylinux_2_28_x86_64.whl",
    }
    assert other == {"six-1.17.0-py2.py3-none-any.whl"}


def test_an_archive_that_was_cut_off_is_refused(archive):
    whole = archive.read_bytes()
    for length in (0, 300, len(whole) // 2, len(whole) - 9000):
        archive.write_bytes(whole[:length])
        assert "请重新复制离线包" in why(archive)


def test_every_changed_byte_that_is_content_is_noticed(archive):
    whole = archive.read_bytes()
    for place in (whole.index(b"up:"), whole.index(b"six==1.17.0"), whole.index(b"GLIBC_2.28")):
        archive.write_bytes(whole[:place] + b"#" + whole[place + 1 :])
        assert "与校验值不符：应为 " in why(archive)


def test_what_is_missing_or_more_in_the_folder_is_named(archive):
    folder = unpacked(archive)
    (folder / "wheels" / "more.whl").write_bytes(b"")
    assert why(folder).startswith("离线包里多出了 wheelhouse/wheels/more.whl")

    (folder / "wheels" / "more.whl").unlink()
    (folder.parent / "Makefile").unlink()
    assert why(folder).startswith("离线包里缺少 Makefile")

    (folder / "SHA256SUMS").unlink()
    assert "不是离线包" in why(folder)
    assert "没有找到离线包" in why(folder / "nowhere")


def test_an_own_file_beside_the_unpacked_program_is_no_damage(archive):
    folder = unpacked(archive)
    (folder.parent / "var").mkdir()
    (folder.parent / "var" / "shifan.db").write_bytes(b"")

    assert opening.checked(folder)


@pytest.mark.parametrize(
    ("here", "said"),
    [
        ({"processor": "loongarch64"}, "给 aarch64、x86_64 的电脑用，这台是 loongarch64"),
        ({"python": "3.13"}, "要用 Python 3.11，/usr/bin/python3 是 3.13：请装好其中一个"),
        ({"glibc": (2, 17)}, "要求 C 库 glibc 2.28 或更高，这台电脑是 2.17"),
        ({"glibc": None}, "这台电脑是别的 C 库："),
    ],
)
def test_an_archive_for_another_machine_says_for_which_and_what_to_do(archive, here, said):
    told = opening.checked(archive)
    with pytest.raises(opening.Unusable, match=said):
        opening.wheels_for(told, LOCKED, replace(HERE, **here))


def test_an_archive_of_another_release_is_not_installed(archive):
    with pytest.raises(opening.Unusable, match="另一版程序"):
        opening.wheels_for(opening.checked(archive), b"another lock", HERE)


def test_it_is_opened_by_any_python_alone_and_a_fault_is_one_line(archive, tmp_path):
    """As the set-up calls it: no library of ours, and nothing laid out when something is wrong."""
    (tmp_path / "requirements.lock").write_bytes(LOCKED)
    program = shutil.copy(opening.__file__, tmp_path / "opening.py")
    archive.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    command = [sys.executable, "-I", "-S", program, str(archive), "out"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)

    assert ran.returncode == 1
    assert len(ran.stderr.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_this_machine_is_known():
    here = opening.this_machine()
    assert here.glibc > (2, 0)
    assert here.python == f"{sys.version_info[0]}.{sys.version_info[1]}"


def test_a_wheel_that_asks_for_a_newer_system_is_named(wheels, tmp_path):
    newer = tmp_path / "new-1-cp311-cp311-manylinux_2_28_x86_64.whl"
    with zipfile.ZipFile(newer, "w") as packed:
        packed.writestr("b.so", b"\x7fELF GLIBC_2.34 ")

    assert too_new(wheels[OLD]) == []
    assert too_new([newer]) == [f"{newer.name} 要求 glibc 2.34"]


def test_a_wheel_is_known_again_by_its_sum_alone(wheels, tmp_path):
    store, file = Store(tmp_path), wheels[OLD][1]
    package = Locked("lxml", "6.0", "", frozenset({sha256_of(file)}), frozenset(), "lxml==6.0 \\\n")

    assert store.wheel(package, OLD) == file
    assert store.wheel(package, NEW) is None
    file.write_bytes(file.read_bytes() + b"0")
    assert store.wheel(package, OLD) is None


def test_a_wheel_that_was_built_counts_for_its_own_source_alone(tmp_path):
    wheel = tmp_path / "tyme4py-1.5.0-py3-none-any.whl"
    wheel.write_bytes(b"built")
    own = hashlib.sha256(b"built").hexdigest()
    (tmp_path / "tyme4py-1.5.0-py3-none-any.source").write_text(f"aa\n{own}\n")
    text = "tyme4py==1.5.0 \\\n    --hash=sha256:aa\n"
    package = Locked("tyme4py", "1.5.0", "", frozenset({"aa"}), frozenset(), text)
    other = Locked("tyme4py", "1.5.0", "", frozenset({"bb"}), frozenset(), text)

    assert own in with_built(Store(tmp_path), package).text
    assert with_built(Store(tmp_path), other) == other


def test_what_is_committed_is_packed_and_nothing_else(tmp_path):
    def git(*words: str) -> None:
        subprocess.run(["git", "-C", tmp_path, *words], check=True, capture_output=True)

    git("init", "-q")
    (tmp_path / "a.txt").write_text("committed")
    git("add", "a.txt")
    git("-c", "user.name=a", "-c", "user.email=a@example.cn", "commit", "-qm", "a")
    (tmp_path / "a.txt").write_text("changed")
    (tmp_path / ".env").write_text("secret")

    [only] = checkout_of(tmp_path).files
    assert (only.name, only.content) == ("a.txt", b"committed")


def test_the_list_of_parts_names_every_package_and_no_index(tmp_path):
    every = read_lock((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    lock = tmp_path / "office.lock"
    lock.write_text("".join(one.text for one in every[:5]))
    listed = parts_list(lock)

    named = {(one["name"], one["version"]) for one in json.loads(listed)["components"]}
    assert named == {(one.name, one.version) for one in every[:5]}
    assert b"/simple" not in listed
    assert listed == parts_list(lock)
