"""The only room that knows how Tortoise is configured and how aerich is driven. It owns connections, the tenant and
platform scopes, migrations and the policies that keep tenants apart. It must never hold a query of the domain.
"""
