"""Batches: a run whose calls are answered within a day, at half the price.

A run asks a model that answers from what came back and puts off what did not; what is put off goes into files
(`post`), the files to the provider (`sending`), what comes back into the state (`fetching`), and the next run
asks again. There is no other way to a brief: an article whose replies are all there is drafted, checked and
written as `briefs run` does it.

    state.py      what is known of articles, requests and batches, in one SQLite file of the output folder
    rows.py       its tables, and their rows as types
    post.py       the post of `briefs.llm.put_off`: what came back, or a line in the next file
    sending.py    files to the provider, and nothing twice
    fetching.py   what came back, line by line
    job.py        what was asked for, so that it need not be said again

The command line does the drafting, because it knows how a run writes.
"""
