"""What to say: typed lines per language, checked at load.

In: language, phase, facts
Out: lines
May use: values
"""

from beluur.playbook.spoken import Line, Piece, greeting, playbook_language, spoken
from beluur.playbook.texts_file import PlaybookError, texts

__all__ = ["Line", "Piece", "PlaybookError", "greeting", "playbook_language", "spoken", "texts"]
