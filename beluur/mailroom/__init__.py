"""Words out: compose, letter, send. Hands without memory.

In: frozen facts about an agreement
Out: messages, PDF, delivery results
May use: domain and all below
"""
