"""Reading what a plugin brings as data: its manifest, schemas and message templates. No plugin code runs here, and
nothing outside the plugin's own folder is read. Whatever is wrong becomes one sentence that says what to do.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError
from pydantic import ValidationError

from booka_core.plugins.types import ContentSnapshot
from booka_core.sdk.manifest import MANIFEST_FILE, Manifest

_LARGEST = 512 * 1024
_LOCALE = re.compile(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_NAME = re.compile(r"^[a-z][a-z0-9_]*$")


class Unreadable(Exception):
    """A data file of a plugin is missing or wrong; the text says which and how."""


def read_manifest(root: Path) -> Manifest:
    """The manifest in the package folder `root`. Raises `Unreadable`."""
    document = _read_json(root, MANIFEST_FILE)
    try:
        return Manifest.model_validate(document)
    except ValidationError as error:
        raise Unreadable(f"{MANIFEST_FILE}: {_sentences(error)}") from None


def read_content(root: Path, manifest: Manifest) -> ContentSnapshot:
    """Every data file that the manifest names. Raises `Unreadable`."""
    content, config = manifest.content, manifest.config
    return ContentSnapshot.of(
        version=content.version if content else "",
        intake=_read_schema(root, content.intake) if content and content.intake else {},
        templates=_read_templates(root, content.templates) if content and content.templates else {},
        config_schema=_read_schema(root, config.schema_file) if config else {},
    )


def _read_json(root: Path, name: str) -> dict[str, Any]:
    path = (root / name).resolve()
    if not path.is_relative_to(root.resolve()):
        raise Unreadable(f"{name} leads out of the package; keep it inside")
    try:
        if path.stat().st_size > _LARGEST:
            raise Unreadable(f"{name} is larger than {_LARGEST // 1024} kB")
        document = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_no_duplicates)
    except (FileNotFoundError, NotADirectoryError):
        raise Unreadable(f"{name} is missing; put it at {name} in the package and into the wheel") from None
    except (OSError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise Unreadable(f"{name} cannot be read as JSON: {error}") from None
    if not isinstance(document, dict):
        raise Unreadable(f"{name} must hold a JSON object")
    return document


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the key {next(n for n in names if names.count(n) > 1)!r} appears twice")
    return document


def _read_schema(root: Path, name: str) -> dict[str, Any]:
    schema = _read_json(root, name)
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        raise Unreadable(f"{name} is no JSON Schema: {error.message}") from None
    if schema.get("type") != "object":
        raise Unreadable(f'{name} must describe an object: give it "type": "object"')
    return schema


def _read_templates(root: Path, folder: str) -> dict[str, dict[str, str]]:
    files = sorted((root / folder).glob("*.json"))
    if not files:
        raise Unreadable(f"{folder}/ holds no <locale>.json; templates are files such as {folder}/en.json")
    return {file.stem: _read_locale(root, f"{folder}/{file.name}") for file in files}


def _read_locale(root: Path, name: str) -> dict[str, str]:
    if not _LOCALE.match(Path(name).stem):
        raise Unreadable(f"{name} is not named after a locale such as en or pt-BR")
    texts = _read_json(root, name)
    for key, text in texts.items():
        if not isinstance(text, str):
            raise Unreadable(f"{name}: {key!r} must be a text")
        held = _PLACEHOLDER.findall(text)
        if any(not _NAME.match(placeholder) for placeholder in held) or text.count("{") != len(held):
            raise Unreadable(f"{name}: {key!r} may hold placeholders such as {{service}} and no other braces")
    return texts


def _sentences(error: ValidationError) -> str:
    found = []
    for fault in error.errors(include_url=False, include_context=False)[:5]:
        where = ".".join(str(part) for part in fault["loc"])
        what = fault["msg"].removeprefix("Value error, ")
        if fault["type"] == "extra_forbidden":
            what = "is not a known key; remove it or correct its spelling"
        elif fault["type"] == "missing":
            what = "is missing"
        found.append(f"{where}: {what}" if where else what)
    return "; ".join(found)
