"""The catalogue of sentences, and how money and dates are written.

In: Sentence, language
Out: text
May use: values
"""
