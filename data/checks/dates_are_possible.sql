-- No article was published after it was collected, give or take an hour of a wrong clock.
SELECT article_id, published_at, collected_at FROM articles WHERE published_at > collected_at + INTERVAL 1 HOUR
