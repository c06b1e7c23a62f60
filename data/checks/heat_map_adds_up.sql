-- What the sources of a bucket have adds up to the bucket.
SELECT bucket, told.articles, summed.articles AS summed FROM coverage_over_time(grain := 'week') AS told
       LEFT JOIN (SELECT bucket, sum(articles) AS articles FROM source_heatmap(grain := 'week') GROUP BY bucket) AS summed USING (bucket)
WHERE  told.articles IS DISTINCT FROM summed.articles
