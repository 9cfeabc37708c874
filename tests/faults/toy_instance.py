"""A supervisor over real stores and two toy parts, so that its own behaviour can be tested in a second: `web` answers
200 everywhere, `worker` does nothing and has one child of its own. Arguments: words that change one thing each.
"""

import signal
import sys

from booka_core.embedded.environment import local_url
from booka_core.embedded.home import Home
from booka_core.embedded.parts import Part
from booka_core.embedded.supervisor import Supervisor

GATE = "from booka_core.embedded import gate; gate.wait_for_start(); "
WEB = f"""
import http.server, os
{GATE}
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b"here")
    def log_message(self, *args): pass
http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["BOOKA_PORT"])), Page).serve_forever()
"""
WORKER = f"""
import signal, subprocess, sys, time
{GATE}
child = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(600)"])
signal.signal(signal.SIGTERM, lambda *a: (child.kill(), sys.exit(0)))
gate.report_ready()
time.sleep(600)
"""
DIES = f"{GATE}gate.report_ready(); print('the reason it died'); raise SystemExit(3)"
REFUSES = "import sys; print('fsync is off'); sys.exit(78)"


def main(*words: str) -> int:
    def python(code: str) -> tuple[str, ...]:
        return (sys.executable, "-c", code)

    worker = DIES if "dying-worker" in words else WORKER
    return Supervisor(
        Home(),
        parts=lambda environment: (
            Part("worker", python(worker), rank=3),
            Part("web", python(WEB), rank=4, probe=f"{local_url(environment)}/"),
        ),
        prepare=Part("prepare", python(REFUSES), rank=5) if "refusing" in words else None,
        tied="untied" not in words,
        reaped="unreaped" not in words,
    ).run()


if __name__ == "__main__":
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # a run of tests under nohup would hand down that it is ignored
    sys.exit(main(*sys.argv[1:]))
