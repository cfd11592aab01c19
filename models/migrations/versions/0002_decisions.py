"""Add decisions, their codes and heads of the audit chain; let nobody change the chain."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SEALED = ("audit_entry", "audit_head")
ASKED = sa.text("status = 'asked'")


def _instant() -> sa.DateTime:
    return sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add decisions, their codes and heads of the audit chain; let nobody change the chain."""
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("campaign_id", sa.Integer(), sa.ForeignKey("campaign.id"), nullable=False),
        sa.Column("stage_id", sa.Integer(), sa.ForeignKey("stage.id"), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_at", _instant(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("all_must_agree", sa.Boolean(), nullable=False),
        sa.Column("obstacles", sa.Text(), nullable=False),
        sa.Column("flow_run", sa.String(), nullable=False),
        sa.Column("run_closed", sa.Boolean(), nullable=False),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("new_end", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_at", _instant(), nullable=True),
        sa.Column("closed_why", sa.String(), nullable=False),
        sa.Column("audit_id", sa.Integer(), sa.ForeignKey("audit_entry.id"), nullable=True),
    )
    op.create_index("ix_decision_campaign_id", "decision", ["campaign_id"])
    op.create_index(
        "decision_open",
        "decision",
        ["stage_id"],
        unique=True,
        sqlite_where=ASKED,
        postgresql_where=ASKED,
    )
    op.create_table(
        "asked_post",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("decision_id", sa.Integer(), sa.ForeignKey("decision.id"), nullable=False),
        sa.Column("post_id", sa.Integer(), sa.ForeignKey("post.id"), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("new_end", sa.Date(), nullable=True),
        sa.Column("at", _instant(), nullable=True),
        sa.UniqueConstraint("decision_id", "post_id"),
    )
    op.create_table(
        "decision_code",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("decision_id", sa.Integer(), sa.ForeignKey("decision.id"), nullable=False),
        sa.Column("post_id", sa.Integer(), sa.ForeignKey("post.id"), nullable=False),
        sa.Column("holder_id", sa.Integer(), sa.ForeignKey("post.id"), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_at", _instant(), nullable=False),
        sa.Column("expires_at", _instant(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("handed_by", sa.String(), nullable=False),
        sa.Column("message_id", sa.Integer(), sa.ForeignKey("message.id"), nullable=True),
    )
    op.create_index("decision_code_of", "decision_code", ["decision_id", "post_id"])
    op.create_table(
        "decision_try",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("decision_id", sa.Integer(), sa.ForeignKey("decision.id"), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", _instant(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.UniqueConstraint("decision_id", "source", "number"),
    )
    op.create_table(
        "delegation",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("campaign_id", sa.Integer(), sa.ForeignKey("campaign.id"), nullable=False),
        sa.Column("post_id", sa.Integer(), sa.ForeignKey("post.id"), nullable=False),
        sa.Column("deputy_id", sa.Integer(), sa.ForeignKey("post.id"), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", _instant(), nullable=False),
        sa.Column("revoked", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_delegation_campaign_id", "delegation", ["campaign_id"])
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", _instant(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
    )
    op.add_column("notice", sa.Column("detail", sa.Text(), nullable=False, server_default=""))
    op.add_column(
        "message", sa.Column("secret", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    _seal()


def _seal() -> None:
    """Refuse every UPDATE and DELETE on the chain, whoever asks."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            """CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
               $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"""
        )
        for table in SEALED:
            op.execute(
                f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
                    FOR EACH ROW EXECUTE PROCEDURE refuse_change()"""
            )
            op.execute(
                f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
                    FOR EACH STATEMENT EXECUTE PROCEDURE refuse_change()"""
            )
        return
    for table in SEALED:
        for deed in ("update", "delete"):
            op.execute(
                f"""CREATE TRIGGER {table}_no_{deed} BEFORE {deed.upper()} ON {table}
                    BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
            )


def downgrade() -> None:
    """Undo it; the chain itself stays."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    for table in SEALED:
        if postgresql:
            op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
            op.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
        else:
            op.execute(f"DROP TRIGGER {table}_no_update")
            op.execute(f"DROP TRIGGER {table}_no_delete")
    if postgresql:
        op.execute("DROP FUNCTION refuse_change()")
    with op.batch_alter_table("message") as batch:
        batch.drop_column("secret")
    with op.batch_alter_table("notice") as batch:
        batch.drop_column("detail")
    for table in (
        "audit_head",
        "delegation",
        "decision_try",
        "decision_code",
        "asked_post",
        "decision",
    ):
        op.drop_table(table)
