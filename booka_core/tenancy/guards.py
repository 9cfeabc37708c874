"""What the database itself enforces for tenants."""

GUARDS: tuple[str, ...] = (
    "alter table tenants add constraint tenants_status check (status in ('active', 'suspended'))",
    "alter table tenants add constraint tenants_slug check (slug ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$')",
    "alter table tenant_settings add constraint tenant_settings_tenant foreign key (tenant_id) references tenants (id)",
    (
        "alter table directory add constraint directory_tenant foreign key (tenant_id_found) references tenants (id)"
        " on delete cascade"
    ),
    (
        "alter table tenant_settings add constraint tenant_settings_waitlist check (waitlist_minutes between 1 and"
        " 1440 and active_per_customer > 0)"
    ),
    (
        "alter table tenant_settings add constraint tenant_settings_quiet check ((quiet_from is null) ="
        " (quiet_until is null) and quiet_from between 0 and 1439 and quiet_until between 0 and 1439)"
    ),
    "alter table tenant_settings add constraint tenant_settings_tax check (tax_basis_points between 0 and 10000)",
)
