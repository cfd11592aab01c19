"""Bodies that the reform of 2018 renamed or merged, as a list to begin with: an office checks and keeps its own.

深化党和国家机构改革方案（2018）, 国务院机构改革方案（2018）. Only names that no body of a city bears any more.
"""

from models.rules.publicity.wording import ListedWording
from models.rules.publicity.words import WordingKind

WHY = "2018年机构改革，请按本地核对"
RENAMED = (
    ("工商行政管理局", "市场监督管理局"),
    ("质量技术监督局", "市场监督管理局"),
    ("食品药品监督管理局", "市场监督管理局"),
    ("环境保护局", "生态环境局"),
    ("国土资源局", "自然资源和规划局"),
    ("卫生和计划生育委员会", "卫生健康委员会"),
    ("安全生产监督管理局", "应急管理局"),
    ("旅游发展委员会", "文化和旅游局"),
    ("政府法制办公室", "司法局"),
    ("法制办公室", "司法局"),
)


def wordings_to_begin_with() -> list[ListedWording]:
    """Return the wordings that an empty list is sent out with; nothing counts until an office loads it."""
    return [ListedWording(WordingKind.OUTDATED, old, new, WHY) for old, new in RENAMED]
