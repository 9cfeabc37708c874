"""How many bookings a second are written when callers want different times, the same day, or the very same hours."""
