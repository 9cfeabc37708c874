"""Booka's side: `python -m bench.webhook.booka` migrates, connects an Evolution account and prints what a sender needs:
the path nobody can guess, the secret header and a signed token. The server itself is the product's own.
"""

from __future__ import annotations

import json
import time

import uvloop
from joserfc import jwt
from joserfc.jwk import OctKey

from booka_core import runtime
from booka_core.db.scope import bind_tenant
from booka_core.messaging.commands import create_connection
from booka_core.tenancy.commands import create_tenant

HEADER_SECRET = "bench-header-secret-0123456789-0123456789"  # noqa: S105  - opens nothing but the benchmark
TOKEN_KEY = "bench-token-key-0123456789-0123456789-012345"  # noqa: S105


async def prepare() -> dict[str, object]:
    await runtime.prepare()
    await runtime.start()
    try:
        tenant = await create_tenant(
            slug="bench",
            name="Bench",
            vertical="beauty",
            zone="Africa/Lagos",
            locale="en",
            currency="NGN",
            country="NG",
        )
        with bind_tenant(tenant.id):
            connection = await create_connection(
                provider="evolution",
                name="Bench",
                settings={"base_url": "http://127.0.0.1:1", "instance": "bench"},
                secrets={"api_key": "0DA00F15", "webhook_token": HEADER_SECRET, "jwt_key": TOKEN_KEY},
            )
    finally:
        await runtime.stop()
    now = int(time.time())
    claims = {"iat": now, "exp": now + 600, "app": "evolution", "action": "webhook"}
    token = jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(TOKEN_KEY), algorithms=["HS256"])
    return {
        "path": f"/api/webhooks/evolution/{connection.webhook_path}",
        "headers": {"x-booka-webhook-token": HEADER_SECRET, "authorization": f"Bearer {token}"},
    }


if __name__ == "__main__":
    print(json.dumps(uvloop.run(prepare())))
