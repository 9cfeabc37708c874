"""The receiving side: verify a webhook over its raw body, store what it says under a unique key, answer, and only
then work. It owns the stored events and their order, and must never lose one that was acknowledged, answer with a
refusal what is our own fault, or understand what a customer wants.
"""
