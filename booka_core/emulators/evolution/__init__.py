"""An Evolution API server (version 2) without WhatsApp: instances, sending, webhooks with its real retry habits, and
the customers' phones behind it. A control API plays the customers and switches faults on.
"""
