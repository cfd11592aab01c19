"""Let an indicator be handed down too: what was handed down so far is of items and stays as it is."""

import re

import sqlalchemy as sa
from alembic import op

from models.migrations.rebuild import rebuild

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_ITEM = re.compile(r"(?<![a-z_])milestone_id INTEGER NOT NULL")
_MORE = (
    "indicator_id INTEGER, ",
    "FOREIGN KEY(indicator_id) REFERENCES indicator (id), UNIQUE (indicator_id, child_id), ",
)


def upgrade() -> None:
    """Add the indicator's place, empty; an item need not be there any more. Older homes lose nothing."""
    if rebuild("handed_item", _wider):
        return
    op.alter_column("handed_item", "milestone_id", existing_type=sa.Integer(), nullable=True)
    op.add_column("handed_item", sa.Column("indicator_id", sa.Integer(), nullable=True))
    name = "handed_item_indicator_id_fkey"
    op.create_foreign_key(name, "handed_item", "indicator", ["indicator_id"], ["id"])
    name = "handed_item_indicator_id_child_id_key"
    op.create_unique_constraint(name, "handed_item", ["indicator_id", "child_id"])


def _wider(create: str) -> str:
    column, rules = _MORE
    loose = _ITEM.sub("milestone_id INTEGER", create)
    before, key, behind = loose.partition("PRIMARY KEY (id)")
    return f"{before}{column}{rules}{key}{behind}"


def downgrade() -> None:
    """Forget which indicators were handed down; the counties' own items stay."""
    op.execute("DELETE FROM handed_item WHERE milestone_id IS NULL")
    if rebuild("handed_item", _narrower):
        return
    op.drop_constraint("handed_item_indicator_id_child_id_key", "handed_item")
    op.drop_column("handed_item", "indicator_id")
    op.alter_column("handed_item", "milestone_id", existing_type=sa.Integer(), nullable=False)


def _narrower(create: str) -> str:
    for part in _MORE:
        create = create.replace(part, "")
    return re.sub(
        r"(?<![a-z_])milestone_id INTEGER(?! NOT)", "milestone_id INTEGER NOT NULL", create
    )
