"""Keep silences, acknowledgements, allowances and the health of channels; windows on messages."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NO = sa.false()
EMPTY = sa.text("''")


def upgrade() -> None:
    """Add the tables and columns; what is there keeps its meaning."""
    op.create_table(
        "silence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("work_item_id", sa.Integer(), nullable=True),
        sa.Column("indicator_id", sa.Integer(), nullable=True),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.Column("stage_id", sa.Integer(), nullable=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("author_tag", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"]),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.ForeignKeyConstraint(["work_item_id"], ["work_item.id"]),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"]),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"]),
        sa.ForeignKeyConstraint(["stage_id"], ["stage.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_silence_campaign_id", "silence", ["campaign_id"])
    op.create_table(
        "acknowledgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("by_post", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("runs_out", sa.Date(), nullable=False),
        sa.Column("stood", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "acknowledgement_of_subject",
        "acknowledgement",
        ["campaign_id", "subject_kind", "subject_id"],
    )
    op.create_table(
        "channel_health",
        sa.Column("target", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("last_success_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_failure_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("target"),
    )
    op.create_table(
        "ask_allowance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("by_post", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"]),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("campaign_id", "unit_id", "week"),
    )
    for table, column in _COLUMNS:
        op.add_column(table, column)
    for name, table, columns, unique, condition in _INDEXES:
        op.create_index(
            name,
            table,
            columns,
            unique=unique,
            sqlite_where=sa.text(condition),
            postgresql_where=sa.text(condition),
        )


_COLUMNS: tuple[tuple[str, sa.Column], ...] = (
    ("post", sa.Column("unreachable", sa.Boolean(), nullable=False, server_default=NO)),
    ("notice", sa.Column("meant_for", sa.Integer(), nullable=True)),
    ("notice", sa.Column("urgent", sa.Boolean(), nullable=False, server_default=NO)),
    ("notice", sa.Column("words", sa.Text(), nullable=False, server_default=EMPTY)),
    ("notice", sa.Column("told_on", sa.Date(), nullable=True)),
    ("message", sa.Column("window", sa.Date(), nullable=True)),
    ("message", sa.Column("urgent", sa.Boolean(), nullable=False, server_default=NO)),
    ("message", sa.Column("settled", sa.Boolean(), nullable=False, server_default=NO)),
)
_INDEXES = (
    (
        "notice_quiet",
        "notice",
        ["campaign_id"],
        False,
        "state IN ('silenced', 'acknowledged', 'inhibited')",
    ),
    ("notice_told", "notice", ["campaign_id", "told_on"], False, "state = 'sent'"),
    ("message_of_window", "message", ["campaign_id", "tag", "window"], True, "NOT urgent"),
    ("message_unsettled", "message", ["made_at"], False, "NOT settled"),
)


def downgrade() -> None:
    """Forget what this version added."""
    for name, table, *_ in reversed(_INDEXES):
        op.drop_index(name, table_name=table)
    for table, column in reversed(_COLUMNS):
        op.drop_column(table, column.name)
    for table in ("ask_allowance", "channel_health", "acknowledgement", "silence"):
        op.drop_table(table)
