"""Rows of the plugin room: what each tenant has switched on, and every state that was ever current."""

from __future__ import annotations

from typing import Any

from tortoise import fields

from booka_core.sdk.models import TenantModel


class TenantPlugin(TenantModel):
    """One plugin's switch, configuration and pinned content for one tenant; absent until the tenant decides."""

    slug = fields.CharField(max_length=40)
    enabled = fields.BooleanField()
    config: Any = fields.JSONField(default=dict)
    config_version = fields.CharField(max_length=20, default="")
    content = fields.CharField(max_length=64, default="")
    revision = fields.BigIntField()
    changed_by = fields.CharField(max_length=120)
    changed_at = fields.DatetimeField()

    class Meta:
        table = "tenant_plugins"
        unique_together = (("tenant_id", "slug"),)


class PluginRevision(TenantModel):
    """What one change left behind, kept for good, so that any earlier state can be made current again."""

    revision = fields.BigIntField()
    slug = fields.CharField(max_length=40)
    version = fields.CharField(max_length=40)
    enabled = fields.BooleanField()
    config: Any = fields.JSONField(default=dict)
    config_version = fields.CharField(max_length=20, default="")
    content = fields.CharField(max_length=64, default="")
    changed_by = fields.CharField(max_length=120)
    changed_at = fields.DatetimeField()

    class Meta:
        table = "plugin_revisions"
        unique_together = (("tenant_id", "revision"),)
