"""Booka for clinics: scheduling only."""
