"""Every error of ours, one page that reads as a map. Imports nothing of ours."""


class CoverageError(Exception):
    """The root: an error that a person can act on, told in one sentence."""


class ConfigError(CoverageError):
    """A settings, sources or topics file says something it cannot mean."""

    def __init__(self, file: str, key: str, problem: str) -> None:
        super().__init__(f"{file}: {key}: {problem}" if key else f"{file}: {problem}")
        self.file, self.key, self.problem = file, key, problem


class ArticleError(CoverageError):
    """One article could not be had; it becomes a row with its reason."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}")
        self.url, self.reason = url, reason


class FetchRefused(ArticleError):
    """The address must not be asked, now or later: robots.txt, a guard, gone."""


class FetchFailed(ArticleError):
    """The address did not answer as it should; it is asked again later."""


class NoArticleText(ArticleError):
    """The page holds no article, and says why not."""


class QueryError(CoverageError):
    """A query that cannot be understood; position counts characters from 1."""

    def __init__(self, query: str, position: int, problem: str) -> None:
        super().__init__(f"query: {problem} (at character {position})")
        self.query, self.position, self.problem = query, position, problem


class CheckFailed(CoverageError):
    """A promise about the data does not hold; the publication is not switched."""

    def __init__(self, check: str, rows: int, first: str) -> None:
        super().__init__(f"check {check} found {rows} {'breach' if rows == 1 else 'breaches'}; the first: {first}")
        self.check, self.rows, self.first = check, rows, first
