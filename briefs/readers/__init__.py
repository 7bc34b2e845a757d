"""One module a format: bytes in, `Reading` out. Nothing is guessed that the format does not state.

`dispatch.read` chooses the reader by content first and file name second; `inputs` turns what a person
typed into a stream of inputs, and `load` fetches one. No reader knows language, claims or screens, and
none straightens quotation marks or changes a character: where a format has markup, the text is what a
person would read, frozen once and never touched again.
"""
