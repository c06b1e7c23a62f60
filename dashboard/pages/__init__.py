"""The pages, registered by hand: Dash's own registry is global to the process and imports pages twice."""

from dashboard.pages import about, article, compare, explore, health, overview, people, source, sql, story, topic
from dashboard.shell import Page

PAGES = [
    Page("", overview.lay_out),
    Page("explore", explore.lay_out),
    Page("topics", topic.lay_out_list),
    Page("topic", topic.lay_out),
    Page("sources", source.lay_out_list),
    Page("source", source.lay_out),
    Page("stories", story.lay_out_list),
    Page("story", story.lay_out),
    Page("article", article.lay_out),
    Page("compare", compare.lay_out),
    Page("people", people.lay_out_list),
    Page("person", people.lay_out),
    Page("health", health.lay_out),
    Page("sql", sql.lay_out),
    Page("about", about.lay_out),
]
