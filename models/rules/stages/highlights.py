"""What makes a piece of evidence a candidate for a highlight (特色亮点).

Source: plan of 金昌 (2025), 三（二）3 (培育特色亮点); plan of 曾都 (2023), 二（三）(成效和特色、亮点，获奖材料).
"""

# In a title or a caption; a person decides which of them are one.
WORDS = (
    "亮点",
    "特色",
    "典型",
    "经验",
    "创新",
    "首创",
    "试点",
    "获奖",
    "表彰",
    "推广",
)
