"""Booka for restaurants and hotels."""
