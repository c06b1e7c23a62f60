"""All that talks to the internet: feeds, the feeds of a home page, pages.

One request's way, file by file: a stage calls read_feeds (reading), find_feeds (finding) or fetch_pages (pages). These
ask questions of a crawl (crawl), which starts a process (child) that runs Scrapy. There a question waits for its host's
turn (turns), becomes a request of the one spider (spider), passes the guard (guard, resolver), robots.txt and the
host's delays (politeness), and is sent (handler). What comes back is told in words where it failed (reasons), becomes a
record (answers), and goes through a pipe to the stage, which reads feeds (feeds and what it imports) and keeps pages
unread.
"""

from etl.web.feeds import parse_feed
from etl.web.finding import find_feeds
from etl.web.pages import fetch_pages
from etl.web.reading import read_feeds

__all__ = ["fetch_pages", "find_feeds", "parse_feed", "read_feeds"]
