from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        CREATE TABLE IF NOT EXISTS "beauty_client_preferences" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "visits" INT NOT NULL,
    "last_stylist_id" UUID,
    "last_visit_at" TIMESTAMPTZ,
    CONSTRAINT "uid_beauty_clie_tenant__5d70be" UNIQUE ("tenant_id", "customer_id")
);
COMMENT ON TABLE "beauty_client_preferences" IS 'How often a client came and whom they sat with last.';
        CREATE TABLE IF NOT EXISTS "beauty_counted_visits" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "reservation_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "stylist_id" UUID,
    "starts_at" TIMESTAMPTZ NOT NULL,
    "counts" BOOL NOT NULL,
    CONSTRAINT "uid_beauty_coun_tenant__b9c4c5" UNIQUE ("tenant_id", "reservation_id")
);
CREATE INDEX IF NOT EXISTS "idx_beauty_coun_tenant__caf97d" ON "beauty_counted_visits" ("tenant_id", "customer_id");
COMMENT ON TABLE "beauty_counted_visits" IS 'One reservation as it is counted, so that an event delivered twice counts once and a cancelled one not at all.';"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        DROP TABLE IF EXISTS "beauty_counted_visits";
        DROP TABLE IF EXISTS "beauty_client_preferences";"""


MODELS_STATE = (
    "eJztWGtr2zAU/SvCnzrowpqWtowxaNqMBtaktO4GLUUolpyIyFJqyclCyX/flRzHjp2+H1"
    "tDIBD76J6b63Nk97i3XpeRxExqh4IzaU5jFrKYyYB5X9GtJ0lkD+6s2UQeGQ7zCgsY0hUF"
    "Eg4cCQ/nLO1oXW1iEhgoDInQDCDKdBDzoeFKWvqxGiMVGiYRQWkPFMA4iEiKxn0VIdNnE6"
    "SJQWNu+kgQbWq2M1UBtOay95ImieQ3CcNG9RhUxNDq6sqDNgSuhFNbESTaqIjF9vT6GgAu"
    "KfsDFwel9nQ4wCFngi7omFIdjs1k6LCLi9bRD1dph+/iQIkkknn1cGL6Ss7Lk4TTmuXYtR"
    "6TLCaG0YKMMhFiZkEGpVcDgIkTNh+V5gBlIUmENcP7FiYysB6grlIDAuPErKbpoBYpyoSu"
    "STaGS/4+G7ZAxLjd8fF508fYq7hphyp5M4MCJe1O4NJY6W6nad9cIod69gcOjw/ONrZ3Pz"
    "lRlDa92C06Ab2pIxJDUqqzIdd9wbnHyr9Aek0XMiC3Ib8FMjkzwf4ziXNJi/v/CaKWaGtZ"
    "S7KOuOZGVxVtSbNc0JxQ0hLmeisVv7yRhDAsfH2ub+3s7exv7+7sQ4mbco7s3aNyq+2XxL"
    "SPc6zNRHD91Jt/CfUFe3X2mF2treokctsPE1PV9gjkMDxi9+hbJJfUpTN2LTtYKZX91knz"
    "3D84ObXtI61vhFPswG/albpDJyV0IzVFQWpK89W8Cfrd8o+RPUWXnXazbN28zr/07EyQyh"
    "SWaowJLWqSwRk0tSkmHBT+nlqgS4LBmMQUV1ZUXd1VW12K6lEZIZL0nElWTTtnFjpVIsHy"
    "X3avLA2lxfVHBdKUgPMn58NhtCMZAjlZPCIuGxGNuEFco1mzTaQVZEnIkUQiNrI5E9ISH0"
    "HipciMecDSSo0UJGAXPyGQEjgWAioUtJcKyPARohpj3//nHw7AhXmWZeCH4vI6H6/z8SoH"
    "udLt8QRdq8y1uOuXj/eQ9XlReZ2S79eUxEY/IyEvEF8hHX+gLfsh4vHC88iFq6rDDaUEI/"
    "KOp9GcVHIXgoVYLUMbnc7PBS8bLX/RrfbFSaN5trHlTIQibtJ/e7h3+n/6JjL9Cw63gqM="
)
