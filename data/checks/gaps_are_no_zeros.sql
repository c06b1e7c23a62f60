-- A source that is missing on a day has no row for it on the heat map.
SELECT source_id, bucket FROM source_heatmap() JOIN covered_days ON bucket = covered_on AND source_heatmap.source_id = covered_days.source_id
WHERE  state = 'missing'
