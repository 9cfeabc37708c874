"""What the database itself enforces for the audit record. Grants already keep the application role from changing an
entry; the triggers keep everybody else from it too, the system role and a careless migration included.
"""

GUARDS: tuple[str, ...] = (
    (
        "create function audit_entries_are_kept() returns trigger language plpgsql as $$"
        " begin raise exception 'audit entries are never changed or removed'"
        " using errcode = 'insufficient_privilege'; end $$"
    ),
    (
        "create trigger audit_entries_kept before update or delete on audit_entries"
        " for each row execute function audit_entries_are_kept()"
    ),
    (
        "create trigger audit_entries_not_emptied before truncate on audit_entries"
        " for each statement execute function audit_entries_are_kept()"
    ),
    "alter table audit_entries add constraint audit_entries_actor check (actor_kind in ('user', 'system', 'command'))",
)
