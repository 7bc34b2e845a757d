"""The spaCy pipeline and the rules on top of it. Words and places in, typed findings out; no judgement."""
