"""Where everything stands in the site: one file for each thing, named so that any disk takes it.

Addresses are paths relative to the root of the site, with ``/``; :func:`link_to` makes them into
references.  Names are the ids of the review; what a file system or a URL could take amiss in them
is written as ``~`` and the character's number.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from urllib.parse import quote

LONGEST = 120
_PLAIN = re.compile(r"[^A-Za-z0-9._-]")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|index)(\..*)?", re.IGNORECASE)


def name_file(identifier: str) -> str:
    """Return a file name (without ending) for an id; different ids may differ by case alone."""
    name = _PLAIN.sub(lambda found: f"~{ord(found[0]):x}~", identifier)
    if name.startswith(".") or _RESERVED.fullmatch(name):
        name = f"~{name}"
    name = name.rstrip(".") or "~"
    if len(name) > LONGEST:
        name = f"{name[: LONGEST - 14]}~{hashlib.sha256(identifier.encode()).hexdigest()[:12]}"
    return name


def name_files(folder: str, identifiers: Iterable[str]) -> dict[str, str]:
    """Return an address for each id, no two alike even where case does not count."""
    addresses: dict[str, str] = {}
    taken: set[str] = set()
    for identifier in sorted(set(identifiers)):
        base = name = name_file(identifier)
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{base}~{number}"
        taken.add(name.casefold())
        addresses[identifier] = f"{folder}/{name}.html"
    return addresses


def link_to(address: str, fragment: str = "") -> str:
    """Return an address as a reference, quoted, with a fragment where there is one."""
    return quote(address) + (f"#{quote(fragment)}" if fragment else "")


def climb(address: str) -> str:
    """Return the way from a page back to the root of the site: ``../`` for each folder."""
    return "../" * address.count("/")
