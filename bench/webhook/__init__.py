"""How many WhatsApp webhooks a second are verified, stored and acknowledged by one server process."""
