"""The list of what is inside (SBOM), in CycloneDX, as offices ask for it: `make sbom`, and in every archive."""

import json
import sys
import tomllib
import uuid
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from deployments.say import say
from deployments.wheelhouse.locked import Locked, for_an_office, read_lock
from models.files.whole_file import write_whole

ROOT = Path(__file__).parents[2]
SCHEMA = "1.6"  # of CycloneDX
_LONGEST_NAME = 80  # letters of a licence's name; what is longer is its text


def parts_list(lock: Path) -> bytes:
    """Return the CycloneDX list of a lock: the same lock gives the same bytes, no address of an index in it.

    Each part with its sums, who asks for it, and its licence as the library installed here says it.
    """
    said = lock.read_text(encoding="utf-8")
    packages = sorted(read_lock(said), key=lambda one: (one.name, one.version))
    own = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    listed = {
        "$schema": f"http://cyclonedx.org/schema/bom-{SCHEMA}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": SCHEMA,
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, said)}",
        "version": 1,
        "metadata": {"component": _itself(own["version"], own["license"])},
        "components": list(map(_part, packages)),
        "dependencies": _asked(packages),
    }
    return json.dumps(listed, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _itself(version: str, licence: str) -> dict[str, Any]:
    licences = [{"license": {"id": licence}}]
    return {
        "type": "application",
        "bom-ref": "shifan",
        "name": "shifan",
        "version": version,
        "licenses": licences,
    }


def _part(one: Locked) -> dict[str, Any]:
    place = _ref(one)
    hashes = [{"alg": "SHA-256", "content": each} for each in sorted(one.sums)]
    part: dict[str, Any] = {
        "type": "library",
        "bom-ref": place,
        "name": one.name,
        "version": one.version,
        "purl": place,
        "hashes": hashes,
    }
    if licences := _licences(one.name):
        part["licenses"] = licences
    if one.marker:  # installed on some machines alone
        part["properties"] = [{"name": "shifan:where", "value": one.marker}]
    return part


def _asked(packages: list[Locked]) -> list[dict[str, Any]]:
    """Return who asks for whom, of what is in the list; one name may stand for two versions."""
    askers = {"shifan": "shifan"} | {_ref(one): one.name for one in packages}
    return [
        {"ref": ref, "dependsOn": [_ref(one) for one in packages if name in one.asked_by]}
        for ref, name in askers.items()
    ]


def _ref(one: Locked) -> str:
    return f"pkg:pypi/{one.name}@{one.version}"


def _licences(name: str) -> list[dict[str, Any]]:
    """Return a library's licence as CycloneDX has it; empty where it is not installed or names none."""
    from cyclonedx.spdx import fixup_id, is_expression

    try:
        found = distribution(name)
    except PackageNotFoundError:
        return []
    about = found.metadata
    written = [*about.get_all("License-Expression", []), *about.get_all("License", [])]
    said = next(filter(None, map(_one_line, written)), "")
    kinds = [one for one in about.get_all("Classifier", []) if one.startswith("License ::")]
    names = [said] if said else [one.rpartition(" :: ")[2] for one in kinds]
    names = names or [line for line in [_first_line(found)] if line]
    if len(names) == 1 and not fixup_id(names[0]) and is_expression(names[0]):
        return [{"expression": names[0]}]
    known = [(one, fixup_id(one)) for one in names]
    return [{"license": {"id": id_} if id_ else {"name": one}} for one, id_ in known]


def _one_line(said: str) -> str:
    line = said.strip()
    return line if "\n" not in line and len(line) <= _LONGEST_NAME else ""


def _first_line(found: Distribution) -> str:
    """Return how the text of a licence begins that a library brings along."""
    texts = [one for one in found.files or () if "licen" in one.name.lower()]
    lines = texts[0].read_text("utf-8").strip().splitlines() if texts else []
    return _one_line(lines[0]) if lines else ""


def write_list(dist: Path) -> int:
    """Write the list of what an office installs; say where it is, and which parts name no licence."""
    lock, pyproject = (
        (ROOT / one).read_text("utf-8") for one in ("requirements.lock", "pyproject.toml")
    )
    dist.mkdir(exist_ok=True)
    office = dist / "office.lock"
    office.write_text("".join(one.text for one in for_an_office(lock, pyproject)), encoding="utf-8")
    made = parts_list(office)
    listed = json.loads(made)
    target = dist / f"shifan-{listed['metadata']['component']['version']}.cdx.json"
    write_whole(target, made)
    bare = [one["name"] for one in listed["components"] if "licenses" not in one]
    none = f"，没有写明许可的：{'、'.join(bare)}" if bare else ""
    say(f"软件成分清单 {target}（CycloneDX {SCHEMA}），{len(listed['components'])} 个库{none}")
    return 0


if __name__ == "__main__":
    sys.exit(write_list(ROOT / "dist"))
