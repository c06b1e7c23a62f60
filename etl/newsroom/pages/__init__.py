"""Pages: how each source's site shows an article, from structured data to nothing but tables."""

from etl.newsroom.pages.rendering import Rendered, render_article, render_home, render_plain
from etl.newsroom.pages.site import Site

__all__ = ["Rendered", "Site", "render_article", "render_home", "render_plain"]
