"""What the database itself enforces for tenants."""

GUARDS: tuple[str, ...] = (
    "alter table tenants add constraint tenants_status check (status in ('active', 'suspended'))",
    "alter table tenants add constraint tenants_slug check (slug ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$')",
    "alter table tenant_settings add constraint tenant_settings_tenant foreign key (tenant_id) references tenants (id)",
    (
        "alter table directory add constraint directory_tenant foreign key (tenant_id_found) references tenants (id)"
        " on delete cascade"
    ),
)
