"""The pages: one view is one ask or one do.

In: HTTP requests, the clock
Out: HTML
May use: actions, queries, store through those two only, and all below; the clock
"""
