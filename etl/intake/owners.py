"""Whose an address is; a source that is not known is made up from its domain."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from etl.intake.rows import NOWHERE
from etl.methods.links import index_domains, registrable_domain, source_of
from etl.records import Source, SourceDomain

UNKNOWN = Source("unknown", "Unknown source")


class Owners:
    """The sources that are known, and those that a file adds to them."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._ids = {source.source_id for source in sources}
        self._named = {source.name.casefold(): source.source_id for source in sources}
        owned = ((source.source_id, domain) for source in sources for domain in source.domains)
        self._index = dict(index_domains(owned))
        self.new: list[Source] = []

    def of(self, url: str, name: str | None = None) -> str:
        """Return the source of an address; a text without one is its named source's."""
        if registrable_domain(url) == NOWHERE:
            return self._of_name(name)
        known = source_of(url, self._index)
        if known:
            return known
        domain = registrable_domain(url)
        return self._add(Source(self.free_id(domain), name or domain, domains=(SourceDomain(domain),)))

    def known(self, url: str) -> str | None:
        """Return the source of an address, None where no source is known to own it."""
        return source_of(url, self._index)

    def free_id(self, name: str) -> str:
        """Return an id for a source of that name or domain which no other source has."""
        source_id = slug_of(name) or "source"
        while source_id in self._ids:
            source_id += "-imported"
        return source_id

    def _of_name(self, name: str | None) -> str:
        said = (name or UNKNOWN.name).strip()
        if said in self._ids:
            return said
        if known := self._named.get(said.casefold()):
            return known
        return self._add(Source(self.free_id(said), said) if name else UNKNOWN)

    def _add(self, source: Source) -> str:
        self.new.append(source)
        self._ids.add(source.source_id)
        self._named[source.name.casefold()] = source.source_id
        for domain in source.domains:  # of its root: after all paths that others own there
            self._index[domain.domain] = (*self._index.get(domain.domain, ()), (domain, source.source_id))
        return source.source_id


def slug_of(name: str) -> str:
    """Return a name as an id: lower-case letters, digits and hyphens; empty where it has none of them."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
