"""What the database itself holds about events and receipts. A part of the core's migration."""

from __future__ import annotations

GUARDS: tuple[str, ...] = (
    "alter table outbox_events alter column seq add generated always as identity",
    "create unique index outbox_events_in_order on outbox_events (tenant_id, seq)",
    "create index outbox_events_of_a_subject on outbox_events (tenant_id, subject, seq)",
    "create index outbox_events_age on outbox_events using brin (occurred_at)",
    "alter table outbox_events add constraint outbox_events_payload check (jsonb_typeof(payload) = 'object')",
    "create unique index inbox_receipts_once on inbox_receipts (tenant_id, consumer, event_id)",
    "create index inbox_receipts_age on inbox_receipts using brin (handled_at)",
)
