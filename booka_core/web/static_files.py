"""Built assets over HTTP. Their names carry a hash of their content, so they may be kept for ever; they were compressed
when they were built, so serving one costs a read. Only names of that one directory are served.
"""

from __future__ import annotations

import mimetypes

from quart import Blueprint, Response, abort, request

from booka_core.web.ui import DIST

FOR_EVER = "public, max-age=31536000, immutable"
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))


def blueprint() -> Blueprint:
    pages = Blueprint("static_files", __name__)
    pages.add_url_rule("/static/dist/<name>", "asset", serve_asset)
    return pages


async def serve_asset(name: str) -> Response:
    file = DIST / name
    if name.startswith(".") or name == "manifest.json" or file.parent != DIST or not file.is_file():
        abort(404)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    headers = {"Cache-Control": FOR_EVER, "Vary": "Accept-Encoding"}
    accepted = {part.split(";")[0].strip() for part in request.headers.get("Accept-Encoding", "").split(",")}
    for encoding, suffix in ENCODINGS:
        compressed = file.with_name(name + suffix)
        if encoding in accepted and compressed.is_file():
            file, headers["Content-Encoding"] = compressed, encoding
            break
    return Response(file.read_bytes(), headers=headers, content_type=_with_charset(kind))


def _with_charset(kind: str) -> str:
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
