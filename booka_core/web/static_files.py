"""Static files over HTTP. Built assets carry a hash of their content in their names, so they may be kept for ever; they
were compressed when they were built, so serving one costs a read. Only names of these two directories are served.
"""

from __future__ import annotations

import mimetypes
from pathlib import Path

from quart import Blueprint, Response, abort, request

from booka_core.web.requests import public
from booka_core.web.ui import DIST, STATIC

FOR_EVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
PRIVATE = {"manifest.json"}


def blueprint() -> Blueprint:
    pages = Blueprint("static_files", __name__)

    @pages.get("/static/dist/<name>")
    @public("style sheets, scripts and fonts are the same for everybody")
    async def asset(name: str) -> Response:
        return _serve(DIST, name, caching=FOR_EVER)

    @pages.get("/static/<name>")
    @public("the icon is the same for everybody")
    async def static(name: str) -> Response:
        return _serve(STATIC, name, caching=A_DAY)

    return pages


def _serve(directory: Path, name: str, *, caching: str) -> Response:
    file = directory / name
    if name.startswith(".") or name in PRIVATE or file.parent != directory or not file.is_file():
        abort(404)
    headers = {"Cache-Control": caching, "Vary": "Accept-Encoding"}
    accepted = {part.split(";")[0].strip() for part in request.headers.get("Accept-Encoding", "").split(",")}
    for encoding, suffix in ENCODINGS:
        compressed = file.with_name(name + suffix)
        if encoding in accepted and compressed.is_file():
            file, headers["Content-Encoding"] = compressed, encoding
            break
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Response(
        file.read_bytes(),
        headers=headers,
        content_type=f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
    )
