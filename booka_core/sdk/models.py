"""Base classes of database rows. A plugin's tables derive from `TenantModel` too: that is what puts them under the
tenant policy, and what makes a forgotten filter find nothing instead of somebody else's rows.
"""

from __future__ import annotations

from uuid import UUID

import uuid_utils.compat
from tortoise import fields
from tortoise.models import Model as TortoiseModel


def new_id() -> UUID:
    """A UUIDv7: unique, and sorted by the time it was made."""
    return uuid_utils.compat.uuid7()


class Model(TortoiseModel):
    """A row with a UUIDv7 as its key."""

    id = fields.UUIDField(primary_key=True, default=new_id)

    class Meta:
        abstract = True


class TenantModel(Model):
    """A row that belongs to one tenant and is only seen in that tenant's scope."""

    tenant_id = fields.UUIDField()

    class Meta:
        abstract = True
