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
        DROP TABLE IF EXISTS "reservations";
        DROP TABLE IF EXISTS "occupancies";
        DROP TABLE IF EXISTS "service_resources";
        DROP TABLE IF EXISTS "tenants";
        DROP TABLE IF EXISTS "users";
        DROP TABLE IF EXISTS "tenant_plugins";
        DROP TABLE IF EXISTS "jobs";
        DROP TABLE IF EXISTS "customers";
        DROP TABLE IF EXISTS "services";
        DROP TABLE IF EXISTS "working_hours";
        DROP TABLE IF EXISTS "reservation_logs";
        DROP TABLE IF EXISTS "connections";
        DROP TABLE IF EXISTS "audit_entries";
        DROP TABLE IF EXISTS "outbox_events";
        DROP TABLE IF EXISTS "date_overrides";
        DROP TABLE IF EXISTS "conversations";
        DROP TABLE IF EXISTS "sign_in_links";
        DROP TABLE IF EXISTS "customer_identities";
        DROP TABLE IF EXISTS "resources";
        DROP TABLE IF EXISTS "dialog_sessions";
        DROP TABLE IF EXISTS "messages";
        DROP TABLE IF EXISTS "tenant_settings";
        DROP TABLE IF EXISTS "inbound_events";
        DROP TABLE IF EXISTS "plugin_revisions";
        DROP TABLE IF EXISTS "inbox_receipts";
        DROP TABLE IF EXISTS "memberships";
        DROP TABLE IF EXISTS "idempotency_keys";
        DROP TABLE IF EXISTS "sessions";
        DROP TABLE IF EXISTS "locations";
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
    "fdXrFpte1AzM9e3fb9/eZccELuTWao8APhMsimPwg2wRzpJULNkZyRz+dih6Ev3nCPfIGm"
    "zvbt/cfLi7evNPuP2S899dhdfV3Q20jNTVTe7qt3klJb4J+nh79yOCP9G/3r29yVvscb+7"
    "fw3gnbAv2ISy9QTbaUyiy9GlLhFdH4gQEuoAwBLCK24fPkV8TXi665ME2I9AScXUFVoDdY"
    "YEQ1OiCBtif4ekcaKYqxXxQjdckf/a/jal/riY7DbeuL18rs/gwpKh0oA/I2TcGLktxyNL"
    "eH9vIv/xBSnRtX768O5tObJlsvmtx7EE+j/kOrw1FeAwEAMqmf0m0rC+fXP1S175+v71u+"
    "v8WMANrnODsWDyOZUDUamC5cX2p361aRQHGtjo7OLFxcvz8UWseMVX6vStom7FXSb3K0FW"
    "GsBmZAyqJajKWSfVHOFYZIt5Wy5scC7BeS1/h1QybbzRATgnZZAts7kwtYi7/SSulDdoh2"
    "h3wvR5Q5ZT4vGFsxoUzJ5U27Da5FnGvRqaO1fI58T7BlzxLkFYKKskcdzfS0WA+Z6cNI59"
    "jxyuggi5wLMZCh4VxCMSZEl12GVzn4TRieDdhztLmaJxtK+HPmFKQQ/Z21hVnVH5jVXVOs"
    "QJpNHc1wA0JWLgzBupTM8JG/XvoXdw9/R/akfQma85MRPMaKh8Q+XvT5/9INW5APecMhs1"
    "1GiyPOjSWI3lzpwS+6+O1Ho8tpb7FESdIgIHadYLQpFHHoF2HwZ/+VRuZTaaMQ9hecVxSX"
    "DKRopjupGKJVd66T35snLkSMh5fl+mxu7noU8HxH5KFNkh+jRIbhAotkaT7ZImK2cEncBB"
    "rDIfNsXepkKZzcjlRmK6CQ36/iyz1yEfHa+wUj24vn179f7XmL2Ol9nX797+/bqEv77+9e"
    "7myqi9RofoGsBHoUNkPBNELj76Y5wSMwPc6QF2bJdMfCqckkj4+jHOSpph7vQwp1RDzWHO"
    "Spph7vQwh4bHFsOcldzBMB8Pc3J0oxwanTqsY0qkf2HzjU6oj2pOqI+CE+rdIE+cOb2lrx"
    "36MCjyJ0nbsIZCkb0mDp24sl9jHsUjcly5gFhFkEcOPUH3oQGknHFkuRKbgNCgbMrsDSQV"
    "Ue44OXPl5OavpLUuForO4Mgl+JEEDjz5AxA8npQxKft47Gf6md7JS8qS/oYHyVCw5zmPJO"
    "RrQGCJHRfNmbzEfPGduqQEkCM4cWfwLoy6G0QewdGYyDSmasKfGqyxhp9pZSl/Bj9zMH7g"
    "eDZKDXqAMmqRLdiurJxhu4Zbsl0HZRuPZ0a3BT8lX8QEUm3p6GgZod5paZeNtLTLGi3tsp"
    "hHKLOnals8WVlj2nba6OkQg3E869vRjTL8NH+5nV8hK2rGuWvj3Anz+meuzLOcYf1zyI1U"
    "mdSg6Tc2pVeyr7SN1ovApuXKqL1LLFYwJbmQj1AhAC5bS4MSzNcy+/hZ9zIZtY7OCiVAKe"
    "gojbFA73JqjS6bpMyRvappvctC0pzup9XakzreSlIth0+4L5csbC+dslQNjLkE04o1JC+b"
    "Nz6lcFuYx1f2bH2+e/c6s2Ff3+bSMLz9+c31jRwGNQiykyPU5eJJIdvhAMA2elNO1OhNXd"
    "ObTNjNVzHMnVCPr3zbERUZ91NtNaoyhl4TIrs5RCP5rE2IfYI+OnJa+iLOgY8cgSyghD0a"
    "OH1WLhYz5i2DCFrlkFHeng0XZBmcK1NpZp2S3BztPaaJ+ydzKMl4gDqoex/0rNnx7JkaXi"
    "D9XcrsTh3dnTLDCtVUJrrlJ7JS5vhbg+NvAWR6C1JaxqxHBTxLcwjWTtryvIF9mLDjJhTA"
    "uJoBGBdzYvrTfxOrZNWvSYqZiBiSpQnJYhNRyhFW58JKJPafASutKvqOKxzKT+Cxh9ANW8"
    "mLFbqRS1fpmlPgGaneTfzdZDvvhEX8T5VD9n2UQbZgFefah9WWcZCNNk5G29A4/rgIE6VY"
    "CyjyhlwyE2hKFnKUh+iBrIQ6WDpnTP7JWZARBY6VEuy5DvEggYqAlCkUclAusS3/r3KUy1"
    "5zOXpFM3kfD3w6Q0ucstekaOmEEtVRs7lrCtaOcopsle36MFmu29RWD5Lo+rBFjQ4NecsV"
    "YR6JVz6xa6vuVMxqA3EZxHJlBXdeydpR535NSe3R8XqgqN/d+V3lQ2dOyXJRbYwlEsYY27"
    "kxFoA72WKVKUr2zijbfQkU+TipyGnRPSmR3gG8+xpfgQlmT6Z6NZIyUj3cNFvh1SLUtgit"
    "yEga51XnnFedIJKCAiYBXTSoKG8Stg6fLG4SVjZqRiFB4EMg8A1HfO0IazFEwYbny1kI6g"
    "CEOawcSomNwhVasTxAAwVP/A7J58BllfEjOB4bxE7YxHLkA8vjLfbz2KfpJGWkGSqpEzyH"
    "oZJah9iwGcbU7sRMNaa2MbXLh8WY2sbU3h7g3ZvaxudyQJ+L4TkMz9EB9A3PsQOe45ZO2Z"
    "f3xCIS/0GB58i0Dqt5Dgf6TbygowbPEWYB8FSaMNmbwPENRSiQR1JWsbWpkDlMbegEQydE"
    "X4qmHhrL9HCTftlkj35ZvUW/LNIKsOhoTtu0jJm1+dq1mNrbHY7OShqVx6g8ZSrPO19Ibe"
    "UGPsGixpNurFF4mOo2Ud9x41QzM9k+RGvPEQIylQZZSaUU5cHBlSA6VwXhOkJt+2VJZra8"
    "i9GIjEZk9hZOftejjEKBLrNFcv22g3KrsChIDIdo7siFCU2Dc/Awv6aYk/xa0iVKSQGroa"
    "VG/Y2G2kBDPZZzfsfN1K3wxmW4ZK2udnmlRPbv8zrMWt2Kd4tZ6tDSNiZDTtTYDMZmKLMZ"
    "fmLTQcFWgIs1NsK/2VQn5MshFlGbOPMeTtAVkuJonU99MyUuo3MOFRjSmW+CCpUc0tzE23"
    "46/Q2WUiXGxB6fa8yPozM/+q0rqwxr8uIxKssm9dGOzUJjfrRofhjF+GCKMZzu97mW4RdL"
    "9HBunzUy+2qsvsLcxkJAzasSiCt3ybRIp7fKBVvLjRJIZqyUQ7lvCqndIEd8h2aEWoSnGo"
    "BzduVshAJcUNhLcwcdnV28uHh5Pr6IN874St1+WdwbYby3GJS8WJcHRjc6bGfYSlVWqkpR"
    "ptCGyGaFuoxrasI7Aq0x1J6TD7Ajo8eCKnSQMsWRcz/q4mKoh4cfCD3MfOfWgtj+du7SvK"
    "whPzpHfqSHWq2q21V/zomarOFdHmdlok4eiFZ0bUZoK9WtYyPaUtXY7H5m+yuii3RWykDd"
    "CGr5O30tCzsW6KEZsvujbaCFTIjnsZJQvzvypUI1y0r1YSbXbQM3v9zV29eZ2pFR97zRnc"
    "U9sH505nUi0Qe893EAwtTQ+BqUnplDHb7Yapxzoka57do4d8KD+73PBVuWlROMW4bVvlwr"
    "7KNbVjB2oHLiPZal3ajtqV2pZCVnPjHFSg7kTzKRnK1DfKDagB3bEPYRzaZWEg18Y4H+Ab"
    "z7/AB7LhzabXTbqBzqMgu7WvM3kegfxGfjJgtEXi1MrQ9jY5UZbf0Q2vqtTahwREl9w0KP"
    "Btq71KVU58a1Dn9ka6mYQyYFSlwEzwefd3S7IeK+tUBwCh1BHQZ+tVqhn25/KGr5z7jP09"
    "nywtvCf8kXQTyKXWjJ58/LSyWYGIPBGAxHuqLqHIZPTXgNUHNiBtaSBDXh6tNU1UqJ9NC7"
    "s/vCgulVXcdmyIr1EepGNfHOaorinRWr4hnV1qi2baq2MIfePRLPk8poUa3NtNaotDCLJi"
    "zsqFOcbMHkK0YJk+AuyJFjTLANhyIgzG1NyIO7kf18j79Clss4sYeIQYwn4QR5kFWMo2/v"
    "P326vDgdohejU/ljP/uj09H4t/u/VFQo28dTtdlyG2+M6mtU3yNdcTV0NOC24MmaoObEDK"
    "yFJKRcLlcW0YQ1J2bOYuWi8nBJOB5sixXheLgsDi+jbfVrgoL2lJ+IancsolZ9wCqR6Eay"
    "bXheb5JtSzOA6yXZTiR6l/t5Z97JTijvr8MtcVBQ3OOWGqU92lCbR5G42JK6sdRmSRIgot"
    "KsPkptOA5KKQ0r0RA1h/ONlmzUub1GlHQNwj2ElGDbluBrnUZOifRuYxw1OgYwqjkHMCoe"
    "BPhDM2rnj+cE7XR7Du++6ATk13wsgbe2flAitMfyQdEmeFTlgzqh4L0PjfOighe31Ch4kW"
    "mvGSY8hNAAxxsij7HlEKnbAfdpk0fHIq+kFifnxyPxkIVpEB+MGHU3ikwFnUaOF8IqWxOY"
    "vGXKYEuP0aZc5T1MuIHRJju9jRjOtcOwqgVEQ8GJ+vdQwdl9WLKxgNq1gIQj9IKSY4HeWT"
    "+t4Ms3lNHNUosJT8sYLnznXPii7Nj/hyV23cqMQYvSg/8tpgoaQURBO3M+yPZzPnoxjhP9"
    "wB91OX4+vLl6/bqY6Mfn2qGLKRHjZMwdb2Lcidj6LJyV0zItsr+52fLM3FkeKsON9J8b+U"
    "A8IAoGBWokahhWMyM86NKQGPnAlkQsgG9QiQWBj5gGHASxT9Abh/qC8KHKPr10KPOQnAGC"
    "R7FkgWH6DXi5PI9Qa1OkRHb9gM/0M723iQTO5vdKY+CqJ5gfSixihlRNHvwA5z8EYtQiye"
    "GP+0+fIf3mbPZZvu7ngeJqPg9+u294DESNSP7Qh2FaDNPSXZPL+O2MVWWsqi2sKksCNmee"
    "Xv3tlEzv6IRGB0FqzoEUj4EsAx1Aw0BISXQ5ze3BTISpP5tJg3RKZqFy2BDXgpyxviqgxT"
    "NRlo3uKWRjMQNsHtiVF9o1Oau2pgpKLNKnRWDPFU5CS0pH40iJGIVj5wqH4csMX2b4su34"
    "suqQonyH4ZP82UQzwujjwrEWCfkEPNfKY4+ODaHh0BTeFwq/AVeVVH6jG+SxNZI6F8JRL7"
    "TEG+DJoFFRYVgoqbJDn3t77tPMWIRd8Ff6+JWhyzrB5Ri6rHWI02X90l9DU0yzUgbUrh0F"
    "7Q+sndi6PzIPwl1/hHQExX0701qzaa+DfpNF3LFRKdgwF4I6o4kcilRqQhTSS5EPysab79"
    "B9agLdQyFW+BFq74QuUSzhN1JoTRFbEQoeL/U25cVg9/Jk5StTGR74vdrZV5hzdHZxcRru"
    "+sHj1S5PwH2m+An5FjZ15gtxgj7Kt5QvgU7huW8Ylf/fLho5HWxpgpLN3t/L9dQEJfd/9+"
    "9ljNY6WOaLiNaHD6bE+sTA7iKGEPbhElK1Hs9YyKCZc8IqFUYXzkTK4NkRZf/WJssVExDI"
    "9Q9Skmo4116j8DtJTygQ1/gYoEfkYEIhUdB5oawodj2C7Q3ClK+JR+xXSq3m8q2QvK9iy5"
    "IrMzlAxFvJcRJIqr48aZGLq7Tb1d5ddixwX499mqKDanqGjOvEBmwU8j3qOJq1J59TdLJr"
    "AOarQFw2Oc12eVlTBeIyH8OTWqFKPG0Oxd6mHOecYN7btgnDfI4M8Tp3W+gHjt1tEtbr27"
    "dX738tL494XeI3vv717uaqaBlFO4G+cZSTNIuHyVS8A4BNpuKmevE7y/JXWOqyRZU4aarR"
    "hlnYqXG5jTs4WyEnnMo4kZyY4OrEhFSlNlFDtDIMURDCxiGdsFS+i0ru82+p6GryZeXITv"
    "KDUWQ3JwL82C5ROm9KGhpVzoyFxPcE3dIgZANc2lIKSxV6weAIyJr5ro0WWDZNCanUkuvp"
    "69wSaRhsozAf55KsR7UahaJFcI0XuwWvCy5LylZPE0YyvYmc3AXjygX2BN9C380IGnW3c+"
    "puptoNtbcZ4pSYGeBOD7AJfW419DlbOSoyW7Q/p4zkDr6o43FRH8UH1QmC4H2iUg/K8mXG"
    "jcPalJlRt8busih7OWRgcLGzhMJCYVZKdB/v9fcqfcN9uDHIvzyiUlwqmz26hTTlIdFDFH"
    "4e2v5lzrL9PPRpV5lHZGdCrWKyh3zYe6z0yH411T+zXQ2JYEiEo9SDtOzc6BMqQFpXoyMl"
    "1EMP3O7rVspVRfha+d4TCQNwA4BNSVtzQubYQNXN1pOX6+XC0EbWHsOV9dPyM1zZVzTAJv"
    "/IQfKPRHkddTaqtEwPN6nzBlvUeeUGdZ7fnlZyk9lMuPOHTiaorND+5vdZu5N7Z0lF5H3x"
    "Qwmg1VlzEoluJM2Bx/YmaQ5lQi8xZdi/d9n5Lk+bKLiyV+X6odpyCm6cM6WxKRFL9HB93n"
    "01kAWT99neg1QibtxIXdY1H4nH9VJ8pSTMZlzQIU109tfw1fgre8thzkqaYe7cMHfNx/6a"
    "zQd1bnZoHzbytE9cNtdISGMtVEYWNssHy0PNSDZEM48tg1LjQ+XsHqIgWa/yhavsLSfoPU"
    "TAgzdchcerMpMSflKSO24vT3xusD1gZ7zlxlt+rAuwCbnvBrj6aoNRFzqqLuRiXJk30S1W"
    "mpXqIUmx+xCIADK9ZSktY5IuleEpfyJx9WduLNY7BrMdF71hMNtlMLFVnrO+dh6XE1oG4D"
    "KAq2q5VDucKqu46DmcjmftbcWzVFHopRr2qhIvBvUnUO8EB/Q9o5RY5ccsUm3Dau7Hins1"
    "PmQRF7nElsV8KqBgJUZLwjmeQzLfMJ+/B6cfCHaJfY/A5cMRFMrkxPKIgDMOKts/5BAMaJ"
    "ggQ7DD0SPxVKb/sqMW+3z000SQ4XgMx9PdLX43an/0RenoSmmZHmpLF020pYtqbemioC0B"
    "qU317KqUSA8h3j0dYGrBtmyyEiHkK+jVgk3J7D/K7Mj1zyz4oOsUoa/LZJjImCSGwy2TGM"
    "KpND2aJhLo47IybrKq5Ln31KIyLjsmSORrC+xo7Y15uR6Cfd4ocPK8JnDyvCRwUuG21cGg"
    "WM64nzrtfqLki5hwQrcJS8rLHk3Q5gBSLKywRYAuCIx/dSU0U6Iigj4P9sOva0aYaMTeDn"
    "NXKEqIBq7IBZNpHdbSlHG/pkSl6wb1CyBQLE6wAmFg8PFPfe5Qwjlae44gSDBEMJCCQPUh"
    "BiFhSixmR0vYyN3f/+kcL4lASb6WJ9K+uJiLScCVkqeTv5gItlYWDsNuHh5ikyejbVjzq1"
    "RjYPOCBlpDFe89csy2Jf5a6YlSIl2GeKAC48MiThzNWTNzJ8/zNKKPxzX08bgYkBMAWFY1"
    "rSZ2IS10DATygCgPc/je2cx/CxzoinLDVocYnm2JtsM0G8Yz+RJeNvgOXlZ+BS8Lx2p9aU"
    "JNfCrK2M4njtRmRY+HmZELEg3sJSYUDxOsTQjPJeZQhMMRnLizr4+W8SkU3CvOg8ojt4lA"
    "n9K77OzQbd741fzASsQN4dXpD8jwmr0d5k7wmm+CxWBQoDSjhmE1mxkuJBoHbUOJIZK7Iv"
    "MQ80X58diKflsQi7bjJdGj5IsgHsVuA5YxzdRGl5IPyrCKrXy2hlU8PMQZ+iv/CWgQYHlR"
    "A68hbQ1pe9TQZvbSpsxJRqiH7MmO80ZKLXHBtMLUE4keortjbspk7M9y4I0o8BoGvECA60"
    "c5mvhG3fhG3awLfc63sPMJLKSNWAT3Tl6tMiG+lPErxwluHaNy88tdvRsmE3oedc/7ZvJe"
    "YFZVh6LOD8wqy1A0g71jx3xzh9gvmwSgy17Vx9gvCyHoHlm5m4lgOjinZXoIc6OVeVSzMo"
    "+KKzMW8hWmvtD0/2akjsEB3NkTRNLUcFYOoSVLeN1ETwn1cKZfXjRaUC5qFpSL/ExPM6ka"
    "UOfEegh2G8uKTWx/RSYPRKteQ1bKQN0Iai6XgW2ODiVixxO0MN1kzo+oup/MelB5JFRJT0"
    "uCghya99D00xuXCWHB1Ha3crpmJY9mLnw1PlfjWv/6hlmlWt5qmDOSZpg7N8ydiKC4pVPm"
    "U/vmESyIQhhFpnVYHUvhBP0mBDpqRFSIBSSMwskpUMFcG/l8iDCki0Jr+Q8X8ml2kkF8M2"
    "X2BsmnEU82MVv2O0G3gqN/s6kK4AW1gKvNvyJ9+V6euk20R6LzPhHfIY0+4jyaaA4TzXHM"
    "q7Txi3cB2oPZ512DM088XTYini5riKdL4/yqxHfchNcbV9N64wKrxzy5OevO44xQD2mmNm"
    "bxCm9cVnYuotpLkBIxLoLnuQhixa8Af709mBM1BmHnDEJD4n1to8x8YTG9nJgpkR5qBTtz"
    "i3SCXPnBwS6bfyCcl+bdyTYPq+kVW3Wc8KBnQ37lY5QWJ5D2oVDbkiynxOMn6EqgpZzLqn"
    "1FPJQOeUcOV3m5v0P3YQnRe6QSfQcZvANekReplX08ULswXKrErSFKWll0DVFyeIjNsZc9"
    "wXscIdgDWE3bWgpaD3HXqlhTldrCmJU6ZqUpLj7YZZ4DOSm97XzzWUljo3faejO++a9imF"
    "MmhOYwZyXNMHdumA/KEvz5/wpQhfc="
)
