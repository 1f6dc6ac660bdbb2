"""Complete `web/package-lock.json`, so that `npm ci` accepts it on every platform.

A registry mirror may lack optional packages of other platforms; npm then leaves them out of the
lock, and `npm ci` refuses it ("Missing: … from lock file"). Each missing one gets an entry here
with its version, os and cpu, which npm skips at install since they do not match the machine.

    python web/scripts/complete_lock.py            rewrite the lock
    python web/scripts/complete_lock.py --check    exit 1 if it is incomplete or names a host
    python web/scripts/complete_lock.py PATH       the same for another lock
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

LOCK = Path(__file__).resolve().parent.parent / "package-lock.json"
SYSTEMS = [
    "darwin",
    "win32",
    "linux",
    "android",
    "freebsd",
    "openbsd",
    "netbsd",
    "sunos",
    "aix",
    "openharmony",
]
CPUS = ["arm64", "x64", "ia32", "riscv64", "ppc64", "s390x", "loong64", "mips64el", "arm", "wasm32"]


def main(arguments: list[str]) -> int:
    lock_path = next((Path(word) for word in arguments if not word.startswith("-")), LOCK)
    lock = json.loads(lock_path.read_text("utf-8"))
    packages: dict[str, dict[str, Any]] = lock["packages"]
    missing = missing_entries(packages)
    hosts = [path for path, entry in packages.items() if "resolved" in entry]
    if "--check" in arguments:
        for path in missing:
            print(f"missing from the lock: {path}")
        for path in hosts:
            print(f"names a registry: {path}")
        return 1 if missing or hosts else 0
    for path in hosts:
        del packages[path]["resolved"]
    lock["packages"] = dict(sorted({**packages, **missing}.items()))
    lock_path.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", "utf-8")
    print(f"{len(missing)} entries added, {len(hosts)} addresses removed")
    return 0


def missing_entries(packages: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Entries for the optional dependencies that no path of the lock provides."""
    missing: dict[str, dict[str, Any]] = {}
    for parent, entry in packages.items():
        for name, version in entry.get("optionalDependencies", {}).items():
            nested = f"{parent}/node_modules/{name}".lstrip("/")
            hoisted = packages.get(f"node_modules/{name}")
            if nested in packages:
                continue
            if hoisted is None:
                missing[f"node_modules/{name}"] = platform_entry(name, version)
            elif version[0].isdigit() and hoisted["version"] != version:
                beside = f"{parent.rpartition('node_modules/')[0]}node_modules/{name}"
                if beside not in packages:
                    missing[beside] = platform_entry(name, version)
    return missing


def platform_entry(name: str, version: str) -> dict[str, Any]:
    """What npm would have written, read from a name like `@next/swc-darwin-arm64`."""
    words = re.split(r"[-/]", name)
    entry: dict[str, Any] = {"version": version.lstrip("^~"), "optional": True}
    system = [word for word in words if word in SYSTEMS][:1]
    cpu = [word for word in CPUS if word in words][:1]
    if system and cpu != ["wasm32"]:
        entry["os"] = system
    if cpu:
        entry["cpu"] = cpu
    if "musl" in words:
        entry["libc"] = ["musl"]
    return entry


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
