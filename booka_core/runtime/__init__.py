"""The composition root. It loads the plugins, opens the database with their tables, and fills the small registries by
which lower rooms reach upper ones: job handlers, event consumers, checks, the mail sender. Every process starts here
and nowhere else; nothing of the domain is decided here.
"""

from booka_core.runtime.start import prepare, start, stop

__all__ = ["prepare", "start", "stop"]
