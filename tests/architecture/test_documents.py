"""The documents name what the code has: every route of the API, and every row of the permission matrix."""

from __future__ import annotations

import re
from pathlib import Path

from booka_core.identity.permissions import MATRIX
from booka_core.testing.database import environment
from booka_core.web.app import create_app
from booka_core.web.requests import declaration_of

DOCS = Path(__file__).resolve().parents[2] / "docs"


def rows(document: str) -> list[list[str]]:
    lines = (DOCS / document).read_text().splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `")]


def test_the_api_document_names_every_route_with_its_permission() -> None:
    with environment({"BOOKA_DEMO": "false"}):
        app = create_app()
    real = {}
    for rule in app.url_map.iter_rules():
        declaration = declaration_of(app.view_functions[rule.endpoint])
        if rule.rule.startswith("/api/v1") and declaration is not None:
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                real[f"{method} {re.sub(r'<[a-z]+:', '<', rule.rule)}"] = declaration.permission or (
                    "anybody" if declaration.kind == "public" else "signed in"
                )
    told = {cells[0].strip("`"): cells[-1].strip("`") for cells in rows("api.md") if len(cells) == 3}
    assert told == real


def test_the_access_document_shows_the_matrix_as_it_is() -> None:
    told = {cells[0].strip("`"): tuple(cells[1:]) for cells in rows("access.md") if len(cells) == 5}
    assert told == MATRIX
