"""Settings, sources and topics: what a person writes in TOML files, checked before anything starts.

Every mistake is told in one sentence that names the file, the place and the remedy.
"""

from etl.settings.clock import Clock
from etl.settings.fields import HostAddress
from etl.settings.model import DEFAULTS, Settings, load_settings
from etl.settings.sources import load_sources
from etl.settings.topics import load_topics

__all__ = ["DEFAULTS", "Clock", "HostAddress", "Settings", "load_settings", "load_sources", "load_topics"]
