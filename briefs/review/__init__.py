"""Review: what editors' decisions come to, and how they stand beside what the tool reads today.

Pure: no file, no database, no parser, no screen. The events that come in are the truth; what goes out is a
projection, the same for the same events in the same order.
"""
