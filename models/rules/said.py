"""What somebody typed, and a day, as they stand within a sentence of ours; pure."""

from datetime import date

# Marks after which a sentence of ours would begin with a second mark: “没有盖章，。”
ENDS = "，,。.；;、：: \u3000"


def inside(text: str) -> str:
    """Return ``text`` without the marks and blanks at its end; a mark of ours comes after it.

    An ellipsis, a question and a cry stay: they are part of what was said.
    """
    kept = text.rstrip(ENDS)
    if not kept:
        return text
    return f"{kept}..." if text[len(kept) :].startswith("...") else kept


def short_day_said(day: date) -> str:
    """Return 6月30日（周一）, as the window says days; with the year, which a receipt is read in years after."""
    return f"{day_said(day)}（周{'一二三四五六日'[day.weekday()]}）"


def day_said(day: date) -> str:
    """Return 2025年6月30日: within a sentence no line breaks it at a hyphen, as it does 2025-06-30."""
    return f"{day.year}年{day.month}月{day.day}日"
