"""Language models: the port that steps speak through, and the one adapter behind it.

Only here are langchain, openai, httpx2, tenacity and vcrpy imported. Nothing of an article is logged at
any level, no key is printed, and nothing is believed: what a model says is checked in `steps/ground` and
`steps/suggest`.
"""
