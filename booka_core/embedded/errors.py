"""What can go wrong while programs are started. Each class says what the person at the terminal can do about it."""

from booka_core.sdk.errors import Upstream, WrongState


class ServerFailed(Upstream):
    """The embedded {server} did not start."""


class NoEmbeddedServer(Upstream):
    """There is no embedded {server} for this machine; set {variable} to the address of your own."""


class HomeUnreachable(WrongState):
    """The account '{account}', which runs the embedded servers, cannot reach {path}: choose another BOOKA_HOME."""


class HomeUnusable(WrongState):
    """The data directory {path} cannot be used; choose another BOOKA_HOME."""


class AlreadyRunning(WrongState):
    """Booka already runs on {home} (process {pid})."""


class PartGaveUp(Upstream):
    """The part '{part}' keeps dying."""


class StartRefused(WrongState):
    """Booka refuses to start."""


class NothingRunning(WrongState):
    """No running Booka found; start `booka up` or set DATABASE_URL."""


class PortTaken(WrongState):
    """Port {port} is taken by another program; free it or set BOOKA_PORT to another one."""
