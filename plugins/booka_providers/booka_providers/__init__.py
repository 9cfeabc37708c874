"""Message providers for Booka: Evolution (WhatsApp) and SMTP."""
