"""The dialog engine: from a state and an understood message to a new state and replies. It is written as generators
that yield what they need to know or have done (`requests`) and receive the answer, so that it does no input or
output of its own and every branch can be walked in a test. It must never yield a deed that the customer has not
said yes to.
"""

from __future__ import annotations

from booka_core.conversation.dialog.engine import converse, media_answer
from booka_core.conversation.dialog.requests import Request, Talk

__all__ = ["Request", "Talk", "converse", "media_answer"]
