"""Where the memory of big tables comes from."""

from __future__ import annotations

import os

import pyarrow as pa

_POOL = "jemalloc"


def use_steady_memory() -> None:
    """Take the memory of tables from jemalloc, where this machine has it.

    The default pool gives memory back and takes it again so eagerly that a big import spends a
    third of its time on it. What ARROW_DEFAULT_MEMORY_POOL names is left as it is.
    """
    if "ARROW_DEFAULT_MEMORY_POOL" in os.environ or _POOL not in pa.supported_memory_backends():
        return
    if pa.default_memory_pool().backend_name != _POOL:
        pa.set_memory_pool(pa.jemalloc_memory_pool())
