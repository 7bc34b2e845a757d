"""Frozen types that the steps hand to each other, and the invariants that hold between their fields.

Nothing here reads a file, calls a model or knows a language. The JSON contract is `brief.ArticleBriefs`.
"""
