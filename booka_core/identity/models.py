"""Rows of the identity room. Users, links and sessions belong to no tenant: the application role cannot see them, and
this room reads them through platform scopes.
"""

from __future__ import annotations

from tortoise import fields

from booka_core.sdk.models import Model, TenantModel


class User(Model):
    """A person who signs in. The address is stored in lower case."""

    email = fields.CharField(max_length=254, unique=True)
    name = fields.CharField(max_length=120, default="")
    is_superadmin = fields.BooleanField(default=False)
    disabled_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "users"


class Membership(TenantModel):
    """A user's role at one business. `resource_id` is the staff member of the catalogue that this user is."""

    user_id = fields.UUIDField()
    role = fields.CharField(max_length=12)
    resource_id = fields.UUIDField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "memberships"
        unique_together = (("tenant_id", "user_id"),)


class SignInLink(Model):
    """A request to sign in. `user_id` is empty when nobody has the address: both cases leave the same trace.

    The token's hash arrives when the mail goes out; the token itself is only ever in the mail.
    """

    user_id = fields.UUIDField(null=True)
    nonce_hash = fields.BinaryField()
    token_hash = fields.BinaryField(null=True)
    next_path = fields.CharField(max_length=500, default="")
    requested_at = fields.DatetimeField()
    expires_at = fields.DatetimeField(null=True)
    consumed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "sign_in_links"
        indexes = (("requested_at",),)


class Session(Model):
    """A signed-in browser. It ends when revoked, when unused for a while, and in any case at `expires_at`."""

    token_hash = fields.BinaryField()
    user_id = fields.UUIDField()
    created_at = fields.DatetimeField()
    seen_at = fields.DatetimeField()
    idle_until = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    revoked_at = fields.DatetimeField(null=True)
    browser = fields.CharField(max_length=200, default="")

    class Meta:
        table = "sessions"
        indexes = (("user_id",), ("expires_at",))
