"""The businesses that use Booka: who they are, where they are, and their settings. It owns `tenants`,
`tenant_settings` and the global `directory` that finds a tenant before any tenant is known. It must never know what a
tenant offers or whom it serves.
"""
