"""Write the manifest of the keys' pages anew: their hashes and headers, as `privity verify-pages` compares them."""

from __future__ import annotations

import hashlib
import json
import os
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "src" / "privity" / "cli" / "pages.json"


def manifest() -> str:
    """Return the manifest's text."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "privity.practice.site.settings")
    from privity.practice.site.keys_origin import HEADERS, POLICY, assets

    release = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    headers = {**HEADERS, "Content-Security-Policy": POLICY}
    files = {name: hashlib.sha384(body).hexdigest() for name, body in assets().items()}
    return json.dumps({"release": release, "headers": headers, "files": files}, indent=1) + "\n"


if __name__ == "__main__":
    TARGET.write_text(manifest(), "utf-8")
    print(f"{TARGET.relative_to(ROOT)} written")
