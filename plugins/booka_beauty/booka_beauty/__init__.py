"""Booka for salons: services, stylists, the booking journey."""
