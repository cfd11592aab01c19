"""The documents that duties name of which nobody knows whether, or by when, they are due: told to ``office``."""

from models.rules.notices.rule_words import DOCUMENTS_ASKED

ASKED = f"""
    SELECT '{DOCUMENTS_ASKED}', d.id, p.id, d.title, '', '', NULL, false, 0,
           d.campaign_id
    FROM group_document d
    JOIN working_group g ON g.id = d.group_id AND NOT g.withdrawn
    JOIN {{office}}
    WHERE d.campaign_id IN :these AND NOT d.withdrawn AND (d.standing = 'asked' OR (
        d.standing = 'due' AND EXISTS (SELECT 1 FROM milestone m WHERE m.campaign_id = d.campaign_id
            AND m.code = 'G' || g.number || '.' || d.number AND m.due IS NULL
            AND NOT m.withdrawn AND m.state IN ('open', 'started'))))"""  # noqa: S608
