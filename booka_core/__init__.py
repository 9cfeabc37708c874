"""Booka: a booking platform whose customers book in WhatsApp."""
