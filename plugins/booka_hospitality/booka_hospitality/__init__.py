"""Booka for restaurants: tables are what is booked, guests come in parties, and a party too large for any table is
handed to a person. Rooms by the night are not here yet. It speaks to the core through `booka_core.sdk` alone.
"""
