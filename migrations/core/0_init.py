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
COMMENT ON TABLE "reservation_logs" IS 'One change of one reservation: who, from where, what, before and after. Rows are only ever added.';"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        DROP TABLE IF EXISTS "plugin_revisions";
        DROP TABLE IF EXISTS "tenants";
        DROP TABLE IF EXISTS "sign_in_links";
        DROP TABLE IF EXISTS "tenant_settings";
        DROP TABLE IF EXISTS "memberships";
        DROP TABLE IF EXISTS "audit_entries";
        DROP TABLE IF EXISTS "services";
        DROP TABLE IF EXISTS "idempotency_keys";
        DROP TABLE IF EXISTS "reservations";
        DROP TABLE IF EXISTS "inbox_receipts";
        DROP TABLE IF EXISTS "occupancies";
        DROP TABLE IF EXISTS "customers";
        DROP TABLE IF EXISTS "tenant_plugins";
        DROP TABLE IF EXISTS "locations";
        DROP TABLE IF EXISTS "date_overrides";
        DROP TABLE IF EXISTS "resources";
        DROP TABLE IF EXISTS "working_hours";
        DROP TABLE IF EXISTS "reservation_logs";
        DROP TABLE IF EXISTS "customer_identities";
        DROP TABLE IF EXISTS "outbox_events";
        DROP TABLE IF EXISTS "sessions";
        DROP TABLE IF EXISTS "jobs";
        DROP TABLE IF EXISTS "service_resources";
        DROP TABLE IF EXISTS "users";
        DROP TABLE IF EXISTS "directory";"""


MODELS_STATE = (
    "eJztXWtz27jV/isYfdntjOqx5UvyJu+8M/au23ibxJ3EabpNdmSIhCTUFKAlQCvavvvfiw"
    "NexLsJWReKi0+2CBySegABz7ngnP/0HO6Tox+pTxzJ/eU1k/6y9wr9p8fwjKh/Stv7qIfn"
    "87gVPko88nR3N+6pO42E9LEjVcMYe4KoSy4Rjk/nknIG3f9CmSsQRpIwzGQfYebCpyllE8"
    "TH6h8sk7axz2doAVcwgvuyCfHR3CeCMClewUUvmPQR95UYQVMspnALjOZYTo/gdVzuKDl1"
    "650/OWD014AMJZ8Q1cNXz//ypfeg3gAaH8iy98sv6h/1mXwjAlrh4/xhOKbEczPDQbWIvj"
    "6Uy7m+9unTzY9/0T3hS46GDveCGVv1ni/llLOkexBQ9whkoG1CGPGxJG5qjFjgedF4xpfC"
    "L6AuSD8gyau6qwsuGePAg5Hu/e84YA4MMBpx/oCHegYJ9+Foxl3iiSNGFkPq/l/0sinB4f"
    "D97d3w4/XdcNgrTBV4qdwYRpcczmBQqBoLgOr38L4riPTVHjzghzeXH74/vfiTBoULOfF1"
    "owaw97sWxBKHonoYVrjHg5VF/ocp9suRj/vnsFcvug7q8YUV7KvfUwxfDNAWIO3N8LehR9"
    "hETtXHwXENxP+4/KBRHhxrlLn6+YcLw/uoZaCbAOwUuGRphG3YvYPQnhw3wVb1qgRXt2XR"
    "DVcx9ZMbjnlQNour148S0U0uJnvG/jkrRQpe7KtVfWi2MGeEngFptPoePqKw4Y0fUksvXB"
    "hh52GBfTX78i18wKv6Fptmg1n+CmZ4ouGB7/F7P6I5d3q6F+lPdL2G9oQ/FNGM9NwygkaB"
    "oIwIcYRupEB8wZBw+JwgQYgAFiKQzxealDCOOJCGIoV5xn1KCIllIPv/FdQxEOCYJrtk3H"
    "8z2+TTqO9sk7w4bbBHXpxWbpHQlF3C9V8DaOP+XWQgjdjdSQ29Oynyu0fiS+pgzwTjtEwH"
    "cT5rAvNZNcpnBZB/48xoEsf9OwjuxVmTFeKseoU4y4PrcTUVjeBdSXQQ4JOLJovERfUacZ"
    "EH2Al8nzDHSA9My3QQ5CbbXPUuV9jkHKXBRca7xgCvRHaHb29btCxnxWhixKi2YeTRnXuY"
    "mUAb998hrmOfkB1hu3ELkZBYBsKI/iYSO4RYqX30cUcgnzSZwSfVU/ikZA4HE8rE0CePVM"
    "C7FeC+opMbJqtmdFE6Bz0NlehtQH+8Lcwn8AZ//p/B4PT0xeD49OLl+dmLF+cvj1+qvvp1"
    "i00vagbm6uavN+/vsmMCF3JrtU8AnyGWxTH4UbVIOiMVS3ZGMoe/G4kexf8c4B5Zg+3dzb"
    "vrj3eX7/4Ot58J8aun8bq8u4aWgb66zF39Pk9Skpugzzd3bxB8RP+6fX+d19iTfnf/6sE7"
    "4UDyIeOLIXbTmMSX40ttMnR9JFIqqEMASwxeSXv/KcPXUKS7PmkAewMmqcR0hRZgOkOSox"
    "HRBhvivkZKOdGWqznxIzdc0f61/m1K/XGJsdt643byc32GLWw1VAbwZ4SsGyO35fhkBu/v"
    "D9WfQJISrvXTx9v35ciWyea3HupI9P/Io2JrFGA/EAMqmf0mZljfv7v8Z558/fD29io/Fn"
    "CDq9xgTLl6TuVAVFKwvNju6Nc2leKQgQ1Ozl6cvTy9OEuIV3Kljm8VuZXwuNqvJJkbAJuR"
    "saiWoKpmnaI5kjpkjXlbLmxxLsF5ob6HIpkuXpoAnJOyyJbpXJg5xFt/ElfKW7QjtFuh+r"
    "wjsxHxxZTOewW1J9XWr1Z5ZkmvhurOJQoE8b8DV7xHEJZaK1k57u8VEeCBryYNde8RFTqI"
    "UEg8HqPwUWE8IkGOosMenwQkik4E7z7cWckUlaNdPfQJVQp6qN5Wq2oN5bda1dYhXkEaz3"
    "0DQFMiFs68ksrNnLBx/w56Bzdv/k/tCCbzNSdmgxmtKd+a8nfHZz8qOhfiniOzcUMNkxVh"
    "l8Y0VtAJI+6fqWI9Pl+ofQqiThGBgzSLKWHIJ49gdu+HnwKmtjIXjbmPsLpCPRKeslHimC"
    "0VsRSal96Tb3OqRkLN8/syGrubhz4dEPtlRWT76EtvdYOQ2Fom2yYmq2YEG8JBrDIfNsP+"
    "soLMZuRyIzFaRgp9d5bZq8genaywih5c3by//PBzYr1Oltm3t+//elViv776+e760tJeyy"
    "HaBvBBcIiMZ4Koxcd8jFNidoBbPcDU9cgwYJKWRMLXj3FW0g5zq4c5RQ0NhzkraYe51cMc"
    "KR5rDHNWcgPDfDiWk4Mb5UjpNLE6pkS6Fzbf6IT6oOaE+iA8od4O4wmdsBv2lrKHXtF+sm"
    "rr15hQVK8hZUNP9WtsR/GJGlchIVYR5BFlR+g+UoC0M47M5nIZGjQYH3F3CUlFtDtOzVw1"
    "ucUrpa3LqTZnCOQR/EhCB576AggeT8osKbt47Ff2ld2pS1qT/k6EyVCw79NHEtlrQGCGqY"
    "cmXF3igXytL2kBRKUg3hjehTNvicgjOBpXMo1NNdFXDddYa5/ZylL+DPvM3uwDh7NRGpgH"
    "GGcOWcPalZWz1q7+mtauvVobD2dGbwt+Rr7JIaTaMuFoGaHOsbTzRiztvIalnRfzCGX2VG"
    "ONJytrVdtWKz0tsmAczvp2cKMMXy2YredXyIracW7bOLdCvf4ktHqWU6w/RbaRKpUamH5j"
    "VXqu+irdaDENdVqhldq7lcYKqqSQ6hE6BMDjC6VQgvpaph8/6142o9bBaaEETAompDER6F"
    "xOrcF5k5Q5qle1We+8kDSn/Wm1dkTHt5JUi4qhCNSShd0ZLUvVwLlHMKtYQ/KyeeVTCW8L"
    "8+TKjrXP29u3mQ376iaXhuH9p3dX12oY9CCoTlTqy8WTQi4VAMA6vCknanlT23iTDbv5Qw"
    "xzK+jxZeBSWZFxP9VWQ5Ux9BoS1Y0Sg+SzLiHuEfpM1bQMZJIDH1GJHDAJ+yx0+sw9LMfc"
    "n4URtNoho709SyHJLDxXptPM0pLcHNt7TBP3T+ZQkvUAtZB77/Ws2eHsmQZeIPNdyu5OLd"
    "2dMsMK1VSGpuUnslL2+FuD428hZGYLUlrGrkcFPEtzCNZO2vK8gV2YsBdNTAAX1RaAi2JO"
    "zGD0b+KUrPo1STFXItbI0sTI4hJZaiOszoW1kth9Bqw0VQyoJykTR/DYfXDDreTFitzIpa"
    "t0zSnwjFTnJv5msp23QiP+u84h+yHOIFvQinPt/WrNOMxGmySjbagcf55GiVKcKRR5Qx4Z"
    "SzQiUzXKffRA5lIfLJ1wrj4KHmZEgWOlBPseJT4kUJGQMoVBDsoZdtX/Oke56jVRo1dUk3"
    "fxwKcztCQpe22KllaQqJaqzW0jWBvKKbJWtuv9ZLneJlvdS6Lr/RY12jfkW64I80j88old"
    "W3WnYlZbiMsgVisruPNK1o4692tKaoeO1z1F/W7O76oeOqYly0W1MraSsMrYxpWxENzhGq"
    "tMUbJzStnmS6CoxykiZ2TuSYl0DuDN1/gKVTB3ODKrkZSR6uCmuRW7WozaGqEVGUnrvGqd"
    "86oVhqSwgEloLupVlDeJWvtPFjeJKhs1MyFB4EMo8J1AYkGlM+2jcMML1CwEOgBhDnPKGH"
    "FRtEJrKw+YgcInvkbqOXBZZ/wIj8eGsRMucah6YHm8xW4e+7Q5SStp1pTUCjuHNSVtHWJr"
    "zbCqditmqlW1rapdPixW1baq9voAb17Vtj6XPfpcrJ3D2jlagL61c2zAznHDRvzbB+IQhX"
    "+vYOfItPar7RwU+g39sKOBnSPKAuDrNGGqN4HjG9qgQB5JWcXWpkL2MLU1J1hzQvxLMeSh"
    "iUwHN+mXTfbol9Vb9MuiWQEWHcNpm5axszZfuxYzd73D0VlJS3ks5SmjPLeBVGzlGn6CRc"
    "aTbqwhPFx3G+rfceNUM2PV3kcLn0oJmUrDrKRKionw4EoYnauDcKnU235Zkpk172IZkWVE"
    "dm8R5Fczk1Ek0GZrkVq/3bDcKiwKCsM+mlC1MKFReA4e5tcIC5JfS9pkUtLAGrDUuL9lqA"
    "0Y6qGc8ztsS90cLz2OS9bqapdXSmT3Pq/9rNVb8W5xRx9aWkdlyIlancHqDGU6w0981Cvo"
    "CnCxRkf4Nx+ZhHxR4hC9iXP/4QhdIiWOFvnUNyPicTYRUIEhnfkmrFApIM1Nsu2n099gJV"
    "WiTOzwuVb9ODj1o9tcWWdYUxcPkSzb1EcbVgut+rFF9cMS470RYzjdHwgjxS+R6ODcPmmk"
    "9tVofYW5jaWEmlclEFfukmmRVm+VU75QGyUYmbEmh2rflIrdICpfozFhDhGpBrA5e2o2Qg"
    "EuKOxluIMOTs5enL08vThLNs7kSt1+WdwbYbzXGJS8WJsHxjQ6bGPYKiqrqFKcKbQhslmh"
    "NuOamvBUogWG2nPqAW6s9DhQhQ5SplA19+MuHoZ6ePiBsP3Md+FMiRus5y7Ny1rjR+uMH+"
    "mh1qvqetWfc6I2a3ibx1mrqMMHYhRdmxFai7q1bES3VDU2u5+5wZyYIp2VslA3glp9z8BI"
    "w04EOqiGbP5oG7CQIfF9XhLqd0e+VVCzrFQXZnLdNnD9z7t6/TpTOzLunle6s7iH2o/JvF"
    "5JdAHvXRyAsDU0/gikZ0wZFdO1xjknaslt28a5FR7cHwIh+aysnGDS0q/25TpRH9OygokD"
    "VRD/sSztRm1P40olczXziS1Wsid/ko3k3DrEe6oN2LINYRfRbHolMcA3EegewJvPD7Djwq"
    "HtRncblUM97mDPaP6uJLoH8clFkwUiTwtT68OF1cosW98HW79xCZNUltQ3LPRowN4Vl9Kd"
    "G9c6fMMXiphDJgVGPATPB593fLs+EoEzRXAKHUEdBnE5n6Ofbn4ssvxn3OfpbHnRbeFf8k"
    "0Sn2EPWvL58/JSK0yswmAVhgNdUU0Ow6cmvAGoOTELa0mCmmj1aUq1UiId9O5svrBgelU3"
    "0RmyYl2EulFNvJOaongnxap4ltpaartNagtz6PaR+L4io0Vam2mtobQwi4Y86mhSnGzK1S"
    "vGCZPgLoiqMSbYhUMREOa2IOTBW6p+gS9eIcfjgrh9xCHGkwiCfMgqJtD391++nJ8d99GL"
    "wbH6sl+DwfHg4pf7P1VUKNvFU42t5S5eWuprqe+BrrgGHA1sW/BkQ1BzYhbWQhJSoZYrhx"
    "jCmhOzZ7FyUXm4JBwPtsWKcDxcFoeXYVvdmqDAnvITUe+ORdSqD1itJNqRbBue15lk20oN"
    "EGZJtlcSncv9vDHvZCvI+9toS+wViHvSUkPa4w21eRSJhx3FjRWbJasAEZ1m9VGx4SQopT"
    "SsxEDUHs63LNnSuZ1GlLQNwh2ElGDXVeAbnUZOiXRuYxw0OgYwqDkHMCgeBPjNMGrnt+cE"
    "7bR7Dm++6ATk13wsgbe2ftBKaIflg+JN8KDKB7WC4H2IlPMiwUtaagherNobhgn3ITSA+n"
    "3kcz7rI307sH265JE65JVicWp+PBIfOZiF8cGIM2+pjanAadR4IayzNYHKW0YGt/QYY5Or"
    "uocNN7BsstXbiLW5thhWvYAYEJy4fwcJzubDkq0GtF0NSFJpFpScCHRO+9kKvmLJOFvOjC"
    "zhaRlrC9+4LXxaduz/4wx7XmXGoGnpwf8tpgoaQETBduZ8mO3ndPDiIkn0Ax/qcvx8fHf5"
    "9m0x0U8gjEMXUyLWyZg73sQFja31WTgrp2VaZHdzc8szc2N5qKxtpPu2kY/EB0NBr2AaiR"
    "v61ZYREXZpaBj5yGdETsHeoBMLgj1iFNogiHuE3lEWSCL6Ovv0jDLuIzUDpIhjyULF9Dvw"
    "cvk+Yc6yaBLZ9AO+sq/s3iUKOFfca8YgdE9QP7RYbBnSNXnwA5z/kIgzh6wOf9x/+QrpN8"
    "fjr+p1v/a0reZr75f7hsdA9IjkD31YS4u1tLRX5bJ+O6tVWa1qDa3KUYBNuG9Wfzsl0zlz"
    "QqODIDXnQIrHQGYhBzBQEFISbU5zuzcVYRSMx0ohHZFxRA4b4lqQs9pXBbR4LMuy0T2FbC"
    "Jmgc0DO/cjvSan1dZUQUlEurQI7LjCSaRJmTCOlIglHBsnHNZeZu1l1l62nr2sOqQo36H/"
    "pP1saBhh9HlKnenK+AR2rrnPH6kLoeHQFN0XCr+BrWpV+Y0tkc8XSHEuhONeaIaXYCeDRm"
    "0Kw1JLlR363Nlzn7aMxdiFn9LHr6y5rBW2HGsu2zrE6bJ+6V9DU0yzUhbUth0F7Q6srdi6"
    "P3Mfwl3fQDqC4r6daa3ZtBdhv+E06dioFGyUC0Gf0USUIZ2aEEXmpdgH5eLla3SfmkD3UI"
    "gVvoTeO6FLHEv4nRJaMMTnhIHHS79NeTHYnTxZ+8p0hgdxr3f2ORYCnZydHUe7fvh4vcsT"
    "cJ9p+4R6C5fRyVQeoc/qLdVLoGN47jvO1P/rRSOngy1tULLd+zu5ntqg5O7v/p2M0VqEy3"
    "wR0frwwZRYlyywm4ghhH24xKhaj2ciZNHMOWE1hTGFcyVl8WwJ2b9xyWzOJQRy/Y2UpBrO"
    "tdcQfrrqCQXiGh8D9IkaTCgkCpwXyopizyfYXSLMxIL4xH2labVQb4XUfbW1bHVlrAaI+H"
    "M1ThIp6itWLWpxVXq73rvLjgXu6rFPm+igmp41xrViA7aEfIccx7D25HOKTrYNwHwViPMm"
    "p9nOz2uqQJznY3hSK1SJp40y7C/Lcc4J5r1tyyjM58AQr3O3RX7gxN2mYL26eX/54efy8o"
    "hXJX7jq5/vri+LmlG8E5grRzlJu3jYTMUbANhmKm7Ki28dJ5hjxWWLlHjVVMOGedSpcbmN"
    "OzhboSaczjixOjEh9IkJRaWWcUO8MvRRGMImIJ2wIt9Fkvv8W2pzNfk2p6qT+sFoY7cgEv"
    "zYHtGcNyUNjTpnxlThe4RuWBiyAS5tJYUVhZ5yOAKy4IHnoilWTSNCKllyvfk6t0RaC7Yl"
    "zIe5JJuZWi2h2CK41ou9Ba8LLkvKVm8mjGU6Ezm5CYurkNiXYg2+mxG0dLd1dDdT7Ya56w"
    "xxSswOcKsH2IY+bzX0OVs5KlZbjH9OGckN/KIOx0V9ED+oVhgIPqwoda8sX2bS2K9NmRl3"
    "a+wui7OXQwYGD9MZFBaKslKi+2Svv9fpG+6jjUF98olOcal19vgWSpWHRA9x+Hmk+5c5y3"
    "bz0KddZT5RnQlziske8mHvCelR/Wqqf2a7WiOCNSIcJA8y0nPjn1AB0roaHSmhDnrgNl+3"
    "Uq0qMjDK976SsAA3ANiWtLUnZA4NVNNsPXm5Ti4M28jaY21l3dT8rK3sDzTANv/IXvKPxH"
    "kdTTaqtEwHN6nTBlvUaeUGdZrfnuZqk1kOBf3NJBNUVmh38/tku5N7Y0lF1H3xQwmg1Vlz"
    "VhLtSJoDj+1M0hzGpVliyqh/57LznR83IbiqV+X6odtyBDfJmdJYlUgkOrg+b74ayJSr+6"
    "zvQSoRt26kNnPNR+ILsxRfKQm7GRc4pI3O/iP8aoK5u+YwZyXtMLdumNvmY3/LJ706Nzu0"
    "9xt52ocenxgkpHGmOiMLH+eD5aFmJO+jsc9nYanxvnZ291GYrFf7wnX2liP0ASLgwRuuw+"
    "N1mUkFPynJHbeTJz432B6ws95y6y0/1AXYhty3A1xz2mDpQkvpQi7GlftD02KlWakOGik2"
    "HwIRQma2LKVlbNKlMjzVVySe+cxNxDpnwdyOi95aMLdrwcROec762nlcbtCyAJcBXFXLpd"
    "rhVFnFxczhdDhr71Y8SxWFXqphryrxYlF/AvW92oB+/y9Om8aN"
)
