"""What the database itself enforces for prices."""

GUARDS: tuple[str, ...] = (
    "alter table price_rules add constraint price_rules_change check ((basis_points is null) <> (amount is null))",
    "alter table promotions add constraint promotions_tenant_id_id unique (tenant_id, id)",
    (
        "alter table promotions add constraint promotions_reduction check ((basis_points is null) <> (amount is"
        " null) and (basis_points between 1 and 10000 or amount > 0))"
    ),
    "alter table promotions add constraint promotions_uses check (uses_left >= 0 and least_total >= 0)",
    "create unique index promotions_code on promotions (tenant_id, upper(code)) where code is not null",
    (
        "alter table redemptions add constraint redemptions_promotion foreign key (tenant_id, promotion_id)"
        " references promotions (tenant_id, id)"
    ),
    "create index redemptions_by_customer on redemptions (tenant_id, promotion_id, customer_id) where active",
    "create index redemptions_by_reservation on redemptions (tenant_id, reservation_id)",
    "alter table quotes add constraint quotes_tenant_id_id unique (tenant_id, id)",
)
