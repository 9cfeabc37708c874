"""The plugin platform: finds installed plugins, decides which may run, loads them behind a guard, knows which are
switched on for which tenant, and is the only caller of their hooks. It owns the tables of tenant switches and their
history. It must never let a plugin's failure become anybody else's, never call a plugin while a transaction is open,
and never import plugin code to say what is installed.
"""
