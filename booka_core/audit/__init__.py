"""The record of who did what: sign-ins, changes of role, switched plugins, and every look across tenants that a person
started. It owns `audit_entries`, to which rows are only ever added. It must never hold what a customer wrote, and
never decide anything.
"""
