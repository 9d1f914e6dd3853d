"""How large a file may be before it is refused instead of read."""

from __future__ import annotations

MEGABYTE = 1024 * 1024

MAX_BYTES = 100 * MEGABYTE  # one file as it was dropped
MAX_UNPACKED = 400 * MEGABYTE  # all that comes out of one zip or workbook
MAX_RATIO = 150  # unpacked to packed of one member, once it is larger than:
RATIO_COUNTS_FROM = 10 * MEGABYTE
MAX_MEMBERS = 2000  # files in one zip
MAX_CELLS = 20_000_000  # the rectangle that a worksheet's used cells span
MAX_ROWS = 1_000_000
MAX_PDF_PAGES = 10  # pages whose text is looked at
MAX_PDF_PAGE = 4 * MEGABYTE  # drawing instructions of one page
MAX_PDF_TEXT = 100_000  # characters kept
MAX_XML_DEPTH = 100
PROBLEMS_PER_CODE = 50  # after that many alike, one line says how many more
HEADER_SEARCH_ROWS = 60
