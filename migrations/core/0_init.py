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
        CREATE TABLE IF NOT EXISTS "customers" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "name" VARCHAR(120),
    "phone" VARCHAR(20),
    "email" VARCHAR(254),
    "locale" VARCHAR(16),
    "visits" INT NOT NULL,
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
    "active" BOOL NOT NULL
);
CREATE INDEX IF NOT EXISTS "idx_occupancies_tenant__19b503" ON "occupancies" ("tenant_id", "reservation_id");
COMMENT ON TABLE "occupancies" IS 'The time one resource is taken by one reservation, buffers inside. Inactive rows say who it would have been.';
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
        DROP TABLE IF EXISTS "date_overrides";
        DROP TABLE IF EXISTS "working_hours";
        DROP TABLE IF EXISTS "tenants";
        DROP TABLE IF EXISTS "reservation_logs";
        DROP TABLE IF EXISTS "tenant_settings";
        DROP TABLE IF EXISTS "services";
        DROP TABLE IF EXISTS "locations";
        DROP TABLE IF EXISTS "service_resources";
        DROP TABLE IF EXISTS "directory";
        DROP TABLE IF EXISTS "reservations";
        DROP TABLE IF EXISTS "occupancies";
        DROP TABLE IF EXISTS "idempotency_keys";
        DROP TABLE IF EXISTS "customers";
        DROP TABLE IF EXISTS "resources";
        DROP TABLE IF EXISTS "customer_identities";"""


MODELS_STATE = (
    "eJztXWtz2zYW/SsYfWk6o9XYsixn052dsRO3UdePHdvdbGtnaJiEJI4oQAVAK2o3/30B8C"
    "m+TDgSLbP4ZIvAJakDCPfcBy7+7NiEot4HlyKbE7o6xZyuOu/Anx0M50j8U9jeBR24WESt"
    "8iOHD57q7kQ9VacHxim0uWgYQ48hcclBzKbugrsEy+4/uthhAAKOMMS8CyB25KepiyeAjM"
    "U/kMdtY0rmYCmvQCDviyeIggVFDGHO3smLnj/pAkKFGAJTyKbyFhAsIJ/25Os4xBZy4taN"
    "P9nH7u8+sjiZINGDiuff3nZm4g1k4wytOp8/i3/EZ/QFMdkqPy5m1thFnrM2HK4SUdctvl"
    "qoa7/8Mvrwo+opv+SDZRPPn+Ok92LFpwTH3X3fdXpSRrZNEEYUcuSkxgj7nheOZ3Qp+ALi"
    "Aqc+il/VSS44aAx9T4505x9jH9tygMEDITNoqRnEnFlvThzksR5GS8t1/hm+bErQsi4ub6"
    "zr0xvL6uSminypzBiGl2yC5aC4YiwkVF+D+yYQqasd+YD3H4+v3hwMv1egEMYnVDUqADtf"
    "lSDkMBBVw5DgHg3WOvLvp5AWIx/1z2AvXvQ5qEcXEtiT31MEXwTQFiDtzOEXy0N4wqfiY3"
    "+vAuL/HF8plPt7CmUifv7BwnARtvRVkwQ7BS5aaWEbdG8htPt7dbAVvUrBVW3r6AarmPjJ"
    "WWPiF83i8vWjQHSTi8kLY/8tK0UKXkjFqm7pLcxrQt8Aabj6vn5EpcIbz1JLr7zwAO3ZEl"
    "Ix+7ItpE/K+uab5v159grEcKLgkd/jazekOTdquufpT3i9gvYEPxRWj/RcYgQefOZixFgP"
    "jDgDZIkBs8kCAYYQkyyEAUqWipRgAogkDXkK8w33KSAkhoG8/K+gioFIjqmjJaP+m1GTT6"
    "PemJIcHtTQkcODUhUpm9aXcPVXA9qofxsZSC12t19B7/bz/O4RUe7a0NPBOC3TQpwHdWAe"
    "lKM8yIH8B8Fakzjq30Jwh4M6K8SgfIUYZMH1iJiKWvAmEi0EeH9YZ5EYlq8RwyzAtk8pwr"
    "aWHZiWaSHIddRcuZbLKTlbWHCh8642wIlIc/h2tkXLMl6MOk6Mch9GFt2FB7EOtFH/BnEd"
    "U4QawnbjHiLGIfeZFv2NJRqEWJh97mNDIO/XmcH75VN4v2AO+xMXM4uiR5fJd8vBfeJORp"
    "iXzei8dAZ6NzCitwH93rYwn8g3+Nvf+/2Dg6P+3sHw7eHg6Ojw7d5b0Ve9br7pqGJgTkY/"
    "jS5u1sdEXsis1RRJfCzI82PwQbRwd45Kluw1yQz+Tijai/55hTqyAtub0fnp9c3x+b/l7e"
    "eM/e4pvI5vTmVLX11dZa6+yZKU+Cbg0+jmI5AfwW+XF6dZiz3ud/NbR74T9DmxMFla0Elj"
    "El2OLu2So+sacS6gDgAscHjF7d2nHF8WS3d90gH2UbqkYtcVWErXGeAEPCDlsEHOD0AYJ8"
    "pztUA0DMPl/V/Pv01hPC52dptoXCM/12/whSVDpQH/mpAJY2RUDkVz+f7UEn98jgq41s/X"
    "lxfFyBbJZlWPa3PwP+C5bGsU4GUglqis6ZuIYb05P/5vlny9P7s8yY6FvMFJZjCmRDyndC"
    "BKKVhWrDn6tU2jOGBg/f3B0eDtwXAQE6/4ShXfynMr5hGhrzhaaAC7JmNQLUBVzDpBc7hr"
    "o2fM22Jhg3MBzkvxPQTJdOBKB+CMlEG2yOaC2Ebe8ydxqbxBO0R7J0yf9z7jZK44f8boiV"
    "u65eaOHfapaegcS8ODCe4d5RkChugjYnlbprLn09H62wy7ncrgzmdjtxi7ZXeXlM3YLY3G"
    "7ncs3aqB0H2wkmjgGwu0D+DNhzXQHLpaWRGxQAvRPawTtRe9yvE9fPm4/U5DvPmwvQz1cB"
    "2WnAi0Jja0OQvERH1M1KcB02fkIMxdXrDPK9ej+7QpJIip6uwireiPPYUYIw/I58t9WNHt"
    "uoD59hRAee3TFHJ2vFiAn0cfysI/z7rPE/EfCVhwW/kv+sIRxdArigxlpRJMjPVlrK9Xuq"
    "JqWF/pCa8BakbMwJqFNVl9aufqJSItzIXcfLJTelXXgDkj1kaoh7XcCMMKN8IwZ+gaamuo"
    "7TaprZxDl4+IUkFG87R2rbWC0spZZJGwY002K7klkIF3BgRbkvlG8i7AFWOMoBOUEkBgid"
    "DMW4l+PmXvgO0RhpyoYABDQJUUYODN/e3t4UCYq0f9PfFl7/z+Xn/4+f77PPdt7KnaoQcH"
    "rgz1NdT3la64GhxNOgrlkzVBzYgZWHN5aEwsVzbShDUjZrbUr6MqV+VC4lWMZti9im21a4"
    "JK9pSdiEo75lGrSIOMJZpPfkyrLd/1uGACPfm8l9BTW0mJFGYAK9qSUm6qJRKt27y2sVDv"
    "TpD3s1AldnLEPW6pIO2RQq2fkuNBW3BjwWZRkm1DkY3cR8GG4wyfwhwdDVFTYsOwZEPnTG"
    "mN7ebnQMcR4GvtjE2JtE4x9mvV1ehXFNbom8oajVbWSLZMr8N7QoiHIC6ZwrFQBmOhjLxt"
    "gRwpwWbX2pPLy7M1Mn0yymwfvvjl/ORULBwKdNHJ5UEKzu7kXF+Fxnme4MUtFQQvMu01c6"
    "67MjXApV1ACZl3gbqd9H066NG10TtVzxU9IgpsiINka0Cwt1LOVMlpZCFYVfFVmbxFZHBL"
    "j9F2uapao8bnatjkDqsR43PdYVhNceMt5ngbC2i7FhB3uV6GdyzQOutnK/iyFSZ4NdfyhK"
    "dljC98477wqV8w4a/n0PPKSwP4RVN+i0n3/cGW0+4P+kfDOONefqhKtr8+Pz47y2fc+0w7"
    "dTElYoKMmb1ihLmRt77mdpC0iNkQkp2exjfSft/INaLSUdDJuUaihm65Z4QFXWo6Rq7JHA"
    "Xn26jDbaQ/Iq6U1QPnQcGC4CCcuYsJBWIGyJryQS5ZYJh+J6NcQdXVvEtk0w+4w3f43kEC"
    "OIfdK8bAVM+ZOrpHiEWeIeBywOFM7v/ggGAbJZs/7m/vZCnI8fhOvO5dR/lq7jqf72tuA1"
    "EjYsqB7YSiMZ6WBnW5sVqNVfUXs6psAdiEaFbITsm0zp1QayNIxT6Q/DaQZ5UGM3WUOuUm"
    "woM/HguD9AGNQ3JYE9ecnLG+SqCFYx7UhNJDNhYzwGaBXdDQrslYtVXFxSORNi0CDRcVDy"
    "0pHcaREjGEY+OEw/jLjL/M+Mue5y8rTynKdug+6T+zNDOMPk1de5o4n6Sfa0HJo+vI1HDZ"
    "FN63B46VrwosXTGxfA4gXqlq9IJzyUOjg15gDlfSTyYbo4OnpVTRps/Gnvu0ZyzCLviU3n"
    "5l3GU74csx7rKtQ5xy56z9Gupiui5lQN21raDtgXUnVPcnQmW660dZjiCvt9daK5T2Muhn"
    "TeOOtQ5cDmshqD2awMVA1XkEoXspikE5cPUDuE9NoHvgMvUllO6UXaJcwu+C05bJAmEZ8V"
    "JvU3xEcyNPVrEyVeGB3SvNvoCMgf3BYC/U+sHjlZZHMnym/BPiLRzsTqa8Bz6JtxQvAfbk"
    "c88JFv8/Lxs5nWxpkpKN7m/lemqSktuv/VuZo7UMlvk8otXpgymxNnlgN5FDKPVwgVO1Gs"
    "9YyKCZCcIqCqMLZyJl8NwRsj9y0HxBuEzk+hcqKDWcaa8g/G7S05qhVe1tgBSJwWQ84LxL"
    "WQjYowg6KwAxWyKKnHeKVjPxVkDcV3nLkitjMUCILsQ4cSCoL0taxOIq7Halu4u2BTb12K"
    "dddOLuxhm3GwrYEPIGOc4MaeXwhN1bmLnWPzyss5vt8LDiSI3DbA5PaoUqiLS5GNJVMc4Z"
    "wWy0bRWm+bwyxKvCbWEcOA63CVhPRhfHV7/GUeO4fOvZ5cVPJwVx45Nfb06P85ZRpAn0ja"
    "OMpFk8TKXiDQBsKhXX5cWXtu0voOCyeUqcNFWwYRJ2qn3cxo3cWyEmXHAWerxjgqkdE4JK"
    "raKGaGXogiCFjclywoJ898AIB0kSMojMBBsVpHVK5KaLJfE9B0yhaHpAqIAON/1wbW91Zk"
    "U0DmvDj1/nCqznWTX8YYvgmqD1FoIssKgGW7VXMJJpTaLkJhysjEPK2TPo7ZqgYbc7x27X"
    "DrfBznOGOCVmBninB9hkOrc/0/kqIVudosKJcWO3snZi1K123CQqYy234nvQnYPgVHr56w"
    "f3sRa4V/v478MlQ3yiSNU6VAGL6BaAIbnjP8pDDk27oqhJMw99OmZCkeiMsJ3f9Z/Nf47V"
    "oehXcQzkeldjXhrz8lVqSC0LKPoJ5SCtOqwhJdTCUMzmDzAUqwr3tQp/JxIG4BoAm7NNzV"
    "aJ1waqbtmWrFwrF4ZtlG8xXpT2G9nGi9LyATaFKF6kEEVU4E9HUaVlWqikDmqoqINSBXWQ"
    "VU8LoWRWFnP/0CkJtC7U3Pze3+7k3lh1CXFfOCsAtLx8SiKxG9VT5GNbUz0FE65XoTDs37"
    "oybYd7dQiu6FW6fqi2DMGNi2fUNiViiRauz5s/FkIe3m6hLwtXTPFnkMwC8Q2Qzdez5e3V"
    "cc1HRJleraeUhFHGOQ5p0nT/Cr8af+E8c5jXJc0w79ww71qM/YxMOlVhdtnerRVptzwy0a"
    "hMYk9VaQ4yzuZCy8MDSReMKZkHZ053VbC7C4KqrSoWrsp49MCVzI2W0XB1tqA6b1DAjwqK"
    "iDXyxG9Nw5bYmWi5iZa/1gXYJGPvBrj6tMHQhR2lC5nsR0It3VMr16Va6KTYfApEAJnesp"
    "SWMdV3ivAUXxF5+jM3FmudB3M7IXrjwdyuBxPaxcXLK+dxsUPLAFwEcNmhHuUBp9LjPPQC"
    "Tq9n7d1KZKnkxI9y2MvO+jCoP4H6i/qAvv4fjLGkGQ=="
)
