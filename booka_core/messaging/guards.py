"""What the database itself enforces for messaging."""

GUARDS: tuple[str, ...] = (
    "alter table connections add constraint connections_tenant_id_id unique (tenant_id, id)",
    (
        "alter table connections add constraint connections_state check (state in"
        " ('new', 'connecting', 'open', 'closed', 'logged_out', 'needs_help'))"
    ),
    "alter table conversations add constraint conversations_tenant_id_id unique (tenant_id, id)",
    "alter table conversations add constraint conversations_state check (state in ('bot', 'human'))",
    (
        "alter table conversations add constraint conversations_customer"
        " foreign key (tenant_id, customer_id) references customers (tenant_id, id)"
    ),
    (
        "alter table conversations add constraint conversations_connection"
        " foreign key (tenant_id, connection_id) references connections (tenant_id, id)"
    ),
    (
        "alter table messages add constraint messages_conversation"
        " foreign key (tenant_id, conversation_id) references conversations (tenant_id, id)"
    ),
    "alter table messages add constraint messages_direction check (direction in ('in', 'out'))",
    "alter table messages add constraint messages_author check (author in ('customer', 'bot', 'person'))",
    (
        "alter table messages add constraint messages_status check (case direction when 'in'"
        " then status in ('received', 'deleted') else status in ('queued', 'sending', 'postponed', 'sent',"
        " 'delivered', 'read', 'failed', 'unknown', 'deleted') end)"
    ),
    "create unique index messages_dedupe on messages (tenant_id, dedupe_key) where dedupe_key is not null",
    (
        "create index messages_unhandled on messages (tenant_id, conversation_id, sent_at, id)"
        " where direction = 'in' and handled_at is null"
    ),
    (
        "create index messages_unsure on messages (tenant_id, connection_id, created_at)"
        " where direction = 'out' and status in ('sending', 'unknown')"
    ),
)
