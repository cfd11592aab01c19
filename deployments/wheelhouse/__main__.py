"""`make wheelhouse`: one archive from which a machine without any network installs everything."""

import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

from deployments.say import say, say_aside
from deployments.wheelhouse.fetching import Store, build, fetch, too_new, with_built
from deployments.wheelhouse.locked import Locked, for_an_office
from deployments.wheelhouse.packing import changed, checkout_of, entries, pack
from deployments.wheelhouse.parts_list import parts_list
from deployments.wheelhouse.targets import TARGETS, Target
from models.errors import CampaignError

ROOT = Path(__file__).parents[2]
DIST = ROOT / "dist"  # the archive, and what was fetched for it
# Offered as source alone: pure Python, so what is built here is the same for every target.
SOURCE_ONLY = ("tyme4py",)


def make(root: Path, dist: Path, targets: Sequence[Target] = TARGETS) -> Path:
    """Return the archive of what is committed at ``root``, for ``targets``; may be stopped and run again.

    Raises CampaignError naming package, version and target where something has no wheel, or asks for a
    newer C library than the field has.
    """
    checkout = checkout_of(root)
    pyproject = checkout.text("pyproject.toml")
    version = tomllib.loads(pyproject)["project"]["version"]
    store = Store(dist / "wheels")
    packages = for_an_office(checkout.text("requirements.lock"), pyproject)
    packages = [_built(store, one) if one.name in SOURCE_ONLY else one for one in packages]
    wheels = {target: _wheels(store, packages, target) for target in targets}
    if said := too_new({file for found in wheels.values() for file in found}):
        raise CampaignError("；".join(said))
    lock = dist / "office.lock"
    lock.write_text("".join(one.text for one in packages if _wanted_anywhere(one, targets)))
    files = list(entries(checkout, lock.read_text(), parts_list(lock), wheels))
    archive = dist / f"shifan-{version}-wheelhouse.tar"
    pack(files, f"shifan-{version}", checkout.at, archive)
    return archive


def _built(store: Store, package: Locked) -> Locked:
    if with_built(store, package) == package:
        say_aside(f"{package.name} {package.version} 只有源码，正在构建……")
        build(store, package)
    return with_built(store, package)


def _wheels(store: Store, packages: Sequence[Locked], target: Target) -> list[Path]:
    wanted = [one for one in packages if one.wanted_on(target.machine, target.python)]
    say_aside(f"{target}：{len(wanted)} 个库，正在下载还没有的……")
    return fetch(store, wanted, target)


def _wanted_anywhere(package: Locked, targets: Sequence[Target]) -> bool:
    return any(package.wanted_on(one.machine, one.python) for one in targets)


def make_wheelhouse() -> int:
    """Make the archive and say where it is and how large; 1 after lines that say what it lacks."""
    if changed(ROOT):
        say_aside("有修改还没有提交：装进离线包的是最后一次提交的程序")
    try:
        archive = make(ROOT, DIST)
    except CampaignError as error:
        say_aside(str(error))
        return 1
    size = archive.stat().st_size / 1_000_000
    say(f"离线包 {archive.relative_to(ROOT)}，{size:.0f} MB，给 {'、'.join(map(str, TARGETS))}")
    return 0


if __name__ == "__main__":
    sys.exit(make_wheelhouse())
