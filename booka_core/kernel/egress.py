"""The one way out to other machines over HTTP. It refuses to start a call while a transaction is open, follows no
redirects, and bounds every wait.
"""

from __future__ import annotations

import ssl
from functools import cache

import httpx

from booka_core.kernel.transaction import forbid_in_transaction


@cache
def _trust() -> ssl.SSLContext:
    """Reading the world's certificates takes tens of milliseconds, in which nothing else runs: once per process."""
    return httpx.create_ssl_context()


class _Guarded(httpx.AsyncHTTPTransport):
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        forbid_in_transaction(f"{request.method} {request.url.host}")
        return await super().handle_async_request(request)


def client(*, timeout: float = 10.0) -> httpx.AsyncClient:
    """A client for outgoing calls; `timeout` seconds bound connecting and each read. Close it after use."""
    return httpx.AsyncClient(transport=_Guarded(verify=_trust()), timeout=timeout, follow_redirects=False)
