"""Plugins made on the spot: real packages with real metadata in a folder on the import path, found, judged and loaded
exactly as installed ones are. There is one that uses every hook, and one for every way in which a plugin can be broken.

Fixture `plugin_folder` gives an empty `PluginFolder`; afterwards its plugins are forgotten and no longer importable.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest

_numbers = count(1)

DUMMY = """
from booka_core.sdk.booking import BookingVerdict
from booka_core.sdk.hookspecs import hookimpl
from booka_core.sdk.messaging import MessagingProvider, SendReceipt
from booka_core.sdk.verticals import Journey, JourneySlot, SampleResource, SampleService, Vertical

CALLS = []


class Pigeon(MessagingProvider):
    slug = "pigeon_{slug}"
    channel = "web"

    async def send(self, message, connection, *, http):
        return SendReceipt(external_id=str(message.id))


@hookimpl
def booka_register_vertical():
    return Vertical(
        slug="{slug}",
        name={{"en": "Everything"}},
        journey=Journey(slots=(
            JourneySlot(name="service", kind="service", ask="ask_service"),
            JourneySlot(name="time", kind="time", ask="ask_time"),
        )),
        sample_services=(SampleService(name="Anything", minutes=30, price=100),),
        sample_resources=(SampleResource(name="Anyone", kind="staff", services=("Anything",)),),
    )


@hookimpl
def booka_register_messaging_providers():
    return [Pigeon()]


@hookimpl
def booka_tenant_enabled(ctx):
    CALLS.append(("enabled", ctx.tenant_id))


@hookimpl
async def booka_tenant_disabled(ctx):
    CALLS.append(("disabled", ctx.tenant_id))


@hookimpl
def booka_config_check(config):
    return ["the mood must not be bad"] if config.get("mood") == "bad" else []


@hookimpl
async def booka_booking_check(ctx, draft):
    CALLS.append(("booking_check", ctx.tenant_id, ctx.config.get("mood"), draft.service_name))
    return BookingVerdict(decision="allow", code="{slug}")


@hookimpl
def booka_waitlist_rank(ctx, freed, waiting):
    CALLS.append(("waitlist_rank", ctx.tenant_id, len(waiting)))
    return [someone.entry_id for someone in reversed(waiting)]


@hookimpl
async def booka_quote_adjust(ctx, draft):
    CALLS.append(("quote_adjust", ctx.tenant_id, draft.currency))
    return []


@hookimpl
def booka_on_event(event, ctx):
    CALLS.append(("on_event", ctx.tenant_id, event.type))
"""
"""Source of a plugin that implements every hook and notes each call in `CALLS`; `{slug}` is filled in."""

DUMMY_CONFIG: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "mood": {"type": "string", "enum": ["good", "bad", "odd"], "default": "good"},
        "key": {"type": "string", "minLength": 4},
    },
}

QUIET = """
from booka_core.sdk.hookspecs import hookimpl


@hookimpl
def booka_tenant_enabled(ctx):
    pass
"""
"""Source of a plugin that does nothing anybody would notice."""

_CHECK = """
import asyncio
from booka_core.sdk.booking import BookingVerdict
from booka_core.sdk.hookspecs import hookimpl


@hookimpl
{way} booka_booking_check(ctx, draft):
    {body}
"""


def checking(body: str, *, way: str = "async def") -> str:
    """Source of a plugin whose `booka_booking_check` does `body`, one statement."""
    return _CHECK.format(body=body, way=way)


@dataclass(frozen=True)
class Broken:
    """A plugin that must not load, the state it must end in, and a word of the reason that must be shown."""

    state: str
    reason: str
    hooks: str = QUIET
    manifest: Mapping[str, Any] | str | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    distribution: str | None = None
    with_manifest: bool = True


BROKEN: dict[str, Broken] = {
    "import_error": Broken("import_failed", "no_such_module", hooks="import no_such_module_anywhere"),
    "exits_at_import": Broken("import_failed", "end the process", hooks="raise SystemExit(3)"),
    "interrupts_at_import": Broken("import_failed", "KeyboardInterrupt", hooks="raise KeyboardInterrupt"),
    "syntax_error": Broken("import_failed", "SyntaxError", hooks="def ("),
    "raises_at_import": Broken("import_failed", "ZeroDivisionError", hooks="1 / 0"),
    "no_hooks": Broken("import_failed", "@hookimpl", hooks="x = 1"),
    "unknown_hook": Broken(
        "import_failed",
        "no hook booka_make_coffee",
        hooks="from booka_core.sdk.hookspecs import hookimpl\n@hookimpl\ndef booka_make_coffee(): pass",
    ),
    "wrong_arguments": Broken(
        "import_failed",
        "session",
        hooks="from booka_core.sdk.hookspecs import hookimpl\n@hookimpl\ndef booka_on_event(event, session): pass",
    ),
    "wraps_others": Broken(
        "import_failed",
        "bare @hookimpl",
        hooks="from booka_core.sdk.hookspecs import hookimpl\n"
        "@hookimpl(wrapper=True)\ndef booka_on_event(event):\n    return (yield)",
    ),
    "exits_at_registration": Broken(
        "import_failed",
        "end the process",
        hooks="import sys\nfrom booka_core.sdk.hookspecs import hookimpl\n"
        "@hookimpl\ndef booka_register_vertical(): sys.exit()",
    ),
    "offers_nonsense": Broken(
        "import_failed",
        "must return a Vertical",
        hooks="from booka_core.sdk.hookspecs import hookimpl\n@hookimpl\ndef booka_register_vertical(): return 'salon'",
    ),
    "registers_asynchronously": Broken(
        "import_failed",
        "plain function",
        hooks="from booka_core.sdk.hookspecs import hookimpl\n@hookimpl\nasync def booka_register_vertical(): return 1",
    ),
    "models_fail": Broken(
        "import_failed",
        "no tables today",
        manifest={"data": {"app_label": "models_fail", "models": ["{package}.models"]}},
        files={"models.py": "raise RuntimeError('no tables today')"},
    ),
    "no_manifest": Broken("invalid", "manifest.json is missing", with_manifest=False),
    "bad_json": Broken("invalid", "cannot be read as JSON", manifest='{"slug": '),
    "not_an_object": Broken("invalid", "JSON object", manifest="[]"),
    "unknown_key": Broken("invalid", "colour: is not a known key", manifest={"colour": "blue"}),
    "missing_key": Broken("invalid", "kinds: is missing", manifest={"kinds": None}),
    "wrong_slug": Broken("invalid", "make them one", manifest={"slug": "another"}),
    "wrong_version": Broken("invalid", "says version 9.9.9", manifest={"version": "9.9.9"}),
    "uncapped_api": Broken("invalid", "no upper end", manifest={"compatibility": {"api": ">=0.1"}}),
    "other_api": Broken("incompatible", "plugin API", manifest={"compatibility": {"api": ">=7,<8"}}),
    "absent_need": Broken(
        "incompatible", "not installed", manifest={"compatibility": {"api": ">=0.1,<1", "depends": {"nobody": ">=1"}}}
    ),
    "foreign_file": Broken(
        "invalid", "leaves the package", manifest={"content": {"intake": "../../../etc/passwd.json"}}
    ),
    "missing_file": Broken("invalid", "intake.json is missing", manifest={"content": {"intake": "intake.json"}}),
    "bad_schema": Broken(
        "invalid",
        "no JSON Schema",
        manifest={"content": {"intake": "intake.json"}},
        files={"intake.json": '{"type": "nonsense"}'},
    ),
    "bad_template": Broken(
        "invalid",
        "placeholders such as",
        manifest={"content": {"templates": "templates"}},
        files={"templates/en.json": '{"greeting": "Hi {person.name}"}'},
    ),
    "foreign_models": Broken(
        "invalid",
        "outside the package",
        manifest={"data": {"app_label": "foreign_models", "models": ["booka_core.tenancy.models"]}},
    ),
}
"""Every way of being broken that is known, by name; the name is the plugin's slug."""


@dataclass
class PluginFolder:
    """A folder on the import path into which plugins are put."""

    path: Path
    packages: list[str] = field(default_factory=list)

    def add(
        self,
        slug: str,
        *,
        hooks: str = QUIET,
        manifest: Mapping[str, Any] | str | None = None,
        files: Mapping[str, str] | None = None,
        distribution: str | None = None,
        version: str = "1.0.0",
        with_manifest: bool = True,
    ) -> str:
        """Install a plugin and return the name of its package.

        `manifest` is merged into a minimal one (None removes a key), or is the whole text; `{package}` in it stands
        for the package. `files` are more files of the package, by relative path.
        """
        package = f"made_{slug}_{next(_numbers)}"
        name = distribution or f"made-{slug.replace('_', '-')}"
        root = self.path / package
        root.mkdir()
        (root / "__init__.py").write_text("")
        (root / "hooks.py").write_text(hooks.replace("{slug}", slug).replace("{{", "{").replace("}}", "}"))
        for file, text in (files or {}).items():
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            (root / file).write_text(text)
        if with_manifest:
            whole = manifest if isinstance(manifest, str) else json.dumps(_merged(slug, name, version, manifest or {}))
            (root / "manifest.json").write_text(whole.replace("{package}", package))
        info = self.path / f"{name.replace('-', '_')}_{package}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        (info / "entry_points.txt").write_text(f"[booka.plugins]\n{slug} = {package}.hooks\n")
        self.packages.append(package)
        importlib.invalidate_caches()
        return package

    def add_dummy(self, slug: str = "dummy", **manifest: Any) -> str:
        """Install the plugin that implements every hook."""
        return self.add(
            slug,
            hooks=DUMMY,
            manifest={"config": {"schema": "config.json", "secrets": ["key"]}, **manifest},
            files={"config.json": json.dumps(DUMMY_CONFIG)},
        )

    def add_broken(self, name: str) -> str:
        """Install one of `BROKEN`."""
        broken = BROKEN[name]
        return self.add(
            name,
            hooks=broken.hooks,
            manifest=broken.manifest,
            files=broken.files,
            distribution=broken.distribution,
            with_manifest=broken.with_manifest,
        )

    def calls(self, package: str) -> list[tuple[Any, ...]]:
        """What a dummy was asked so far."""
        noted: list[tuple[Any, ...]] = importlib.import_module(f"{package}.hooks").CALLS
        return noted


@pytest.fixture
def plugin_folder(tmp_path: Path) -> Iterator[PluginFolder]:
    """An empty folder on the import path for plugins of this test."""
    from booka_core.plugins import effective, runtime  # noqa: PLC0415 - keeps the start of every test run light

    folder = PluginFolder(tmp_path / "plugins")
    folder.path.mkdir()
    sys.path.insert(0, str(folder.path))
    importlib.invalidate_caches()
    try:
        yield folder
    finally:
        sys.path.remove(str(folder.path))
        for module in [m for m in sys.modules if m.split(".")[0] in folder.packages]:
            del sys.modules[module]
        importlib.invalidate_caches()
        runtime.unload()
        effective.forget()


def _merged(slug: str, distribution: str, version: str, changes: Mapping[str, Any]) -> dict[str, Any]:
    manifest: dict[str, Any] = {
        "manifest_version": 1,
        "slug": slug,
        "distribution": distribution,
        "version": version,
        "kinds": ["feature"],
        "name": {"en": slug.replace("_", " ").title()},
        "summary": {"en": "Made for a test."},
        "compatibility": {"api": ">=0.1,<1"},
    }
    for key, value in deepcopy(dict(changes)).items():
        if value is None:
            manifest.pop(key, None)
        else:
            manifest[key] = value
    return manifest
