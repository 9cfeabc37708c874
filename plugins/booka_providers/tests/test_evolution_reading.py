"""What Evolution's events mean, kind by kind, and that nothing it could ever send makes reading fail."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from booka_providers import EvolutionProvider
from hypothesis import given, settings
from hypothesis import strategies as st

from booka_core.sdk.messaging import (
    ConnectionUpdate,
    DeliveryUpdate,
    Inbound,
    InboundEnvelope,
    InboundMessage,
    MessageRevised,
    UnreadableRequest,
    WrongAccount,
)
from booka_core.testing.evolution_bodies import (
    CONNECTION,
    KINDS,
    LID,
    LONG,
    OTHER_EVENTS,
    PHONE,
    RECEIVED,
    envelope,
    message,
    request,
)

PROVIDER = EvolutionProvider()


def read(event: str, data: Any) -> list[Inbound]:
    stored = PROVIDER.receive(request(envelope(event, data)), CONNECTION)
    return [inbound for one in stored for inbound in PROVIDER.normalise(one, CONNECTION)]


def read_message(content: dict[str, Any], kind: str = "conversation", **fields: Any) -> InboundMessage:
    (inbound,) = read("messages.upsert", message(content, kind, **fields))
    assert isinstance(inbound, InboundMessage)
    return inbound


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_kind_is_understood(name: str) -> None:
    content, message_type, kind, text, choice, attributes = KINDS[name]
    inbound = read_message(content, message_type)
    assert (inbound.kind, inbound.text, inbound.choice_id) == (kind, text, choice)
    assert inbound.attributes == attributes
    assert inbound.direction == "in"
    assert inbound.sent_at == datetime.fromtimestamp(1795177996, UTC)


@pytest.mark.parametrize(
    "content",
    [
        {"protocolMessage": {"type": 3, "key": {"id": "x"}}},
        {"senderKeyDistributionMessage": {"groupId": "g"}},
        {"pollUpdateMessage": {"pollCreationMessageKey": {"id": "x"}}},
        {"somethingNewMessage": {"text": "?"}},
        {},
        {"conversation": None},
    ],
)
def test_what_nobody_wrote_is_ignored(content: dict[str, Any]) -> None:
    assert read("messages.upsert", message(content, "unknown")) == []


@pytest.mark.parametrize(
    ("key", "external_id", "alternates", "phone"),
    [
        ({"remoteJid": PHONE}, "2348012345678", (), "+2348012345678"),
        ({"remoteJid": "2348012345678:12@s.whatsapp.net"}, "2348012345678", (), "+2348012345678"),
        ({"remoteJid": LID, "remoteJidAlt": PHONE}, "2348012345678", (LID,), "+2348012345678"),
        ({"remoteJid": PHONE, "remoteJidAlt": LID}, "2348012345678", (LID,), "+2348012345678"),
        ({"remoteJid": PHONE, "previousRemoteJid": LID, "senderPn": PHONE}, "2348012345678", (LID,), "+2348012345678"),
        ({"remoteJid": PHONE, "remoteJidAlt": PHONE, "addressingMode": "lid"}, "2348012345678", (), "+2348012345678"),
        ({"remoteJid": LID}, LID, (), None),
    ],
)
def test_a_customer_is_known_by_phone_or_by_privacy_id_in_every_version(
    key: dict[str, Any], external_id: str, alternates: tuple[str, ...], phone: str | None
) -> None:
    sender = read_message({"conversation": "hi"}, key=key).sender
    assert (sender.external_id, sender.alternate_ids, sender.phone) == (external_id, alternates, phone)
    assert sender.name == "Ada O."


@pytest.mark.parametrize("jid", ["120363@g.us", "status@broadcast", "1@broadcast", "1@newsletter", "", "nobody", None])
def test_only_private_chats_are_read(jid: str | None) -> None:
    assert read("messages.upsert", message({"conversation": "hi"}, "conversation", key={"remoteJid": jid})) == []


def test_what_the_owner_typed_is_an_echo_without_the_hard_coded_name() -> None:
    inbound = read_message({"conversation": "I'll take this"}, key={"fromMe": True}, pushName="Você")
    assert inbound.direction == "echo"
    assert inbound.sender.name is None
    assert inbound.sender.external_id == "2348012345678"


def test_a_reply_names_the_message_it_answers() -> None:
    assert read_message({"conversation": "yes"}, contextInfo={"stanzaId": "3EB0FC"}).reply_to == "3EB0FC"
    inner = {"extendedTextMessage": {"text": "yes", "contextInfo": {"stanzaId": "3EB0FD"}}}
    assert read_message(inner, "extendedTextMessage").reply_to == "3EB0FD"


@pytest.mark.parametrize("stamp", [None, "soon", -5, 10**14, [], {"low": 1}, True])
def test_an_absurd_time_is_replaced_by_when_it_arrived(stamp: Any) -> None:
    assert read_message({"conversation": "hi"}, messageTimestamp=stamp).sent_at == RECEIVED


def test_a_time_in_two_halves_is_put_together() -> None:
    halves = {"low": 1795177996, "high": 0, "unsigned": True}
    assert read_message({"conversation": "hi"}, messageTimestamp=halves).sent_at.timestamp() == 1795177996


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("SERVER_ACK", "sent"),
        ("DELIVERY_ACK", "delivered"),
        ("READ", "read"),
        ("PLAYED", "read"),
        ("ERROR", "failed"),
        ("SENT", "sent"),
        ("DELIVERED", "delivered"),
        ("FAILED", "failed"),
        ("PENDING", None),
        ("DELETED", None),
        ("NEW_WORD", None),
        (None, None),
    ],
)
def test_ticks_become_reports(status: str | None, expected: str | None) -> None:
    found = read("messages.update", {"keyId": "3EB0", "remoteJid": PHONE, "fromMe": True, "status": status})
    assert found == ([DeliveryUpdate(external_id="3EB0", status=expected)] if expected else [])  # type: ignore[arg-type]


def test_the_ticks_of_a_customers_own_message_are_not_ours() -> None:
    assert read("messages.update", {"keyId": "3A", "remoteJid": PHONE, "fromMe": False, "status": "READ"}) == []


def test_a_message_sent_through_the_api_is_reported_with_its_words() -> None:
    assert read("send.message", OTHER_EVENTS["send.message"]) == [
        DeliveryUpdate(external_id="3EB0FCA6", status="sent", to="2348012345678", text="Booked!")
    ]


@pytest.mark.parametrize(
    ("event", "data", "expected"),
    [
        (
            "messages.edited",
            {"key": {"id": "3A"}, "type": 14, "editedMessage": {"conversation": "at 4"}},
            MessageRevised(external_id="3A", text="at 4"),
        ),
        ("messages.edited", {"key": {"id": "3A"}, "type": 0}, MessageRevised(external_id="3A", text=None)),
        ("messages.edited", {"key": {"id": "3A"}, "type": "REVOKE"}, MessageRevised(external_id="3A", text=None)),
        ("messages.edited", {"key": {"id": "3A"}, "type": 3}, None),
        ("messages.edited", {"key": {"id": "3A"}}, None),
        ("messages.edited", {"key": {"id": "3A"}, "type": False}, None),
        (
            "send.message.update",
            {"key": {"id": "3B"}, "type": 14, "editedMessage": {"extendedTextMessage": {"text": "x"}}},
            MessageRevised(external_id="3B", text="x"),
        ),
        (
            "messages.delete",
            {"id": "3A", "remoteJid": PHONE, "fromMe": False},
            MessageRevised(external_id="3A", text=None),
        ),
        (
            "messages.delete",
            {"id": "db", "key": {"id": "3C", "remoteJid": PHONE, "fromMe": True}, "status": "DELETED"},
            DeliveryUpdate(external_id="3C", status="deleted"),
        ),
        ("messages.delete", {"id": "3A", "remoteJid": "1@g.us"}, None),
        ("connection.update", {"state": "open"}, ConnectionUpdate(state="open")),
        ("connection.update", {"state": "connecting", "statusReason": 200}, ConnectionUpdate(state="connecting")),
        (
            "connection.update",
            {"state": "close", "statusReason": 401},
            ConnectionUpdate(state="logged_out", detail="close (401)"),
        ),
        (
            "connection.update",
            {"state": "close", "statusReason": 428},
            ConnectionUpdate(state="closed", detail="close (428)"),
        ),
        ("connection.update", {"state": "refused"}, ConnectionUpdate(state="closed", detail="refused")),
        ("connection.update", {"state": 7}, None),
        (
            "status.instance",
            {"status": "closed", "disconnectionReasonCode": 403},
            ConnectionUpdate(state="logged_out", detail="closed (403)"),
        ),
        ("remove.instance", None, ConnectionUpdate(state="logged_out", detail="logged out on the Evolution server")),
        (
            "qrcode.updated",
            {"message": "QR code limit reached", "statusCode": 500},
            ConnectionUpdate(state="closed", detail="pairing was not completed in time"),
        ),
        ("messages.set", [], None),
        ("contacts.upsert", [{"remoteJid": PHONE}], None),
        ("call", {"id": "1"}, None),
    ],
)
def test_other_events(event: str, data: Any, expected: Inbound | None) -> None:
    assert read(event, data) == ([expected] if expected is not None else [])


def test_an_edit_wrapped_in_a_message_is_an_edit() -> None:
    protocol = {"type": 14, "key": {"id": "3A"}, "editedMessage": {"conversation": "at 5"}}
    wrapped = {"editedMessage": {"message": {"protocolMessage": protocol}}}
    assert read("messages.upsert", message(wrapped, "editedMessage")) == [MessageRevised(external_id="3A", text="at 5")]


def test_several_updates_in_one_body_are_several_facts() -> None:
    stored = PROVIDER.receive(
        request(envelope("messages.update", [{"keyId": "a", "status": "READ"}, {"keyId": "b", "status": "READ"}])),
        CONNECTION,
    )
    assert len({one.dedupe_key for one in stored}) == 2


def test_what_customers_write_is_ordered_by_chat_and_reports_are_not() -> None:
    def order(event: str, data: Any) -> str | None:
        return PROVIDER.receive(request(envelope(event, data)), CONNECTION)[0].order_key

    assert order("messages.upsert", message({"conversation": "a"}, "conversation")) == "2348012345678"
    assert order("messages.upsert", message({"conversation": "a"}, "conversation", key={"remoteJid": LID})) == LID
    assert order("messages.update", OTHER_EVENTS["messages.update"]) is None
    assert order("connection.update", OTHER_EVENTS["connection.update"]) == "connection"


def test_bytes_codes_and_links_are_dropped_and_words_stay() -> None:
    content = {
        "imageMessage": {
            "caption": "look",
            "mediaKey": {"0": 1, "1": 2},
            "other": {"type": "Buffer", "data": [1, 2]},
            "unknownBytes": {"0": 255},
            "fileLength": LONG,
        },
        "base64": "/9j/",
        "mediaUrl": "https://s3/x?X-Amz-Signature=1",
    }
    (stored,) = PROVIDER.receive(request(envelope("messages.upsert", message(content, "imageMessage"))), CONNECTION)
    text = json.dumps(stored.payload)
    for gone in ("mediaKey", "base64", "Signature", "Buffer", "255", "apikey", "destination", "server_url"):
        assert gone not in text, gone
    assert stored.payload["data"]["message"]["imageMessage"] == {
        "caption": "look",
        "other": None,
        "unknownBytes": None,
        "fileLength": LONG,
    }


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=15,
)
NAMES = st.sampled_from(
    [
        "key",
        "id",
        "remoteJid",
        "remoteJidAlt",
        "fromMe",
        "message",
        "messageType",
        "contextInfo",
        "conversation",
        "imageMessage",
        "audioMessage",
        "reactionMessage",
        "listResponseMessage",
        "interactiveResponseMessage",
        "nativeFlowResponseMessage",
        "paramsJson",
        "ephemeralMessage",
        "protocolMessage",
        "editedMessage",
        "contactsArrayMessage",
        "contacts",
        "vcard",
        "type",
        "status",
        "keyId",
        "messageTimestamp",
        "low",
        "high",
    ]
)
LIKELY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=20)
    | st.sampled_from([PHONE, LID, "READ", "close", 14]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=25,
)
EVENTS = st.sampled_from(["messages.upsert", *OTHER_EVENTS, "messages.edited", "send.message.update", "unheard.of"])


@settings(max_examples=400, deadline=None)
@given(event=EVENTS, data=JSON | LIKELY)
def test_any_data_can_be_received_stored_and_read(event: str, data: Any) -> None:
    for stored in PROVIDER.receive(request(envelope(event, data)), CONNECTION):
        restored = json.loads(json.dumps(stored.payload, allow_nan=False).encode("utf-8"))
        PROVIDER.normalise(stored.model_copy(update={"payload": restored}), CONNECTION)


@settings(max_examples=300, deadline=None)
@given(
    event=EVENTS,
    payload=st.dictionaries(
        st.text(max_size=12) | st.sampled_from(["data", "event", "received_at"]), LIKELY, max_size=5
    ),
)
def test_any_stored_payload_can_be_read(event: str, payload: dict[str, Any]) -> None:
    PROVIDER.normalise(InboundEnvelope(kind=event, dedupe_key="k", order_key=None, payload=payload), CONNECTION)


@settings(max_examples=200, deadline=None)
@given(body=st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_body_is_read_or_refused_by_name(body: bytes) -> None:
    with contextlib.suppress(UnreadableRequest, WrongAccount):
        PROVIDER.receive(request(body), CONNECTION)
