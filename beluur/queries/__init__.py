"""Ask: frozen rows for screens and reports; never write.

In: an administration, the moment, a filter
Out: frozen dataclasses
May use: store, mailroom and all below
"""
