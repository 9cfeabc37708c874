"""All that a plugin may import: hook specs, the manifest, the tenant context, events, provider contracts and the value
types they speak. It owns the plugin API and its version, and imports nothing else of Booka, so that a plugin written
against it keeps working while the rooms behind it change.
"""

API_VERSION = "0.1.0"
