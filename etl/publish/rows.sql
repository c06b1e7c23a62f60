-- What the store holds, as the published dataset tells it. Runs on the store with the new dataset attached as publication.

INSERT INTO publication.sources BY NAME
SELECT source_id, name, home_page, country, language, time_zone, kind FROM sources ORDER BY source_id;
INSERT INTO publication.source_domains FROM source_domains ORDER BY ALL;
INSERT INTO publication.collections FROM collections ORDER BY ALL;
INSERT INTO publication.source_collections FROM source_collections ORDER BY ALL;
INSERT INTO publication.topics FROM topics ORDER BY topic_id;

INSERT INTO publication.articles BY NAME
SELECT article_id, source_id, url, title, authors, CASE WHEN date_origin <> 'collected' THEN published_at END AS published_at,
       coalesce(published_at, collected_at)::DATE AS published_on, date_origin, date_precision, is_zone_assumed, is_date_disputed,
       modified_at, collected_at, language, words, summary, section, keywords, agency, is_truncated, is_live_blog, image_url,
       original_id, copy_similarity, coalesce(into_story_id, story_id) AS story_id, import_id, digest AS text_digest
FROM   articles LEFT JOIN groupings USING (article_id) LEFT JOIN story_merges USING (story_id) LEFT JOIN agencies USING (article_id)
ORDER  BY published_on, published_at, article_id;

INSERT INTO publication.hyperlinks BY NAME
SELECT h.article_id, h.url, a.article_id AS to_article_id, owner.source_id AS to_source_id, position
FROM   hyperlinks AS h LEFT JOIN articles AS a ON a.key = h.key LEFT JOIN hyperlink_owners AS owner ON owner.url = h.url
ORDER  BY h.article_id, position;

INSERT INTO publication.article_topics BY NAME
SELECT topic_id, article_id, CASE WHEN date_origin <> 'collected' THEN published_on END AS published_on, source_id, matches, is_in_title
FROM   article_topics JOIN publication.articles USING (article_id) ORDER BY topic_id, published_on, article_id;

INSERT INTO publication.entities FROM entities WHERE entity_id IN (SELECT entity_id FROM entity_names) ORDER BY entity_id;
INSERT INTO publication.entity_aliases BY NAME
SELECT DISTINCT entity_id, name AS alias, origin FROM entity_names WHERE origin IS NOT NULL ORDER BY ALL;
INSERT INTO publication.mentions BY NAME
SELECT article_id, entity_id, sum(mentions)::INTEGER AS mentions, min(first_position) AS first_position
FROM   mentions JOIN entity_names USING (name, kind) GROUP BY ALL ORDER BY article_id, entity_id;

INSERT INTO publication.quotes BY NAME
SELECT row_number() OVER (ORDER BY article_id, quote_position) AS quote_id, article_id, speaker, entity_id,
       substr(text, quote_position + 1, quote_end - quote_position) AS text, verb, position, quote_position, is_direct
FROM   quotes JOIN article_texts USING (article_id)
       LEFT JOIN (SELECT name AS speaker, any_value(entity_id) AS entity_id FROM entity_names WHERE kind = 'person' GROUP BY name) USING (speaker)
ORDER  BY article_id, quote_position;

INSERT INTO publication.citations BY NAME
SELECT article_id, (SELECT min(source_id) FROM sources WHERE name = outlet) AS source_id, outlet AS cited_name, cited_article_id, evidence,
       substr(text, sentence_position + 1, sentence_end - sentence_position) AS sentence, position, is_dispute, disputer
FROM   citations JOIN article_texts USING (article_id) ORDER BY article_id, position;

INSERT INTO publication.stories BY NAME
SELECT story_id, any_value(s.title) AS title, min(coalesce(published_at, collected_at)) AS first_at, max(coalesce(published_at, collected_at)) AS last_at,
       count(*)::INTEGER AS articles, count(*) FILTER (original_id IS NULL)::INTEGER AS originals, count(DISTINCT source_id)::INTEGER AS sources
FROM   publication.articles JOIN stories AS s USING (story_id) GROUP BY story_id ORDER BY story_id;

INSERT INTO publication.story_merges BY NAME SELECT story_id, into_story_id, merged_at FROM story_merges ORDER BY story_id;
INSERT INTO publication.story_roles BY NAME
SELECT article_id, a.story_id, role, sentence, position FROM story_roles JOIN publication.articles AS a USING (article_id) ORDER BY a.story_id, article_id;
INSERT INTO publication.copy_ranges FROM copy_ranges ORDER BY article_id, position;

INSERT INTO publication.failures BY NAME
SELECT source_id, failed_at::DATE AS failed_on, stage, reason, count(*)::INTEGER AS failures FROM failures GROUP BY ALL ORDER BY ALL;
INSERT INTO publication.imports BY NAME
SELECT import_id, file, sha256, format, rows, imported, known, refused, imported_at FROM imports ORDER BY import_id;
INSERT INTO publication.runs BY NAME SELECT * EXCLUDE (is_finished) FROM runs ORDER BY started_at;
