-- With balanced, every source counts on every day.
SELECT bucket, sources FROM coverage_over_time(balanced := true)
WHERE  sources <> (SELECT count(*) FROM balanced_sources(NULL, NULL))
