-- A share lies between 0 and 1, whichever way it is averaged.
SELECT bucket, share, mean_share, story_share FROM coverage_over_time(grain := 'week')
WHERE  share NOT BETWEEN 0 AND 1 OR mean_share NOT BETWEEN 0 AND 1 OR story_share NOT BETWEEN 0 AND 1
