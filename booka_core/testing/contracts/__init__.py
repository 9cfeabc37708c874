"""What every plugin of a kind must do, as test classes to inherit: name the plugin in a few fixtures and the promises
that the core relies on are tested against it.
"""
