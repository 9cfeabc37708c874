"""Talking to customers: the accounts at providers (connections), the conversations, the messages, and the sending
side. It owns those three tables and what becomes of a message on its way out. It must never decide what is said, and
never send a message again of which nobody knows whether it arrived.
"""
