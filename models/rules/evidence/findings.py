"""What checks at hand-in can find, each with its name, the quality it is about, and what a unit can do."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.rules.words import Worded


class Quality(Worded):
    """The four checks of electronic records (GB/T 18894, DA/T 70-2018): true, whole, usable, safe."""

    TRUE = "true", "真实性"
    WHOLE = "whole", "完整性"
    USABLE = "usable", "可用性"
    SAFE = "safe", "安全性"


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its key, its name for people, its quality, and what the unit is asked to do."""

    id: str
    name: str
    quality: Quality
    todo: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found in a file; ``detail`` is a sentence for the unit.

    ``other`` is the revision (its row's number) that it is like, ``measure`` how near from 0 to 1.
    """

    check: str
    detail: str
    other: int | None = None
    measure: float | None = None


CHECKS: Mapping[str, Check] = {
    check.id: check
    for check in (
        Check("wrong-kind", "类型与内容不符", Quality.TRUE, "请用正确的后缀名重新保存后再报"),
        Check("unreadable", "打不开", Quality.USABLE, "请确认文件能正常打开，另存后再报"),
        Check("locked", "有密码", Quality.USABLE, "请去掉密码后再报"),
        Check("empty", "没有内容", Quality.WHOLE, "请检查是否选错了文件"),
        Check("outside-period", "不在评估期内", Quality.TRUE, "请换成评估期内的材料，或说明为什么有效"),
        Check("made-later", "晚于所证明的事实", Quality.TRUE, "请说明材料的形成过程，或换成当时的原件"),
        Check("other-day", "拍摄日期与事实日期不符", Quality.TRUE, "请核对事实发生日期，或换成当次活动的照片"),
        Check("same-file", "与另一份材料相同", Quality.TRUE, "请核对是否重复上报；确属一份材料多处使用的，请直接引用原编号"),
        Check("same-picture", "与另一张图片相同或相近", Quality.TRUE, "请核对是否把同一张图片用于不同的事；如是，请换成当次活动的图片"),
        Check("copied-text", "文字与另一份材料大量相同", Quality.TRUE, "请核对是否照搬了别处的文字，改为本单位的实际情况"),
        Check("no-caption", "图片没有说明", Quality.WHOLE, "请补写时间、地点、人物（写职务）、事由"),
        Check("too-small", "图片太小", Quality.USABLE, "请换成原图"),
        Check("blurred", "图片模糊", Quality.USABLE, "请换成清晰的图片"),
        Check("of-a-screen", "像是翻拍的屏幕", Quality.TRUE, "请换成原文件或截图"),
        Check("dead-link", "网址打不开", Quality.USABLE, "请核对网址，或改报网页存档"),
        Check("changed-link", "网页内容已变", Quality.TRUE, "请核对网页是否还能证明所报事项"),
        Check("personal-number", "含个人信息", Quality.SAFE, "对外公开前请遮盖个人信息，可用遮盖副本"),
        Check("personal-caption", "说明里有个人信息", Quality.SAFE, "请把说明里的号码删去或遮盖后再公开"),
        Check("for-inside", "标有内部字样", Quality.SAFE, "请核对能不能公开，不能公开的请不要报作公开材料"),
        Check("not-examined", "没有能够核查", Quality.USABLE, "请人工打开核对"),
    )
}  # fmt: skip
