-- Every article is in the word index, under its own source and day.
SELECT article_id, 'is not in the index' AS breach FROM articles
WHERE  words > 0 AND article_id NOT IN (SELECT article_id FROM postings)
UNION ALL
SELECT DISTINCT p.article_id, 'stands under another source or day' FROM postings AS p JOIN articles AS a USING (article_id)
WHERE  p.source_id <> a.source_id OR p.published_on IS DISTINCT FROM CASE WHEN a.date_origin <> 'collected' THEN a.published_on END
UNION ALL
SELECT article_id, 'has no lead words of its own' FROM articles WHERE article_id NOT IN (SELECT article_id FROM lead_words)
UNION ALL
SELECT article_id, 'is in the index and nowhere else' FROM lead_words WHERE article_id NOT IN (SELECT article_id FROM articles)
UNION ALL
SELECT term_id, 'is counted wrongly' FROM terms JOIN (SELECT term_id, count(*) AS counted FROM postings GROUP BY term_id) USING (term_id)
WHERE  articles <> counted
