"""The manifest of a plugin: what it is, what it needs and what it touches, as data that is read before any of its code
runs. A manifest that validates is complete for what the platform does with it today; unknown keys are refused, so that
a misspelt one is noticed by its author and not by a tenant.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version
from pydantic import AfterValidator, Field, model_validator

from booka_core.sdk.values import Frozen

ENTRY_POINT_GROUP = "booka.plugins"
MANIFEST_FILE = "manifest.json"


def _pep440(value: str) -> str:
    try:
        Version(value)
    except InvalidVersion:
        raise ValueError(f"{value!r} is no version such as 1.4.0") from None
    return value


def _specifier(value: str) -> str:
    try:
        SpecifierSet(value)
    except InvalidSpecifier:
        raise ValueError(f"{value!r} is no version range such as >=0.1,<1") from None
    return value


def _capped(value: str) -> str:
    if not any(part.operator in {"<", "<=", "==", "~=", "==="} for part in SpecifierSet(value)):
        raise ValueError(f"{value!r} has no upper end; cap it at the next major version, such as >=0.1,<1")
    return value


def _inside(value: str) -> str:
    if value.startswith(("/", "~")) or "\\" in value or ".." in value.split("/") or ":" in value:
        raise ValueError(f"{value!r} leaves the package; name a file relative to the package's root")
    return value


def _with_english(value: dict[str, str]) -> dict[str, str]:
    if "en" not in value:
        raise ValueError("needs at least an 'en' text, which every other locale falls back to")
    return value


Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
PluginVersion = Annotated[str, AfterValidator(_pep440)]
VersionRange = Annotated[str, AfterValidator(_specifier)]
CappedRange = Annotated[VersionRange, AfterValidator(_capped)]
PackagePath = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_inside)]
Locale = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Localised = Annotated[dict[Locale, str], AfterValidator(_with_english)]
CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2")]
Kind = Literal["vertical", "messaging", "payment", "llm", "calendar", "feature"]


class Compatibility(Frozen):
    """What the plugin runs with. `api` ranges over `sdk.API_VERSION`; `depends` maps a plugin to the range of its
    versions; `after` only orders; plugins in `conflicts` are never on together for one tenant.
    """

    api: CappedRange
    depends: dict[Slug, VersionRange] = {}
    after: tuple[Slug, ...] = ()
    conflicts: tuple[Slug, ...] = ()


class Activation(Frozen):
    """Who may switch the plugin on. `default` means on until a tenant says otherwise; empty lists mean everybody;
    a `restricted` plugin needs a grant.
    """

    visible: bool = True
    restricted: bool = False
    default: bool = False
    countries: tuple[CountryCode, ...] = ()
    requires_plan: tuple[str, ...] = ()


class ConfigSpec(Frozen):
    """The plugin's settings per tenant: a JSON Schema file, its own version, and the keys that are secrets."""

    schema_file: PackagePath = Field(alias="schema")
    version: Annotated[str, Field(pattern=r"^\d+\.\d+$")] = "1.0"
    secrets: tuple[str, ...] = ()


class Content(Frozen):
    """Data the plugin brings. `intake` is a JSON Schema file, `templates` a folder of `<locale>.json` files;
    `requires_code` ranges over the plugin versions this content can be used with.
    """

    version: PluginVersion = "1"
    intake: PackagePath | None = None
    templates: PackagePath | None = None
    workflows: PackagePath | None = None
    prompts: PackagePath | None = None
    locales: tuple[Locale, ...] = ()
    requires_code: VersionRange = ""


class PersonalData(Frozen):
    """One place where the plugin keeps something about a person, and what it is."""

    table: str
    columns: tuple[str, ...]
    what: str


class Data(Frozen):
    """Tables of the plugin: one Tortoise app whose label is the slug, its model modules, and the folder that holds
    `<slug>/` with the migrations.
    """

    app_label: Slug
    models: tuple[Annotated[str, Field(pattern=r"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)+$")], ...] = Field(min_length=1)
    migrations: PackagePath = "migrations"
    stores_personal_data: bool = False
    personal_data: tuple[PersonalData, ...] = ()

    @model_validator(mode="after")
    def _names_what_it_keeps(self) -> Data:
        if self.stores_personal_data != bool(self.personal_data):
            raise ValueError("stores_personal_data and personal_data must agree: name each place, or say there is none")
        if outside := [p.table for p in self.personal_data if not p.table.startswith(f"{self.app_label}_")]:
            raise ValueError(f"table {outside[0]!r} is not the plugin's: its tables are named {self.app_label}_…")
        return self


class Surface(Frozen):
    """What the plugin shows and uses, declared for those who review it. This is no sandbox."""

    pages: tuple[str, ...] = ()
    webhooks: tuple[str, ...] = ()
    permissions: tuple[str, ...] = ()
    capabilities: tuple[str, ...] = ()


class Quality(Frozen):
    """How far the author has come with the quality rules."""

    level: Literal["bronze", "silver", "gold"] | None = None
    rules: dict[str, Literal["done", "todo", "exempt"]] = {}


class Manifest(Frozen):
    """`manifest.json` at the root of a plugin's package."""

    manifest_version: Literal[1]
    slug: Slug
    distribution: Annotated[str, Field(pattern=r"^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$")]
    version: PluginVersion
    kinds: tuple[Kind, ...] = Field(min_length=1)

    name: Localised
    summary: Localised
    authors: tuple[str, ...] = ()
    license: str = ""
    homepage: str = ""
    support: str = ""
    security_contact: str = ""
    icon: str = ""

    compatibility: Compatibility
    activation: Activation = Activation()
    config: ConfigSpec | None = None
    content: Content | None = None
    data: Data | None = None
    surface: Surface = Surface()
    quality: Quality = Quality()

    @model_validator(mode="after")
    def _consistent(self) -> Manifest:
        needs = self.compatibility
        if self.slug in {*needs.depends, *needs.after, *needs.conflicts}:
            raise ValueError("a plugin cannot depend on, follow or conflict with itself")
        if both := set(needs.depends) & set(needs.conflicts):
            raise ValueError(f"{', '.join(sorted(both))} is both needed and in conflict")
        if self.data and self.data.app_label != self.slug:
            raise ValueError(f"data.app_label must be the slug, {self.slug!r}")
        return self

    def text(self, field: Literal["name", "summary"], locale: str) -> str:
        """The name or summary in `locale`, in its language without the region, or in English."""
        texts = self.name if field == "name" else self.summary
        return texts.get(locale) or texts.get(re.split(r"[-_]", locale)[0]) or texts["en"]
