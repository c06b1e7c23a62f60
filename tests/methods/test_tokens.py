from etl.methods.tokens import dateline_end, is_abbreviation, read_tokens, sentence_at, sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


def test_a_token_keeps_its_inner_marks() -> None:
    tokens = read_tokens("O'Malley’s U.S. e-mail cost 1,200.50 at AT&T.", "en")
    assert tokens.words == ("O'Malley", "’s", "U.S.", "e-mail", "cost", "1,200.50", "at", "AT&T", ".")


def test_elided_articles_and_inverted_pronouns_are_tokens_of_their_own() -> None:
    assert read_tokens("l'ami a-t-il dit", "fr").words == ("l'", "ami", "a", "-t-il", "dit")
    assert read_tokens("dell'Interno", "it").words == ("dell'", "Interno")
    assert read_tokens("don't", "en").words == ("don't",)


def test_places_are_characters_of_the_text() -> None:
    text = "Ada Smith’s “dog”."
    tokens = read_tokens(text, "en")
    assert all(
        text[start:end] == word for word, start, end in zip(tokens.words, tokens.starts, tokens.ends, strict=True)
    )


def test_an_abbreviation_ends_no_sentence() -> None:
    assert sentences("Sen. Ada Smith met J. R. Jones in the U.S. Senate. He left.") == [
        "Sen. Ada Smith met J. R. Jones in the U.S. Senate.",
        "He left.",
    ]


def test_a_number_makes_an_abbreviation_of_no() -> None:
    assert is_abbreviation("No. 7", 3)
    assert not is_abbreviation("He said no. Then he left.", 11)


def test_sentences_end_at_line_breaks_and_at_other_scripts_marks() -> None:
    assert sentences("Headline\n\nText。次の文。Done? Yes") == ["Headline", "Text。", "次の文。", "Done?", "Yes"]


def test_the_sentence_of_a_position_is_found() -> None:
    text = "One here. Two there."
    assert sentence_at(sentence_spans(text), text.index("Two")) == (10, 20)


def test_datelines_end_with_their_dash() -> None:
    assert dateline_end("LONDON, June 3 (Reuters) - Three ships") == len("LONDON, June 3 (Reuters) - ")
    assert dateline_end("Oberfeld – Drei Schiffe") == len("Oberfeld – ")
    assert dateline_end("Ada Smith said - and meant it") == 0


def test_no_text_has_no_tokens() -> None:
    assert len(read_tokens("", "en")) == 0
    assert sentence_spans("") == ()
