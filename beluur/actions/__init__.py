"""Do: one verb a file, one transaction each; the only writers.

In: keyword arguments, the moment, an idempotency key
Out: what was saved, or a refusal with its sentence
May use: queries, store, mailroom, telephony and all below
"""
