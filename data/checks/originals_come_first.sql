-- An original is no copy itself, and was not published after its copy.
SELECT copy.article_id, copy.original_id FROM articles AS copy JOIN articles AS original ON copy.original_id = original.article_id
WHERE  original.original_id IS NOT NULL OR original.published_at > copy.published_at
