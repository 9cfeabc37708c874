"""Booka for salons: what a salon offers, how it books, one rule that protects its clients, and a memory of who they
like to sit with. It speaks to the core through `booka_core.sdk` alone.
"""
