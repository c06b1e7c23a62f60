-- One address is one article.
SELECT url, count(*) AS articles FROM articles GROUP BY url HAVING count(*) > 1
