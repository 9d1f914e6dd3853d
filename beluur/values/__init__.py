"""Money, sentence, problem, numbers, phone: small exact things.

In: text, integers
Out: frozen values
May use: nothing but the standard library and libraries for numbers
"""
