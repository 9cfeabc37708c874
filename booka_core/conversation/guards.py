"""What the database itself enforces for dialogues."""

GUARDS: tuple[str, ...] = (
    "alter table dialog_sessions add constraint dialog_sessions_status check (status in ('open', 'ended'))",
    "alter table dialog_sessions add constraint dialog_sessions_state check (jsonb_typeof(state) = 'object')",
    """create unique index dialog_sessions_one_open on dialog_sessions (tenant_id, conversation_id)
         where status = 'open'""",
)
