"""What the database itself enforces for received events."""

GUARDS: tuple[str, ...] = (
    (
        "alter table inbound_events add constraint inbound_events_connection"
        " foreign key (tenant_id, connection_id) references connections (tenant_id, id)"
    ),
    "alter table inbound_events add constraint inbound_events_payload check (jsonb_typeof(payload) = 'object')",
)
