"""The contract of messaging providers, tried on Evolution against an emulated server."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from dataclasses import replace

import pytest
from booka_providers import EvolutionProvider

from booka_core.sdk.messaging import (
    Connection,
    OperatorNeeded,
    SendAmbiguous,
    SendPostponed,
    SendRejected,
    WebhookRequest,
)
from booka_core.testing.contracts.messaging import MessagingProviderContract, SendCase
from booka_core.testing.emulators import EvolutionServer
from booka_core.testing.evolution_bodies import (
    CONNECTION,
    JWT_KEY,
    RECEIVED,
    TOKEN,
    bearer,
    envelope,
    every_body,
    message,
    request,
)

HELLO = envelope("messages.upsert", message({"conversation": "Hello"}, "conversation"))
NOW = int(RECEIVED.timestamp())


class TestEvolution(MessagingProviderContract):
    @pytest.fixture
    def provider(self) -> EvolutionProvider:
        return EvolutionProvider()

    @pytest.fixture
    def connection(self) -> Connection:
        return CONNECTION

    @pytest.fixture
    def genuine(self, connection: Connection) -> Sequence[WebhookRequest]:
        return [request(body) for body in every_body()]

    @pytest.fixture
    def forged(self, connection: Connection) -> Sequence[WebhookRequest]:
        return [
            request(HELLO, x_booka_webhook_token=""),
            request(HELLO, x_booka_webhook_token=TOKEN[:-1]),
            request(HELLO, x_booka_webhook_token=TOKEN + "x"),
            request(HELLO, x_booka_webhook_token="é" * len(TOKEN)),
            request(HELLO, authorization=""),
            request(HELLO, authorization="Bearer"),
            request(HELLO, authorization=f"Basic {bearer()}"),
            request(HELLO, authorization=f"Bearer {bearer()[:-2]}xx"),
            request(HELLO, authorization=f"Bearer {bearer(JWT_KEY[::-1])}"),
            request(HELLO, authorization=f"Bearer {bearer(alg='HS512')}"),
            request(HELLO, authorization="Bearer eyJhbGciOiJub25lIn0.eyJhcHAiOiJldm9sdXRpb24ifQ."),
            request(HELLO, authorization=f"Bearer {bearer(issued=NOW - 601 - 1800)}"),
            request(HELLO, authorization=f"Bearer {bearer(issued=NOW + 86_400)}"),
            request(HELLO, authorization=f"Bearer {bearer(exp=None)}"),
            request(HELLO, authorization=f"Bearer {bearer(app='other')}"),
            request(HELLO, authorization=f"Bearer {bearer(app=None)}"),
            request(HELLO, authorization=f"Bearer {bearer(action='read')}"),
            request(HELLO, authorization=f"Bearer {bearer(action=None)}"),
            request({**HELLO, "instance": "somebody-else"}),
            request({**HELLO, "instance": None}),
            request({**HELLO, "instance": ["tenant-42"]}),
        ]

    @pytest.fixture
    def cases(self) -> Sequence[SendCase]:
        return [
            SendCase("accepted", None),
            SendCase("not_on_whatsapp", SendRejected),
            SendCase("rejected", SendRejected),
            SendCase("nobody listens", SendPostponed),
            SendCase("disconnected", SendPostponed),
            SendCase("closed although connected", SendAmbiguous),
            SendCase("hang", SendAmbiguous),
            SendCase("accept_then_hang", SendAmbiguous),
            SendCase("error", SendAmbiguous),
            SendCase("accept_then_error", SendAmbiguous),
            SendCase("licence", OperatorNeeded),
            SendCase("wrong key", OperatorNeeded),
            SendCase("unknown instance", OperatorNeeded),
            SendCase("no address", OperatorNeeded),
            SendCase("bad address", OperatorNeeded),
            SendCase("no key", OperatorNeeded),
        ]

    @pytest.fixture
    def stage(self, evolution: EvolutionServer) -> EvolutionServer:
        return evolution

    async def arrange(self, case: SendCase, connection: Connection, stage: EvolutionServer) -> Connection:
        stage.instance.state = "open"
        settings = {"base_url": stage.url, "instance": stage.instance.name}
        secrets = {**connection.secrets, "api_key": stage.instance.token}
        match case.name:
            case "accepted":
                pass
            case "nobody listens":
                with socket.create_server(("127.0.0.1", 0)) as free:
                    settings["base_url"] = f"http://127.0.0.1:{free.getsockname()[1]}"
            case "disconnected":
                stage.instance.state = "close"
            case "closed although connected":
                stage.fail_next_send("disconnected")
            case "wrong key":
                secrets["api_key"] = "another"
            case "unknown instance":
                stage.world.instances["gone"] = replace(stage.instance, name="gone")
                del stage.world.instances["gone"]
                settings["instance"] = "gone"
                secrets["api_key"] = stage.world.api_key
            case "no address":
                settings.pop("base_url")
            case "bad address":
                settings["base_url"] = "gopher:/where"
            case "no key":
                secrets.pop("api_key")
            case fault:
                stage.fail_next_send(fault, seconds=2.0)  # type: ignore[arg-type]  # the names above
        return replace(connection, settings=settings, secrets=secrets)
