"""Feeds: every way in which sources list their articles, from RSS to sitemaps of sitemaps."""

from etl.newsroom.feeds.offers import Offer, offers_of

__all__ = ["Offer", "offers_of"]
