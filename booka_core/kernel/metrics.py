"""The process's Prometheus registry. Rooms declare their own figures against it; the web room exposes it."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, ProcessCollector

registry = CollectorRegistry(auto_describe=True)
ProcessCollector(registry=registry)
