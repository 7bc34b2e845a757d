"""Extract claims from articles with google/langextract; for `benchmarks.model_cost`, which says how.

    PYTHON benchmarks/langextract_run.py BASE_URL MODEL CHARACTERS FILE...

runs under any Python that has langextract; prints the number of extractions, a line an article.
"""

import sys
from pathlib import Path

import langextract  # type: ignore[import-not-found]
from langextract.data import ExampleData, Extraction  # type: ignore[import-not-found]
from langextract.factory import ModelConfig  # type: ignore[import-not-found]

_PROMPT = (
    "Extract the checkable factual claims of the news article in order of appearance. Use the exact text of "
    "the article for each extraction; do not paraphrase, do not overlap. Give who is said to be its source."
)
_EXAMPLE = ExampleData(
    text=(
        "Marlow Water cut off 3,200 homes in Estley on 4 March. The board knew in May, Rosa Vane told the "
        "Estley Post. It was a shame, residents felt."
    ),
    extractions=[
        Extraction(
            "claim", "Marlow Water cut off 3,200 homes in Estley on 4 March", attributes={"source": ""}
        ),
        Extraction("claim", "The board knew in May", attributes={"source": "Rosa Vane"}),
    ],
)


def main() -> None:
    """Extract, one article after another."""
    base_url, model, characters, *files = sys.argv[1:]
    config = ModelConfig(
        model_id=model,
        provider="OpenAILanguageModel",
        provider_kwargs={"base_url": base_url, "api_key": "none", "temperature": 0.0, "max_workers": 1},
    )
    for file in files:
        found = langextract.extract(
            text_or_documents=Path(file).read_text("utf-8"),
            prompt_description=_PROMPT,
            examples=[_EXAMPLE],
            config=config,
            max_char_buffer=int(characters),
            show_progress=False,
        )
        print(len(found.extractions or ()), flush=True)


if __name__ == "__main__":
    main()
