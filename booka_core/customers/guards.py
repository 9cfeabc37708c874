"""What the database itself enforces for customers."""

GUARDS: tuple[str, ...] = (
    "alter table customers add constraint customers_tenant_id_id unique (tenant_id, id)",
    "alter table customers add constraint customers_phone check (phone ~ '^\\+[1-9][0-9]{6,14}$')",
    (
        "alter table customer_identities add constraint customer_identities_customer"
        " foreign key (tenant_id, customer_id) references customers (tenant_id, id) on delete cascade"
    ),
    (
        "alter table customers add constraint customers_guardian foreign key (tenant_id, guardian_id) references"
        " customers (tenant_id, id)"
    ),
    "create index customers_of_guardian on customers (tenant_id, guardian_id) where guardian_id is not null",
)
