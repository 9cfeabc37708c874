"""What the database itself enforces for people and their keys."""

GUARDS: tuple[str, ...] = (
    "alter table users add constraint users_email_lower check (email = lower(email) and position('@' in email) > 1)",
    "alter table memberships add constraint memberships_role check (role in ('owner', 'manager', 'staff'))",
    "alter table memberships add constraint memberships_tenant foreign key (tenant_id) references tenants (id)",
    (
        "alter table memberships add constraint memberships_user"
        " foreign key (user_id) references users (id) on delete cascade"
    ),
    "create index memberships_by_user on memberships (user_id)",
    (
        "alter table sign_in_links add constraint sign_in_links_user"
        " foreign key (user_id) references users (id) on delete cascade"
    ),
    "create unique index sign_in_links_token on sign_in_links (token_hash) where token_hash is not null",
    "alter table sessions add constraint sessions_user foreign key (user_id) references users (id) on delete cascade",
    "create unique index sessions_token on sessions (token_hash)",
)
