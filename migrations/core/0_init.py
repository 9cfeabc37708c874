from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        CREATE TABLE IF NOT EXISTS "directory" (
    "id" UUID NOT NULL PRIMARY KEY,
    "kind" VARCHAR(20) NOT NULL,
    "key" VARCHAR(100) NOT NULL,
    "tenant_id_found" UUID NOT NULL,
    "target_id" UUID,
    CONSTRAINT "uid_directory_kind_20bfc1" UNIQUE ("kind", "key")
);
COMMENT ON TABLE "directory" IS 'Finds a tenant, and a thing of that tenant, from what a stranger presents: a slug, or the hash of a path.';
        CREATE TABLE IF NOT EXISTS "tenants" (
    "id" UUID NOT NULL PRIMARY KEY,
    "slug" VARCHAR(63) NOT NULL UNIQUE,
    "name" VARCHAR(120) NOT NULL,
    "vertical" VARCHAR(40) NOT NULL,
    "zone" VARCHAR(64) NOT NULL,
    "locale" VARCHAR(16) NOT NULL,
    "currency" VARCHAR(3) NOT NULL,
    "country" VARCHAR(2) NOT NULL,
    "plan" VARCHAR(20) NOT NULL,
    "status" VARCHAR(12) NOT NULL,
    "plugins_revision" BIGINT NOT NULL,
    "catalog_revision" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE "tenants" IS 'One business. Its own scope sees this row and no other.';
        CREATE TABLE IF NOT EXISTS "tenant_settings" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "reminder_minutes" JSONB NOT NULL,
    "hold_minutes" INT NOT NULL,
    "slot_step" INT NOT NULL,
    "min_notice_minutes" INT NOT NULL,
    "window_days" INT NOT NULL,
    "cancel_notice_minutes" INT NOT NULL,
    CONSTRAINT "uid_tenant_sett_tenant__308ce5" UNIQUE ("tenant_id")
);
COMMENT ON TABLE "tenant_settings" IS 'How a business wants to be booked; one row per tenant.';
        CREATE TABLE IF NOT EXISTS "memberships" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" VARCHAR(12) NOT NULL,
    "resource_id" UUID,
    "created_at" TIMESTAMPTZ NOT NULL,
    CONSTRAINT "uid_memberships_tenant__f000e5" UNIQUE ("tenant_id", "user_id")
);
COMMENT ON TABLE "memberships" IS 'A user''s role at one business. `resource_id` is the staff member of the catalogue that this user is.';
        CREATE TABLE IF NOT EXISTS "sessions" (
    "id" UUID NOT NULL PRIMARY KEY,
    "token_hash" BYTEA NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "seen_at" TIMESTAMPTZ NOT NULL,
    "idle_until" TIMESTAMPTZ NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "revoked_at" TIMESTAMPTZ,
    "browser" VARCHAR(200) NOT NULL
);
CREATE INDEX IF NOT EXISTS "idx_sessions_user_id_80072d" ON "sessions" ("user_id");
CREATE INDEX IF NOT EXISTS "idx_sessions_expires_6bcc94" ON "sessions" ("expires_at");
COMMENT ON TABLE "sessions" IS 'A signed-in browser. It ends when revoked, when unused for a while, and in any case at `expires_at`.';
        CREATE TABLE IF NOT EXISTS "sign_in_links" (
    "id" UUID NOT NULL PRIMARY KEY,
    "user_id" UUID,
    "nonce_hash" BYTEA NOT NULL,
    "token_hash" BYTEA,
    "next_path" VARCHAR(500) NOT NULL,
    "requested_at" TIMESTAMPTZ NOT NULL,
    "expires_at" TIMESTAMPTZ,
    "consumed_at" TIMESTAMPTZ
);
CREATE INDEX IF NOT EXISTS "idx_sign_in_lin_request_0a1298" ON "sign_in_links" ("requested_at");
COMMENT ON TABLE "sign_in_links" IS 'A request to sign in. `user_id` is empty when nobody has the address: both cases leave the same trace.';
        CREATE TABLE IF NOT EXISTS "users" (
    "id" UUID NOT NULL PRIMARY KEY,
    "email" VARCHAR(254) NOT NULL UNIQUE,
    "name" VARCHAR(120) NOT NULL,
    "is_superadmin" BOOL NOT NULL,
    "disabled_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE "users" IS 'A person who signs in. The address is stored in lower case.';
        CREATE TABLE IF NOT EXISTS "audit_entries" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID,
    "at" TIMESTAMPTZ NOT NULL,
    "actor_kind" VARCHAR(12) NOT NULL,
    "actor_id" UUID,
    "action" VARCHAR(60) NOT NULL,
    "subject" VARCHAR(120) NOT NULL,
    "detail" JSONB NOT NULL,
    "request_id" VARCHAR(64) NOT NULL
);
CREATE INDEX IF NOT EXISTS "idx_audit_entri_tenant__4f9a56" ON "audit_entries" ("tenant_id", "at");
COMMENT ON TABLE "audit_entries" IS 'One deed. Without a tenant it concerns the platform, and only the system role sees it.';
        CREATE TABLE IF NOT EXISTS "plugin_revisions" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "revision" BIGINT NOT NULL,
    "slug" VARCHAR(40) NOT NULL,
    "version" VARCHAR(40) NOT NULL,
    "enabled" BOOL NOT NULL,
    "config" JSONB NOT NULL,
    "config_version" VARCHAR(20) NOT NULL,
    "content" VARCHAR(64) NOT NULL,
    "changed_by" VARCHAR(120) NOT NULL,
    "changed_at" TIMESTAMPTZ NOT NULL,
    CONSTRAINT "uid_plugin_revi_tenant__e8e130" UNIQUE ("tenant_id", "revision")
);
COMMENT ON TABLE "plugin_revisions" IS 'What one change left behind, kept for good, so that any earlier state can be made current again.';
        CREATE TABLE IF NOT EXISTS "tenant_plugins" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "slug" VARCHAR(40) NOT NULL,
    "enabled" BOOL NOT NULL,
    "config" JSONB NOT NULL,
    "config_version" VARCHAR(20) NOT NULL,
    "content" VARCHAR(64) NOT NULL,
    "revision" BIGINT NOT NULL,
    "changed_by" VARCHAR(120) NOT NULL,
    "changed_at" TIMESTAMPTZ NOT NULL,
    CONSTRAINT "uid_tenant_plug_tenant__81b705" UNIQUE ("tenant_id", "slug")
);
COMMENT ON TABLE "tenant_plugins" IS 'One plugin''s switch, configuration and pinned content for one tenant; absent until the tenant decides.';
        CREATE TABLE IF NOT EXISTS "inbox_receipts" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "consumer" VARCHAR(80) NOT NULL,
    "event_id" UUID NOT NULL,
    "handled_at" TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE "inbox_receipts" IS 'One consumer has acted on one event.';
        CREATE TABLE IF NOT EXISTS "outbox_events" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "type" VARCHAR(80) NOT NULL,
    "subject" VARCHAR(120) NOT NULL,
    "payload" JSONB NOT NULL,
    "occurred_at" TIMESTAMPTZ NOT NULL
);
COMMENT ON COLUMN "outbox_events"."seq" IS 'order of writing, given by the database';
COMMENT ON TABLE "outbox_events" IS 'A fact, written in the transaction that made it true.';
        CREATE TABLE IF NOT EXISTS "jobs" (
    "id" UUID NOT NULL PRIMARY KEY,
    "seq" BIGINT NOT NULL,
    "tenant_id" UUID,
    "type" VARCHAR(80) NOT NULL,
    "payload" JSONB NOT NULL,
    "status" VARCHAR(10) NOT NULL,
    "attempts" INT NOT NULL,
    "max_attempts" INT NOT NULL,
    "deliveries" INT NOT NULL,
    "scheduled_at" TIMESTAMPTZ NOT NULL,
    "lease_until" TIMESTAMPTZ,
    "order_key" VARCHAR(200),
    "dedupe_key" VARCHAR(200),
    "queue" VARCHAR(40) NOT NULL,
    "last_error" TEXT,
    "worker" VARCHAR(120),
    "created_at" TIMESTAMPTZ NOT NULL,
    "finished_at" TIMESTAMPTZ
);
COMMENT ON COLUMN "jobs"."seq" IS 'order of creation, given by the database';
COMMENT ON COLUMN "jobs"."attempts" IS 'how often a worker took it; fences a worker that lost its lease';
COMMENT ON COLUMN "jobs"."deliveries" IS 'how often it was handed to the carrier since it was last taken';
COMMENT ON TABLE "jobs" IS 'One piece of work. A job without a tenant belongs to the platform and is seen by the system role alone.';
        CREATE TABLE IF NOT EXISTS "customers" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "name" VARCHAR(120),
    "phone" VARCHAR(20),
    "email" VARCHAR(254),
    "locale" VARCHAR(16),
    "created_at" TIMESTAMPTZ NOT NULL
);
CREATE INDEX IF NOT EXISTS "idx_customers_tenant__0887ab" ON "customers" ("tenant_id", "phone");
COMMENT ON TABLE "customers" IS 'A person a tenant serves.';
        CREATE TABLE IF NOT EXISTS "customer_identities" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "channel" VARCHAR(12) NOT NULL,
    "external_id" VARCHAR(160) NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    CONSTRAINT "uid_customer_id_tenant__4b8cbf" UNIQUE ("tenant_id", "channel", "external_id")
);
CREATE INDEX IF NOT EXISTS "idx_customer_id_tenant__8c97a2" ON "customer_identities" ("tenant_id", "customer_id");
COMMENT ON TABLE "customer_identities" IS 'How a channel names a customer, such as a WhatsApp JID.';
        CREATE TABLE IF NOT EXISTS "date_overrides" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "location_id" UUID NOT NULL,
    "resource_id" UUID,
    "day" DATE NOT NULL,
    "ranges" JSONB NOT NULL,
    "reason" VARCHAR(120) NOT NULL
);
CREATE INDEX IF NOT EXISTS "idx_date_overri_tenant__b9a26a" ON "date_overrides" ("tenant_id", "day");
COMMENT ON TABLE "date_overrides" IS 'What holds on one date instead of the weekly hours: closed, or these ranges (`[[540, 720], …]`).';
        CREATE TABLE IF NOT EXISTS "locations" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "name" VARCHAR(120) NOT NULL,
    "address" VARCHAR(240) NOT NULL,
    "zone" VARCHAR(64) NOT NULL,
    "active" BOOL NOT NULL
);
COMMENT ON TABLE "locations" IS 'A place where a tenant receives customers.';
        CREATE TABLE IF NOT EXISTS "resources" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "location_id" UUID NOT NULL,
    "kind" VARCHAR(20) NOT NULL,
    "name" VARCHAR(120) NOT NULL,
    "title" VARCHAR(120) NOT NULL,
    "synonyms" JSONB NOT NULL,
    "hue" SMALLINT NOT NULL,
    "user_id" UUID,
    "position" INT NOT NULL,
    "active" BOOL NOT NULL
);
CREATE INDEX IF NOT EXISTS "idx_resources_tenant__178cb2" ON "resources" ("tenant_id", "kind");
COMMENT ON TABLE "resources" IS 'A person, chair, room, table or device: whatever can serve only one booking at a time.';
        CREATE TABLE IF NOT EXISTS "services" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "name" VARCHAR(120) NOT NULL,
    "synonyms" JSONB NOT NULL,
    "category" VARCHAR(60) NOT NULL,
    "minutes" INT NOT NULL,
    "buffer_before" INT NOT NULL,
    "buffer_after" INT NOT NULL,
    "price" BIGINT NOT NULL,
    "demands" JSONB NOT NULL,
    "position" INT NOT NULL,
    "active" BOOL NOT NULL,
    CONSTRAINT "uid_services_tenant__c9162b" UNIQUE ("tenant_id", "name")
);
COMMENT ON TABLE "services" IS 'Something that can be booked. Minutes, and minor units of the tenant''s currency.';
        CREATE TABLE IF NOT EXISTS "service_resources" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "resource_id" UUID NOT NULL,
    CONSTRAINT "uid_service_res_tenant__f90df1" UNIQUE ("tenant_id", "service_id", "resource_id")
);
COMMENT ON TABLE "service_resources" IS 'Which resource can provide which service. A kind without any row for a service may be any of that kind.';
        CREATE TABLE IF NOT EXISTS "working_hours" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "location_id" UUID NOT NULL,
    "resource_id" UUID,
    "weekday" SMALLINT NOT NULL,
    "opens" SMALLINT NOT NULL,
    "closes" SMALLINT NOT NULL
);
CREATE INDEX IF NOT EXISTS "idx_working_hou_tenant__7eafd8" ON "working_hours" ("tenant_id", "location_id");
COMMENT ON TABLE "working_hours" IS 'One weekly range in local minutes of the day; `resource_id` is null for the location''s own opening hours.';
        CREATE TABLE IF NOT EXISTS "idempotency_keys" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "key" VARCHAR(255) NOT NULL,
    "fingerprint" BYTEA NOT NULL,
    "reservation_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    CONSTRAINT "uid_idempotency_tenant__89831e" UNIQUE ("tenant_id", "key")
);
COMMENT ON TABLE "idempotency_keys" IS 'A request that was already answered: the same key with the same fingerprint gets the same reservation.';
        CREATE TABLE IF NOT EXISTS "occupancies" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "reservation_id" UUID NOT NULL,
    "resource_id" UUID NOT NULL,
    "lane" SMALLINT NOT NULL,
    "starts_at" TIMESTAMPTZ NOT NULL,
    "ends_at" TIMESTAMPTZ NOT NULL,
    "active" BOOL NOT NULL,
    "expires_at" TIMESTAMPTZ
);
CREATE INDEX IF NOT EXISTS "idx_occupancies_tenant__19b503" ON "occupancies" ("tenant_id", "reservation_id");
COMMENT ON TABLE "occupancies" IS 'The time one resource is taken by one reservation, buffers inside.';
        CREATE TABLE IF NOT EXISTS "reservations" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "reference" VARCHAR(12) NOT NULL,
    "status" VARCHAR(12) NOT NULL,
    "customer_id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "service_name" VARCHAR(120) NOT NULL,
    "starts_at" TIMESTAMPTZ NOT NULL,
    "ends_at" TIMESTAMPTZ NOT NULL,
    "price" BIGINT NOT NULL,
    "currency" VARCHAR(3) NOT NULL,
    "party_size" INT NOT NULL,
    "intake" JSONB NOT NULL,
    "note" VARCHAR(500) NOT NULL,
    "source" VARCHAR(20) NOT NULL,
    "hold_expires_at" TIMESTAMPTZ,
    "version" INT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    CONSTRAINT "uid_reservation_tenant__2d7b1c" UNIQUE ("tenant_id", "reference")
);
CREATE INDEX IF NOT EXISTS "idx_reservation_tenant__b15024" ON "reservations" ("tenant_id", "starts_at");
CREATE INDEX IF NOT EXISTS "idx_reservation_tenant__129f2c" ON "reservations" ("tenant_id", "customer_id", "starts_at");
COMMENT ON TABLE "reservations" IS 'A customer''s claim on a time. `starts_at` and `ends_at` are what the customer sees, without buffers.';
        CREATE TABLE IF NOT EXISTS "reservation_logs" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "reservation_id" UUID NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    "actor_kind" VARCHAR(12) NOT NULL,
    "actor_id" UUID,
    "actor_label" VARCHAR(120) NOT NULL,
    "source" VARCHAR(20) NOT NULL,
    "action" VARCHAR(20) NOT NULL,
    "before" JSONB,
    "after" JSONB
);
CREATE INDEX IF NOT EXISTS "idx_reservation_tenant__78b143" ON "reservation_logs" ("tenant_id", "reservation_id", "at");
COMMENT ON TABLE "reservation_logs" IS 'One change of one reservation: who, from where, what, before and after. Rows are only ever added.';
        CREATE TABLE IF NOT EXISTS "connections" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "provider" VARCHAR(40) NOT NULL,
    "channel" VARCHAR(12) NOT NULL,
    "name" VARCHAR(120) NOT NULL,
    "settings" JSONB NOT NULL,
    "sealed" BYTEA NOT NULL,
    "state" VARCHAR(16) NOT NULL,
    "state_detail" VARCHAR(300) NOT NULL,
    "state_at" TIMESTAMPTZ NOT NULL,
    "next_send_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL
);
COMMENT ON COLUMN "connections"."next_send_at" IS 'the pace at which the provider may be used';
COMMENT ON TABLE "connections" IS 'A tenant''s account at a messaging provider. `sealed` holds its secrets, which open only for this very row.';
        CREATE TABLE IF NOT EXISTS "conversations" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "channel" VARCHAR(12) NOT NULL,
    "address" VARCHAR(160) NOT NULL,
    "addresses" JSONB NOT NULL,
    "state" VARCHAR(8) NOT NULL,
    "human_until" TIMESTAMPTZ,
    "unread" INT NOT NULL,
    "last_message_at" TIMESTAMPTZ NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    CONSTRAINT "uid_conversatio_tenant__804276" UNIQUE ("tenant_id", "connection_id", "customer_id")
);
CREATE INDEX IF NOT EXISTS "idx_conversatio_tenant__53bfb3" ON "conversations" ("tenant_id", "last_message_at");
CREATE INDEX IF NOT EXISTS "idx_conversatio_tenant__e0a9b5" ON "conversations" ("tenant_id", "customer_id");
COMMENT ON COLUMN "conversations"."address" IS 'where answers go';
COMMENT ON COLUMN "conversations"."addresses" IS 'every address the customer has written from';
COMMENT ON COLUMN "conversations"."human_until" IS 'when the bot may answer again by itself';
COMMENT ON TABLE "conversations" IS 'All that one customer and the business write to each other over one connection.';
        CREATE TABLE IF NOT EXISTS "messages" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "direction" VARCHAR(3) NOT NULL,
    "author" VARCHAR(8) NOT NULL,
    "status" VARCHAR(10) NOT NULL,
    "detail" VARCHAR(300) NOT NULL,
    "kind" VARCHAR(10) NOT NULL,
    "text" TEXT NOT NULL,
    "choice_id" VARCHAR(256),
    "reply_to" VARCHAR(200),
    "attributes" JSONB NOT NULL,
    "recipient" VARCHAR(254),
    "external_id" VARCHAR(200),
    "dedupe_key" VARCHAR(200),
    "sent_at" TIMESTAMPTZ,
    "handled_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL,
    "changed_at" TIMESTAMPTZ NOT NULL,
    CONSTRAINT "uid_messages_tenant__a2f1cf" UNIQUE ("tenant_id", "connection_id", "direction", "external_id")
);
CREATE INDEX IF NOT EXISTS "idx_messages_tenant__303dbb" ON "messages" ("tenant_id", "conversation_id", "created_at");
COMMENT ON COLUMN "messages"."sent_at" IS 'by the provider''s clock for what came in';
COMMENT ON TABLE "messages" IS 'One message, in or out.';
        CREATE TABLE IF NOT EXISTS "inbound_events" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "dedupe_key" VARCHAR(255) NOT NULL,
    "kind" VARCHAR(64) NOT NULL,
    "order_key" VARCHAR(255),
    "payload" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ NOT NULL,
    "handled_at" TIMESTAMPTZ,
    "outcome" VARCHAR(200) NOT NULL,
    CONSTRAINT "uid_inbound_eve_tenant__7e0f82" UNIQUE ("tenant_id", "connection_id", "dedupe_key")
);
CREATE INDEX IF NOT EXISTS "idx_inbound_eve_tenant__f65e9f" ON "inbound_events" ("tenant_id", "received_at");
COMMENT ON TABLE "inbound_events" IS 'One thing a provider told us, as it was stored before anybody understood it. Its job has the same id.';
        CREATE TABLE IF NOT EXISTS "dialog_sessions" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "status" VARCHAR(8) NOT NULL,
    "state" JSONB NOT NULL,
    "version" INT NOT NULL,
    "started_at" TIMESTAMPTZ NOT NULL,
    "changed_at" TIMESTAMPTZ NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL
);
CREATE INDEX IF NOT EXISTS "idx_dialog_sess_tenant__b7cb27" ON "dialog_sessions" ("tenant_id", "expires_at");
COMMENT ON TABLE "dialog_sessions" IS 'What one dialogue remembers. At most one per conversation is open; `version` counts its changes.';"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        DROP TABLE IF EXISTS "resources";
        DROP TABLE IF EXISTS "connections";
        DROP TABLE IF EXISTS "sessions";
        DROP TABLE IF EXISTS "customers";
        DROP TABLE IF EXISTS "jobs";
        DROP TABLE IF EXISTS "locations";
        DROP TABLE IF EXISTS "services";
        DROP TABLE IF EXISTS "date_overrides";
        DROP TABLE IF EXISTS "audit_entries";
        DROP TABLE IF EXISTS "reservations";
        DROP TABLE IF EXISTS "working_hours";
        DROP TABLE IF EXISTS "reservation_logs";
        DROP TABLE IF EXISTS "inbound_events";
        DROP TABLE IF EXISTS "tenant_plugins";
        DROP TABLE IF EXISTS "plugin_revisions";
        DROP TABLE IF EXISTS "dialog_sessions";
        DROP TABLE IF EXISTS "users";
        DROP TABLE IF EXISTS "conversations";
        DROP TABLE IF EXISTS "outbox_events";
        DROP TABLE IF EXISTS "tenant_settings";
        DROP TABLE IF EXISTS "service_resources";
        DROP TABLE IF EXISTS "idempotency_keys";
        DROP TABLE IF EXISTS "tenants";
        DROP TABLE IF EXISTS "sign_in_links";
        DROP TABLE IF EXISTS "occupancies";
        DROP TABLE IF EXISTS "customer_identities";
        DROP TABLE IF EXISTS "messages";
        DROP TABLE IF EXISTS "memberships";
        DROP TABLE IF EXISTS "inbox_receipts";
        DROP TABLE IF EXISTS "directory";"""


MODELS_STATE = (
    "eJztXW1z4zaS/isofUm2SuuyZVszN7m6Kjvxbpydl60Z5ybZmZQMkZDENQUoBGiNspf/fm"
    "jw/dWELEoUB59mTKBJ6gEIdD/d6P7PwGIeOfnB8YglmLe5ocLbDF6h/wwoXhL5n9L2IRrg"
    "1SpqhT8Fnrqqux31VJ2mXHjYErJhhl1O5CWbcMtzVsJhFLr/zaE2RxgJQjEVQ4SpDX8tHD"
    "pHbCb/g0XcNvPYEq3hCkZwXzonHlp5hBMq+Cu46PrzIWKeFCNogfkCboHRCovFCbyOzSwp"
    "J2+99yf71PndJxPB5kT28OTzP30aPMg3gMYHshn89pv8j/ybfCEcWuHP1cNk5hDXzgyHo0"
    "TU9YnYrNS1n3++/eFvqif8yOnEYq6/pEnv1UYsGI27+75jn4AMtM0JJR4WxE6NEfVdNxzP"
    "6FLwA+QF4fkkflU7uWCTGfZdGOnBf898asEAoyljD3iiZhC3H06WzCYuP6FkPXHs/wlfNi"
    "U4mbx9dzf5cHM3mQwKUwVeKjeG4SWLURgUR44FQPVncN8EInV1AA/4/ser99+ej/+iQGFc"
    "zD3VqAAc/KkEscCBqBqGBPdosLLIf7/AXjnyUf8c9vJFt0E9upDAnnxPEXwRQC1AOljiLx"
    "OX0LlYyD9HpzUQ/+/Ve4Xy6FShzOTnHywMb8OWkWoCsFPgko0WtkH3HkJ7dtoEW9mrElzV"
    "lkU3WMXkJzeZMb9sFlevHyWiu1xMDoz9c1aKFLzYk6v6RG9hzgg9A9Jw9T1+RGHDmz2kll"
    "64MMXWwxp7cvblW9iIVfUtNi1Hy/wVTPFcwQO/489hqObcqeleVH/C6zVqT/Ch8GZKzztK"
    "0NTnDiWcn6BbwRFbU8QttiKIE8JBC+HIY2ullFCGGCgNRRXmGfcpUUiMBnL4r6BOAwEdU2"
    "eXjPrvZpt8GvW9bZLj8wZ75Pi8couEpuwSrv7VgDbq30cNpJF2d1aj3p0V9btH4gnHwq4O"
    "xmmZHuJ80QTmi2qULwog/8Go1iSO+vcQ3PFFkxXionqFuMiD6zI5FbXgTSR6CPDZuMkiMa"
    "5eI8Z5gC3f8wi1tOzAtEwPQW6yzVXvcoVNzpIWXEjeNQY4EdkfvoO21LIci9GExKjmMPLo"
    "rlxMdaCN+u8R15lHyJ6w3TlDxAUWPtdSf2OJPUIszT7ncU8gnzWZwWfVU/isZA77c4fyiU"
    "ceHQ7vVoD72pnfUlE1o4vSOeidwIhuA/rTtjCfwxv89b9Go/PzF6PT8/HLy4sXLy5fnr6U"
    "fdXrFpte1AzM9e3fb9/eZccELuTWamkEumy+5UiUSZuR2HIkPAL4TLAojsEPskU4S1IxCh"
    "nJHP52KHoS/ecItZUabO9u39x8uLt680+4/ZLz312F19XdDbSM1NVN7uq3eXUxvgn6eHv3"
    "I4I/0b/evb3Jcydxv7t/DeCdsC/YhLL1BNtpTKLL0aUuUY4fiBAS6gDAEuoxbh8+RUFOeL"
    "rrk1Tkj0AOxiQiWgOJiQRDU6KoM2J/h6SZqDjEFfFCh2iRidz+NqWe0djtYPyie/lcn8FK"
    "JkOlAX9GyDiUcluOR5bw/t5E/uMLUqL1/vTh3dtyZMtk81uPYwn0f8h1eGsqwGEgBlQy+0"
    "2k63775uqXvBr8/et31/mxgBtc5wZjweRzKgeiUgXLi+1P/WqTngg0sNHZxYuLl+fji1jx"
    "iq/U6VtF3Yq7TO5Xgqw0gM3IGFRLUJWzTqo5wrHIFvO2XNjgXILzWv4OqWTaeKMDcE7KIF"
    "tq/VKLuNtP4kp5g3aIdidMnzdkOSUeXzirQcHsSbUNq02eZdyroblzhXxOvG8gKMIlCAtl"
    "lSQhFPdSEWC+JyeNY98jh6twTi7wbIaCRwWRoQSFDItPwjhRiLOAO0uZonG0r4c+YUpBD9"
    "nbWFWdUfmNVdU6xAmk0dzXADQlYuDMG6lMzx0e9e+hn3b3jpjUjqAzX3NiJqzUUPmGyt+f"
    "PvtBqnMB7jllNmqo0WR50KWxGsudOSX2Xx2p9XhsLfcpiP9FBI40rReEIo88Au0+DP7yqd"
    "zKbDRjHsLyiuOS4LyTFMd0IxVLrvTSe/Jl5ciRkPP8vkyN3c9Dnw5N/pQoskP0aZDcIFBs"
    "jSbbJU1Wzgg6gSNxZT5sir1NhTKbkcuNxHQTGvT9WWavQz46XmGlenB9+/bq/a8xex0vs6"
    "/fvf37dQl/ff3r3c2VUXuNDtE1gI9Ch8h4JohcfPTHOCVmBrjTA+zYLpn4VDglZxLqxzgr"
    "aYa508OcUg01hzkraYa508McGh5bDHNWcgfDfDzMydGNcmh06rCOKZH+HWBolCtgVJMrYB"
    "TkCugGeeLM6S197dCHQZE/SdqGNRSK7DVx6MSV/RrzKB6R48oFxCqCPHLoCboPDSDljCPL"
    "ldgEhAZlU2ZvIL2LcsfJmSsnN38lrXWxUHQGRy7BjyRw4MkfgODxpIxJ2cdjP9PP9E5eUp"
    "b0NzxIS4M9z3kkIV8DAkvsuGjO5CXmi+/UJSWAHMGJO4N3YdTdIPIIjsZEpjFVE/7UYI01"
    "/EwrS/kz+JmD8QPHs1Fq0AOUUYtswXZl5QzbNdyS7Too23g8M7ot+Cn5IiaQ9ExHR8sI9U"
    "5Lu2ykpV3WaGmXxYxOmT1V2+LJyhrTttNGT4cYjONZ345ulOGn+cvt/ApZUTPOXRvnTpjX"
    "P3NlnuUM659DbqTKpAZNv7EpvZJ9pW20XgQ2LVdG7V1isYIpyYV8hAoBcNlaGpRgvpbZx8"
    "+6l8ltdnRWKAFKQUdpjAV6l91sdNkkeZHsVU3rXRbSF3U/wdme1PFW0ps5fMJ9uWRhe+mU"
    "pWpgzCWYVqwhedm88SmF28I8vrJn6/Pdu9eZDfv6NpeG4e3Pb65v5DCoQZCdHKEuF08K2Q"
    "4HALbRm3KiRm/qmt5kwm6+imHuhHp85duOqKh9kGqrUZUx9JoQ2c0hGmmAbULsE/TRkdPS"
    "F3E1AuQIZAEl7NHA6bNysZgxbxlE0CqHjPL2bLggy+BcmUr465Tk5mjvMU3cP5lDScYD1E"
    "Hd+6BnzY5nz9TwAunvUmZ36ujulBlWqGsz0S0EkpUyx98aHH8LINNbkNIyZj0q4FmaQ7B2"
    "0pbnDezDhB03oQDG1QzAuJid1J/+m1glq35NetJExJAsTUgWm4hSjrA6F1Yisf8MWGlV0X"
    "dc4VB+Ao89hG7YSl6s0I1cukrXnALPSPVu4u8m73wnLOJ/qmy+76MMsgWrONc+rLaMg7zA"
    "cTLahsbxx0WYKMVaQLk95JKZQFOykKM8RA9kJdTB0jlj8k/OgowocKyUYM91iAcJVASkTK"
    "GQg3KJbfl/lS1e9prL0Suayft44NMZWuKUvSZFSyeUqI6azV1TsHaUU2SrbNeHyXLdprZ6"
    "kETXhy0vdWjIW67N80i88oldW/+oYlYbiMsglisruPNK1o4692tKao+O1wNF/e7O7yofOn"
    "NKlotqYyyRMMbYzo2xANzJFqtMUbJ3Rtnui9HIx0lFTovuSYn0DuDdV1sLTDB7MtWrVpWR"
    "6uGm2QqvFqG2RWhFRtI4rzrnvOoEkRQUMAnookFFeZOwdfhkcZOwxlQzCgkCHwKBbzjia0"
    "dYiyEKNjxfzkJQByDMYeVQSmwUrtCK5QEaKHjid0g+By6rjB/B8dggdsImliMfWB5vsZ/H"
    "Pk0nKSPNUEmd4DkMldQ6xIbNMKZ2J2aqMbWNqV0+LMbUNqb29gDv3tQ2PpcD+lwMz2F4jg"
    "6gb3iOHfAct3TKvrwnFpH4Dwo8R6Z1WM1zONBv4gUdNXiOMAuAp9KEyd4Ejm8oQoE8krKK"
    "rU2FzGFqQycYOiH6UjT10Fimh5v0yyZ79MvqLfplkVaARUdz2qZlzKzN167F1N7ucHRW0q"
    "g8RuUpU3ne+UJqKzfwCRY1nnRjjcLDVLeJ+o4bp5qZyfYhWnuOEJCpNMhKKqUoDw6uBNG5"
    "KgjXEWrbL0sys+VdjEZkNCKzt3Dyux5lFAp0mS2S67cdlFuFRUFiOERzRy5MaBqcg4f5Nc"
    "Wc5NeSLlFKClgNLTXqbzTUBhrqsZzzO26mboU3LsMla3W1yyslsn+f12HW6la8W8xSh5a2"
    "MRlyosZmMDZDmc3wE5sOCrYCXKyxEf7NpjohXw6xiNrEmfdwgq6QFEfrfOqbKXEZnXOowJ"
    "DOfBNUqOSQ5ibe9tPpb7CUKjEm9vhcY34cnfnRb11ZZViTF49RWTapj3ZsFhrzo0XzwyjG"
    "B1OM4XS/z7UMv1iih3P7rJHZV2P1FeY2FgJqXpVAXLlLpkU6vVUu2FpulEAyY6Ucyn1TSO"
    "0GOeI7NCPUIjzVAJyzK2cjFOCCwl6aO+jo7OLFxcvz8UW8ccZX6vbL4t4I473FoOTFujww"
    "utFhO8NWqrJSVYoyhTZENivUZVxTE94RaI2h9px8gB0ZPRZUoYOUKY6c+1EXF0M9PPxA6G"
    "HmO7cWxPa3c5fmZQ350TnyIz3UalXdrvpzTtRkDe/yOCsTdfJAtKJrM0JbqW4dG9GWqsZm"
    "9zPbXxFdpLNSBupGUMvf6WtZ2LFAD82Q3R9tAy1kQjyPlYT63ZEvFapZVqoPM7luG7j55a"
    "7evs7Ujoy6543uLO6B9aMzrxOJPuC9jwMQpobG16D0zBzq8MVW45wTNcpt18a5Ex7c730u"
    "2LKsnGDcMqz25VphH92ygrEDlRPvsSztRm1P7UolKznziSlWciB/konkbB3iA9UG7NiGsI"
    "9oNrWSaOAbC/QP4N3nB9hz4dBuo9tG5VCXWdjVmr+JRP8gPhs3WSDyamFqfRgbq8xo64fQ"
    "1m9tQoUjSuobFno00N6lLqU6N651+CNbS8UcMilQ4iJ4Pvi8o9sNEfetBYJT6AjqMPCr1Q"
    "r9dPtDUct/xn2ezpYX3hb+S74I4lHsQks+f15eKsHEGAzGYDjSFVXnMHxqwmuAmhMzsJYk"
    "qAlXn6aqVkqkh96d3RcWTK/qOjZDVqyPUDeqiXdWUxTvrFgVz6i2RrVtU7WFOfTukXieVE"
    "aLam2mtUalhVk0YWFHneJkCyZfMUqYBHdBjhxjgm04FAFhbmtCHtyN7Od7/BWyXMaJPUQM"
    "YjwJJ8iDrGIcfXv/6dPlxekQvRidyh/72R+djsa/3f+lokLZPp6qzZbbeGNUX6P6HumKq6"
    "GjAbcFT9YENSdmYC0kIeVyubKIJqw5MXMWKxeVh0vC8WBbrAjHw2VxeBltq18TFLSn/ERU"
    "u2MRteoDVolEN5Jtw/N6k2xbmgFcL8l2ItG73M878052Qnl/HW6Jg4LiHrfUKO3Rhto8is"
    "TFltSNpTZLkgARlWb1UWrDcVBKaViJhqg5nG+0ZKPO7TWipGsQ7iGkBNu2BF/rNHJKpHcb"
    "46jRMYBRzTmAUfEgwB+aUTt/PCdop9tzePdFJyC/5mMJvLX1gxKhPZYPijbBoyof1AkF73"
    "1onBcVvLilRsGLTHvNMOEhhAY43hB5jC2HSN0OuE+bPDoWeSW1ODk/HomHLEyD+GDEqLtR"
    "ZCroNHK8EFbZmsDkLVMGW3qMNuUq72HCDYw22eltxHCuHYZVLSAaCk7Uv4cKzu7Dko0F1K"
    "4FJByhF5QcC/TO+mkFX76hjG6WWkx4WsZw4Tvnwhdlx/4/LLHrVmYMWpQe/G8xVdAIIgra"
    "mfNBtp/z0YtxnOgH/qjL8fPhzdXr18VEPz7XDl1MiRgnY+54E+NOxNZn4ayclmmR/c3Nlm"
    "fmzvJQGW6k/9zIB+IBUTAoUCNRw7CaGeFBl4bEyAe2JGIBfINKLAh8xDTgIIh9gt441BeE"
    "D1X26aVDmYfkDBA8iiULDNNvwMvleYRamyIlsusHfKaf6b1NJHA2v1caA1c9wfxQYhEzpG"
    "ry4Ac4/yEQoxZJDn/cf/oM6Tdns8/ydT8PFFfzefDbfcNjIGpE8oc+DNNimJbumlzGb2es"
    "KmNVbWFVWRKwOfP06m+nZHpHJzQ6CFJzDqR4DGQZ6AAaBkJKostpbg9mIkz92UwapFMyC5"
    "XDhrgW5Iz1VQEtnomybHRPIRuLGWDzwK680K7JWbU1VVBikT4tAnuucBJaUjoaR0rEKBw7"
    "VzgMX2b4MsOXbceXVYcU5TsMn+TPJpoRRh8XjrVIyCfguVYee3RsCA2HpvC+UPgNuKqk8h"
    "vdII+tkdS5EI56oSXeAE8GjYoKw0JJlR363Ntzn2bGIuyCv9LHrwxd1gkux9BlrUOcLuuX"
    "/hqaYpqVMqB27Shof2DtxNb9kXkQ7vojpCMo7tuZ1ppNex30myzijo1KwYa5ENQZTeRQpF"
    "ITopBeinxQNt58h+5TE+geCrHCj1B7J3SJYgm/kUJritiKUPB4qbcpLwa7lycrX5nK8MDv"
    "1c6+wpyjs4uL03DXDx6vdnkC7jPFT8i3sKkzX4gT9FG+pXwJdArPfcOo/P920cjpYEsTlG"
    "z2/l6upyYouf+7fy9jtNbBMl9EtD58MCXWJwZ2FzGEsA+XkKr1eMZCBs2cE1apMLpwJlIG"
    "z44o+7c2Wa6YgECuf5CSVMO59hqF30l6QoG4xscAPSIHEwqJgs4LZUWx6xFsbxCmfE08Yr"
    "9SajWXb4XkfRVbllyZyQEi3kqOk0BS9eVJi1xcpd2u9u6yY4H7euzTFB1U0zNkXCc2YKOQ"
    "71HH0aw9+Zyik10DMF8F4rLJabbLy5oqEJf5GJ7UClXiaXMo9jblOOcE8962TRjmc2SI17"
    "nbQj9w7G6TsF7fvr16/2t5ecTrEr/x9a93N1dFyyjaCfSNo5ykWTxMpuIdAGwyFTfVi99Z"
    "lr/CUpctqsRJU402zMJOjctt3MHZCjnhVMaJ5MQEVycmpCq1iRqilWGIghA2DumEpfJdVH"
    "Kff0tFV5MvK0d2kh+MIrs5EeDHdonSeVPS0KhyZiwkvifolgYhG+DSllJYqtALBkdA1sx3"
    "bbTAsmlKSKWWXE9f55ZIw2Abhfk4l2Q9qtUoFC2Ca7zYLXhdcFlStnqaMJLpTeTkLhhXLr"
    "An+Bb6bkbQqLudU3cz1W6ovc0Qp8TMAHd6gE3oc6uhz9nKUZHZov05ZSR38EUdj4v6KD6o"
    "ThAE7xOVelCWLzNuHNamzIy6NXaXRdnLIQODi50lFBYKs1Ki+3ivv1fpG+7DjUH+5RGV4l"
    "LZ7NEtpCkPiR6i8PPQ9i9zlu3noU+7yjwiOxNqFZM95MPeY6VH9qup/pntakgEQyIcpR6k"
    "ZedGn1AB0roaHSmhHnrgdl+3Uq4qwtfK955IGIAbAGxK2poTMscGqm62nrxcLxeGNrL2GK"
    "6sn5af4cq+ogE2+UcOkn8kyuuos1GlZXq4SZ032KLOKzeo8/z2tJKbzGbCnT90MkFlhfY3"
    "v8/andw7Syoi74sfSgCtzpqTSHQjaQ48tjdJcygTeokpw/69y853edpEwZW9KtcP1ZZTcO"
    "OcKY1NiViih+vz7quBLJi8z/YepBJx40bqsq75SDyul+IrJWE244IOaaKzv4avxl/ZWw5z"
    "VtIMc+eGuWs+9tdsPqhzs0P7sJGnfeKyuUZCGmuhMrKwWT5YHmpGsiGaeWwZlBofKmf3EA"
    "XJepUvXGVvOUHvIQIevOEqPF6VmZTwk5LccXt54nOD7QE74y033vJjXYBNyH03wNVXG4y6"
    "0FF1IRfjyryJbrHSrFQPSYrdh0AEkOktS2kZk3SpDE/5E4mrP3Njsd4xmO246A2D2S6Dia"
    "3ynPW187ic0DIAlwFcVcul2uFUWcVFz+F0PGtvK56likIv1bBXlXgxqD+Beic4oO8ZpcQq"
    "P2aRahtWcz9W3KvxIYu4yCW2LOZTAQUrMVoSzvEckvmG+fw9OP1AsEvsewQuH46gUCYnlk"
    "cEnHFQ2f4hh2BAwwQZgh2OHomnMv2XHbXY56OfJoIMx2M4nu5u8btR+6MvSkdXSsv0UFu6"
    "aKItXVRrSxcFbQlIbapnV6VEegjx7ukAUwu2ZZOVCCFfQa8WbEpm/1FmR65/ZsEHXacIfV"
    "0mw0TGJDEcbpnEEE6l6dE0kUAfl5Vxk1Ulz72nFpVx2TFBIl9bYEdrb8zL9RDs80aBk+c1"
    "gZPnJYGTCretDgbFcsb91Gn3EyVfxIQTuk1YUl72aII2B5BiYYUtAnRBYPyrK6GZEhUR9H"
    "mwH35dM8JEI/Z2mLtCUUI0cEUumEzrsJamjPs1JSpdN6hfAIFicYIVCAODj3/qc4cSztHa"
    "cwRBgiGCgRQEqg8xCAlTYjE7WsJG7v7+T+d4SQRK8rU8kfbFxVxMAq6UPJ38xUSwtbJwGH"
    "bz8BCbPBltw5pfpRoDmxc00BqqeO+RY7Yt8ddKT5QS6TLEAxUYHxZx4mjOmpk7eZ6nEX08"
    "rqGPx8WAnADAsqppNbELaaFjIJAHRHmYw/fOZv5b4EBXlBu2OsTwbEu0HabZMJ7Jl/CywX"
    "fwsvIreFk4VutLE2riU1HGdj5xpDYrejzMjFyQaGAvMaF4mGBtQnguMYciHI7gxJ19fbSM"
    "T6HgXnEeVB65TQT6lN5lZ4du88av5gdWIm4Ir05/QIbX7O0wd4LXfBMsBoMCpRk1DKvZzH"
    "Ah0ThoG0oMkdwVmYeYL8qPx1b024JYtB0viR4lXwTxKHYbsIxppja6lHxQhlVs5bM1rOLh"
    "Ic7QX/lPQIMAy4saeA1pa0jbo4Y2s5c2ZU4yQj1kT3acN1JqiQumFaaeSPQQ3R1zUyZjf5"
    "YDb0SB1zDgBQJcP8rRxDfqxjfqZl3oc76FnU9gIW3EIrh38mqVCfGljF85TnDrGJWbX+7q"
    "3TCZ0POoe943k/cCs6o6FHV+YFZZhqIZ7B075ps7xH7ZJABd9qo+xn5ZCEH3yMrdTATTwT"
    "kt00OYG63Mo5qVeVRcmbGQrzD1hab/NyN1DA7gzp4gkqaGs3IILVnC6yZ6SqiHM/3yotGC"
    "clGzoFzkZ3qaSdWAOifWQ7DbWFZsYvsrMnkgWvUaslIG6kZQc7kMbHN0KBE7nqCF6SZzfk"
    "TV/WTWg8ojoUp6WhIU5NC8h6af3rhMCAumtruV0zUreTRz4avxuRrX+tc3zCrV8lbDnJE0"
    "w9y5Ye5EBMUtnTKf2jePYEEUwigyrcPqWAon6Dch0FEjokIsIGEUTk6BCubayOdDhCFdFF"
    "rLf7iQT7OTDOKbKbM3SD6NeLKJ2bLfCboVHP2bTVUAL6gFXG3+FenL9/LUbaI9Ep33ifgO"
    "afQR59FEc5hojmNepY1fvAvQHsw+7xqceeLpshHxdFlDPF0a51clvuMmvN64mtYbF1g95s"
    "nNWXceZ4R6SDO1MYtXeOOysnMR1V6ClIhxETzPRRArfgX46+3BnKgxCDtnEBoS72sbZeYL"
    "i+nlxEyJ9FAr2JlbpBPkyg8Odtn8A+G8NO9OtnlYTa/YquOEBz0b8isfo7Q4gbQPhdqWZD"
    "klHj9BVwIt5VxW7SvioXTIO3K4ysv9HboPS4jeI5XoO8jgHfCKvEit7OOB2oXhUiVuDVHS"
    "yqJriJLDQ2yOvewJ3uMIwR7AatrWUtB6iLtWxZqq1BbGrNQxK01x8cEu8xzISelt55vPSh"
    "obvdPWm/HNfxXDnDIhNIc5K2mGuXPDfFCW4M//B2/qAC4="
)
