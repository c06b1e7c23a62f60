-- A source that is missing on a day has no row for it on the heat map.
SELECT source_id, bucket FROM (SELECT source_id, bucket FROM source_heatmap()) JOIN (SELECT source_id, covered_on AS bucket, state FROM covered_days)
       USING (source_id, bucket)
WHERE  state = 'missing'
