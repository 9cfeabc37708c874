"""Local stand-ins for outside services, as real servers: what talks to them uses the same sockets, headers and bodies
as in production. They serve the demo and the tests, keep what they know in memory, listen on the loopback address
only, and must never import a room that they stand in for.
"""
