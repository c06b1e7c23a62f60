"""Put articles into copies and stories, find the reports that they cite, and judge what each does in its story.

Copies come first, since they go where their originals are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from etl.job import Job
from etl.methods.agency import find_credit
from etl.methods.citations import Report, match_report, numbers_of
from etl.methods.copies import CopyFinder, CopyFound
from etl.methods.roles import Taken, role_of
from etl.methods.stories import StoryFinder, StoryMerge, title_of
from etl.records import ArticleText, Citation, Tally
from etl.store import Store
from etl.store.groups import Grouping, Groups, RoleRow, Told

GROUPER_VERSION = "1"
BATCH = 500  # articles saved in one transaction
STORIES = "stories"  # what the story finder remembers; the other states are the copy finder's


class Grouper:
    """The two methods that remember, as they stood after the last article that was saved."""

    def __init__(self, store: Store) -> None:
        self._groups = store.groups
        states = store.groups.states()
        stories = states.pop(STORIES, None)
        self._copies = CopyFinder.from_parts(states) if states else CopyFinder()
        self._stories = StoryFinder.from_state(stories) if stories else StoryFinder()

    def group(self, articles: Sequence[ArticleText]) -> Groups:
        """Group articles that come in order of time; those that were grouped before stay where they are."""
        known = self._groups.stories_of([article.article_id for article in articles])
        new = [article for article in articles if article.article_id not in known]
        copies = {
            article.article_id: found
            for article in new
            if (found := self._copies.add(article.article_id, article.source_id, article.text, article.published_at))
        }
        placed = self._stories.add([article for article in new if article.article_id not in copies])
        stories = self._groups.stories_of([found.original_id for found in copies.values()]) | placed.stories
        groupings = []
        for article in new:  # in this order, since an original may be a copy itself
            copy = copies.get(article.article_id)
            if copy:
                stories[article.article_id] = stories[copy.original_id]
            groupings.append(_grouping(article.article_id, stories[article.article_id], copy))
        return Groups(
            article_ids=[article.article_id for article in articles],
            groupings=groupings,
            merges=placed.merges,
            titles=self._titles(new, groupings, placed.merges),
            states=self._copies.changed_parts() | {STORIES: self._stories.state()},
        )

    def _titles(
        self, new: Sequence[ArticleText], groupings: Sequence[Grouping], merges: Sequence[StoryMerge]
    ) -> dict[int, str]:
        """Name the stories that have new members, or took in another one."""
        into = {merge.story_id: merge.into_story_id for merge in merges}
        touched = {_last(story_id, into) for story_id in [one.story_id for one in groupings] + list(into)}
        headlines = self._groups.headlines(sorted(touched | into.keys()))
        for article, grouping in zip(new, groupings, strict=True):
            headlines.setdefault(grouping.story_id, []).append(article.title)
        for story_id in into:
            headlines.setdefault(_last(story_id, into), []).extend(headlines.get(story_id, ()))
        return {story_id: title_of(headlines[story_id]) for story_id in sorted(touched)}


def _grouping(article_id: int, story_id: int, copy: CopyFound | None) -> Grouping:
    if copy is None:
        return Grouping(article_id, story_id)
    return Grouping(article_id, story_id, copy.original_id, copy.similarity, copy.ranges)


def _last(story_id: int, into: dict[int, int]) -> int:
    while story_id in into:
        story_id = into[story_id]
    return story_id


def run(job: Job) -> Tally:
    """Group every article that waits."""
    tally, store = Tally("group"), job.store
    grouper = Grouper(store)
    with job.bar("group", store.articles.count_waiting("grouper", GROUPER_VERSION)) as bar:
        for batch in store.articles.waiting("grouper", GROUPER_VERSION, BATCH):
            groups = grouper.group(batch)
            store.groups.save(groups, GROUPER_VERSION, job.clock.now())
            tally.done += len(batch)
            tally.count("copies", sum(grouping.original_id is not None for grouping in groups.groupings))
            tally.count("stories founded", sum(one.article_id == one.story_id for one in groups.groupings))
            tally.count("stories merged", len(groups.merges))
            bar.update(len(batch))
    new = store.groups.without_role()
    tally.count("cited reports found", match_citations(store, new))
    judge_roles(store, new)
    return tally


def match_citations(store: Store, new: Sequence[int]) -> int:
    """Find the reports that new articles cite, and new reports that earlier articles cite; return how many."""
    cited = store.groups.unmatched_citations(new)
    reports = _reports(store, sorted({number for one in cited for number in (one.article_id, one.candidate_id)}))
    candidates: dict[tuple[int, Citation], list[Report]] = defaultdict(list)
    for one in cited:
        candidates[one.article_id, one.citation].append(reports[one.candidate_id])
    found = {
        (article_id, citation.start): report_id
        for (article_id, citation), others in candidates.items()
        if (report_id := match_report(citation, others, citing=reports[article_id])) is not None
    }
    store.groups.save_cited(found)
    return len(found)


def _reports(store: Store, article_ids: Sequence[int]) -> dict[int, Report]:
    """Return some articles as citations speak of them."""
    outlets = {source.source_id: source.name for source in store.lists.sources()}
    names = store.groups.names_of(article_ids)
    return {
        one.article_id: Report(
            one.article_id, outlets[one.source_id], one.url, one.published_at,
            names.get(one.article_id, frozenset()), numbers_of(one.text),
        )
        for one in store.articles.texts(article_ids)
    }  # fmt: skip


def judge_roles(store: Store, new: Sequence[int]) -> None:
    """Tell what each new article does in its story."""
    agencies = tuple(source.name for source in store.lists.sources() if source.kind == "agency")
    for start in range(0, len(new), BATCH):
        store.groups.save_roles([_role(one, agencies) for one in store.groups.told(new[start : start + BATCH])])


def _role(one: Told, agencies: tuple[str, ...]) -> RoleRow:
    role = role_of(
        one.text,
        one.source,
        citations=one.citations,
        credit=find_credit(one.authors, one.text, agencies),
        taken=Taken(one.original_source, one.copy_ranges) if one.original_source else None,
        told_before=one.told_before,
    )
    return RoleRow(one.article_id, role.name, role.sentence, role.position)
