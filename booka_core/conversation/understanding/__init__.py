"""Understanding: from a customer's words to acts and values. It is a pure function of the text, the tenant's own
names and the situation; it owns the language tables and nothing else, does no input or output, asks no model, and
never decides what happens next.
"""

from __future__ import annotations

from booka_core.conversation.understanding.listen import understand
from booka_core.conversation.understanding.types import Asked, Context, Named, Names, Understanding, When

__all__ = ["Asked", "Context", "Named", "Names", "Understanding", "When", "understand"]
