"""The promises of a messaging provider, as tests. Inherit `MessagingProviderContract`, give it the fixtures below, and
every promise that the receiving and the sending side rely on is tried on your provider.

A provider without webhooks leaves `genuine` empty; the tests of the receiving side are then skipped.
"""

from __future__ import annotations

import asyncio
import copy
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
import pytest
from pydantic import TypeAdapter

from booka_core.kernel import egress
from booka_core.kernel.ids import new_id
from booka_core.sdk.messaging import (
    Connection,
    ForgedRequest,
    Inbound,
    InboundEnvelope,
    MessagingProvider,
    OperatorNeeded,
    OutboundMessage,
    SendAmbiguous,
    SendPostponed,
    SendRejected,
    UnreadableRequest,
    WebhookRequest,
)

INBOUND: TypeAdapter[Inbound] = TypeAdapter(Inbound)
SEND_FAILURES = (SendRejected, SendPostponed, SendAmbiguous, OperatorNeeded)

# Values that have no business in a provider's fields; whoever reads a webhook must survive all of them.
ODDITIES: tuple[Any, ...] = (
    None,
    True,
    -1,
    10**30,
    1e308,
    "",
    "\u0000",
    "x" * 5000,
    [],
    [[]],
    {},
    {"low": "a"},
    [None, {}],
)


@dataclass(frozen=True, slots=True)
class SendCase:
    """A situation on the provider's side and what sending into it must raise; None means it is accepted."""

    name: str
    raises: type[Exception] | None


class MessagingProviderContract:
    """Inherit it as `class TestMyProvider(MessagingProviderContract)` and override the fixtures."""

    @pytest.fixture
    def provider(self) -> MessagingProvider:
        """The provider under test."""
        pytest.fail("override the fixture `provider`: the object under test")

    @pytest.fixture
    def connection(self) -> Connection:
        """An account of it, with every secret it can have."""
        pytest.fail("override the fixture `connection`: an account with every secret")

    @pytest.fixture
    def genuine(self, connection: Connection) -> Sequence[WebhookRequest]:
        """Genuine requests of every kind."""
        return ()

    @pytest.fixture
    def forged(self, connection: Connection) -> Sequence[WebhookRequest]:
        """Requests that must be refused."""
        return ()

    @pytest.fixture
    def recipient(self) -> str:
        """Somebody who may be written to."""
        return "+2348012345678"

    def message(self, to: str, *, text: str = "Hello", message_id: UUID | None = None) -> OutboundMessage:
        """A message as the core sends it."""
        return OutboundMessage(id=message_id or new_id(), to=to, text=text, subject="Hello")

    # --- identity

    def test_it_says_who_it_is(self, provider: MessagingProvider) -> None:
        assert provider.slug
        assert provider.slug == provider.slug.lower()
        assert provider.channel in {"whatsapp", "email", "sms", "web"}

    def test_new_secrets_are_strong_and_never_twice_the_same(self, provider: MessagingProvider) -> None:
        first, second = provider.new_secrets(), provider.new_secrets()
        assert first.keys() == second.keys()
        for name, value in first.items():
            assert len(value) >= 32, name
            assert value != second[name], name

    # --- receiving

    def test_genuine_requests_are_accepted(
        self, provider: MessagingProvider, connection: Connection, genuine: Sequence[WebhookRequest]
    ) -> None:
        for request in _some(genuine):
            provider.authenticate(request, connection)
            assert provider.receive(request, connection)

    def test_forged_requests_are_refused(
        self, provider: MessagingProvider, connection: Connection, forged: Sequence[WebhookRequest]
    ) -> None:
        for number, request in enumerate(_some(forged)):
            assert _is_refused(provider, connection, request), f"forged request {number} was taken for genuine"

    def test_a_request_without_any_proof_is_refused(
        self, provider: MessagingProvider, connection: Connection, genuine: Sequence[WebhookRequest]
    ) -> None:
        for request in _some(genuine):
            with pytest.raises(ForgedRequest):
                provider.authenticate(replace(request, headers={}), connection)

    def test_another_accounts_secrets_do_not_open_this_one(
        self, provider: MessagingProvider, connection: Connection, genuine: Sequence[WebhookRequest]
    ) -> None:
        other = replace(connection, secrets={**connection.secrets, **provider.new_secrets()})
        for request in _some(genuine):
            with pytest.raises(ForgedRequest):
                provider.authenticate(request, other)

    def test_a_repeated_request_has_the_same_keys_and_different_facts_have_different_ones(
        self, provider: MessagingProvider, connection: Connection, genuine: Sequence[WebhookRequest]
    ) -> None:
        seen: set[str] = set()
        for request in _some(genuine):
            later = replace(request, received_at=datetime(2030, 1, 1, tzinfo=UTC))
            first = [e.dedupe_key for e in provider.receive(request, connection)]
            assert first == [e.dedupe_key for e in provider.receive(later, connection)]
            assert not seen.intersection(first)
            seen.update(first)

    def test_what_is_stored_holds_no_secret_and_survives_storage(
        self, provider: MessagingProvider, connection: Connection, genuine: Sequence[WebhookRequest]
    ) -> None:
        for envelope in _envelopes(provider, connection, genuine):
            stored = json.dumps(envelope.payload, allow_nan=False, ensure_ascii=False)
            stored.encode("utf-8")
            assert "\\u0000" not in stored
            for name, secret in connection.secrets.items():
                assert secret not in stored, f"{name} of the connection would be stored"
            assert 0 < len(envelope.dedupe_key) <= 255
            assert envelope.order_key is None or 0 < len(envelope.order_key) <= 255
            restored = envelope.model_copy(update={"payload": json.loads(stored)})
            assert provider.normalise(restored, connection) == provider.normalise(envelope, connection)

    def test_translations_are_what_they_say(
        self, provider: MessagingProvider, connection: Connection, genuine: Sequence[WebhookRequest]
    ) -> None:
        for envelope in _envelopes(provider, connection, genuine):
            for inbound in provider.normalise(envelope, connection):
                assert INBOUND.validate_python(inbound) == inbound

    def test_nothing_unexpected_in_a_stored_payload_makes_translation_fail(
        self, provider: MessagingProvider, connection: Connection, genuine: Sequence[WebhookRequest]
    ) -> None:
        for envelope in _envelopes(provider, connection, genuine):
            for path in _paths(envelope.payload):
                for odd in ODDITIES:
                    payload = copy.deepcopy(envelope.payload)
                    _put(payload, path, odd)
                    provider.normalise(envelope.model_copy(update={"payload": payload}), connection)

    def test_an_unreadable_body_is_said_to_be_unreadable(
        self, provider: MessagingProvider, connection: Connection, genuine: Sequence[WebhookRequest]
    ) -> None:
        for body in (b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"a":NaN}', b"[" * 100_000, b'{"a":' * 100_000):
            for request in _some(genuine)[:1]:
                with pytest.raises((UnreadableRequest, ForgedRequest)):
                    provider.receive(replace(request, body=body), connection)

    # --- sending

    @pytest.fixture
    def cases(self) -> Sequence[SendCase]:
        """Situations `arrange` can bring about."""
        pytest.fail("override the fixture `cases`: the situations that `arrange` can bring about")

    @pytest.fixture
    def stage(self) -> Any:
        """Whatever `arrange` needs, such as a server."""
        return None

    async def arrange(self, case: SendCase, connection: Connection, stage: Any) -> Connection:
        """Bring `case` about, and return the connection to send with."""
        pytest.fail("override `arrange`: bring a case about and return the connection to send with")

    @pytest.fixture
    async def http(self) -> Any:
        """The client that the core hands over, with a short patience."""
        async with egress.client(timeout=0.5) as client:
            yield client

    async def test_every_outcome_of_a_send_is_named(  # noqa: PLR0917 - fixtures, by name
        self,
        provider: MessagingProvider,
        connection: Connection,
        cases: Sequence[SendCase],
        recipient: str,
        http: httpx.AsyncClient,
        stage: Any,
    ) -> None:
        for case in cases:
            arranged = await self.arrange(case, connection, stage)
            sending = provider.send(self.message(recipient), arranged, http=http)
            if case.raises is None:
                receipt = await asyncio.wait_for(sending, 20)
                assert receipt.external_id, case.name
                continue
            with pytest.raises(SEND_FAILURES) as failure:
                await asyncio.wait_for(sending, 20)
            assert type(failure.value) is case.raises, f"{case.name}: {failure.value!r}"
            for name, secret in arranged.secrets.items():
                assert secret not in str(failure.value), f"{case.name}: the failure tells {name}"
            assert recipient.lstrip("+") not in str(failure.value), f"{case.name}: the failure tells the recipient"

    async def test_two_messages_have_two_receipts(
        self,
        provider: MessagingProvider,
        connection: Connection,
        recipient: str,
        http: httpx.AsyncClient,
        stage: Any,
    ) -> None:
        arranged = await self.arrange(SendCase("accepted", None), connection, stage)
        first = await provider.send(self.message(recipient), arranged, http=http)
        second = await provider.send(self.message(recipient), arranged, http=http)
        assert first.external_id != second.external_id


def _is_refused(provider: MessagingProvider, connection: Connection, request: WebhookRequest) -> bool:
    try:
        provider.authenticate(request, connection)
        provider.receive(request, connection)
    except ForgedRequest:
        return True
    return False


def _some(requests: Sequence[WebhookRequest]) -> Sequence[WebhookRequest]:
    if not requests:
        pytest.skip("this provider has no webhooks")
    return requests


def _envelopes(
    provider: MessagingProvider, connection: Connection, requests: Sequence[WebhookRequest]
) -> list[InboundEnvelope]:
    return [envelope for request in _some(requests) for envelope in provider.receive(request, connection)]


def _paths(value: Any, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every member of a nested value."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path for key, member in members for path in [(*before, key), *_paths(member, (*before, key))]]


def _put(value: Any, path: tuple[Any, ...], odd: Any) -> None:
    for key in path[:-1]:
        value = value[key]
    value[path[-1]] = odd
