"""Blanks of a form that nobody filled: 选择一项, 单击此处输入文字, ××, ____; they name no body and no post."""

from models.plan.reading.text.patterns import pattern

# What Word and WPS show in an empty content control, and what drafts print in place of a name.
PROMPT = (
    r"(?:请)?选择(?:一项|一个项目|项目|日期|单位)|(?:请)?(?:单击|点击|轻触)(?:或(?:单击|点击|轻触))?(?:此处|这里).{0,12}"
    r"|请?(?:在此)?(?:输入|填写|键入)(?:文字|内容|单位|名称|姓名)?|(?:Click|Choose|Tap).{4,40}|[XxＸ×*＊_＿…]{2,}|○{2,}"
)


def is_prompt(text: str) -> bool:
    """Say whether ``text`` as a whole is a blank that waits to be filled; 某某局 and XX局 are bodies."""
    return bool(pattern(PROMPT).fullmatch(text.strip("。.、 ")))
