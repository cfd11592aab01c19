"""Which area a body belongs to, by its name: that of the county or town it governs, else the level itself."""

import re

OWN_LEVEL = "本级"
_GOVERNS = re.compile(
    r"(.*?[县区市旗镇乡]|.*?街道)(?:人民政府|政府|党委|管委会|管理委员会|办事处)?"
)


def area_of(unit: str) -> str:
    """Return 永昌县 of 永昌县政府 and of 永昌县, 本级 of 市司法局; empty of an empty name."""
    found = _GOVERNS.fullmatch(unit.strip())
    if not unit.strip():
        return ""
    return found[1] if found and len(found[1]) > 1 else OWN_LEVEL
