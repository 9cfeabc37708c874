"""What the database itself enforces for plugin switches: they belong to a tenant."""

GUARDS: tuple[str, ...] = (
    "alter table tenant_plugins add constraint tenant_plugins_tenant foreign key (tenant_id) references tenants (id)",
    "alter table tenant_plugins add constraint tenant_plugins_slug check (slug ~ '^[a-z][a-z0-9_]{1,39}$')",
    "alter table plugin_revisions add constraint plugin_revisions_tenant foreign key (tenant_id) references tenants",
    "create index plugin_revisions_of_plugin on plugin_revisions (tenant_id, slug, revision)",
)
