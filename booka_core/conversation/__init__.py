"""Conversation: turns a customer's messages into acts on the booking room, and back into words. It owns what a
dialogue remembers (`dialog_sessions`), the understanding of language, the dialog engine and its wording. It must
never write a reservation itself, commit anything without a "yes" to the one draft it has shown, or say that
something happened before the committed row says so.
"""
