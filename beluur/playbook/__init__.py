"""What to say: typed lines per language, checked at load.

In: language, phase, facts
Out: lines
May use: values
"""

from beluur.playbook.line_check import PlaybookError
from beluur.playbook.reason_codes import ReasonCode, moment_of
from beluur.playbook.spoken import Line, Piece, greeting, playbook_language, spoken, vague_question
from beluur.playbook.texts_file import OwnLine, own_problems, texts
from beluur.playbook.vague_codes import DAY_IS_VAGUE
from beluur.playbook.vague_texts import VAGUE_LANGUAGES, vague_texts

__all__ = [
    "DAY_IS_VAGUE",
    "VAGUE_LANGUAGES",
    "Line",
    "OwnLine",
    "Piece",
    "PlaybookError",
    "ReasonCode",
    "greeting",
    "moment_of",
    "own_problems",
    "playbook_language",
    "spoken",
    "texts",
    "vague_question",
    "vague_texts",
]
