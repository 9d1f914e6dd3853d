"""The texts of the screens in French and English: collects them, lists what has no translation yet, and compiles.

``scripts/messages.py`` brings both ``django.po`` in step with the screens (new texts come in empty, texts that are gone
go), writes ``django.mo`` beside each, and lists what is empty or has other placeholders than its source. The texts of
templates and of Python are Dutch; GNU gettext is not needed.
"""

from __future__ import annotations

import ast
import re
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
WEB = ROOT / "beluur" / "web"
PLURALS = {"fr": "nplurals=2; plural=(n > 1);", "en": "nplurals=2; plural=(n != 1);"}
CALLS = {"gettext": 1, "ngettext": 2, "pgettext": 2, "npgettext": 3}  # how many of the arguments are text
STRING = r"""u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*\""""
CALL = re.compile(rf" (\w*gettext|_)\(((?:{STRING})(?:, ?(?:{STRING}))*)")
PLACEHOLDER = re.compile(r"%\(\w+\)s|%%|</?\w[^>]*>|\{\w+\}")


class Text(NamedTuple):
    """A text as it stands in the code: in which context, for one, for more; context and plural may be empty."""

    context: str
    one: str
    many: str

    @property
    def key(self) -> str:
        """By what gettext finds it."""
        return (
            (f"{self.context}\x04" if self.context else "")
            + self.one
            + (f"\0{self.many}" if self.many else "")
        )


def text_of(call: str, strings: list[str]) -> Text:
    """``ngettext`` with its strings as a text."""
    context = strings.pop(0) if call.startswith(("pg", "np")) else ""
    return Text(context, strings[0], strings[1] if len(strings) > 1 else "")


def in_template(source: str) -> Iterator[Text]:
    """The texts of a template, as Django's own tags hand them to gettext."""
    from django.utils.translation.template import templatize

    for call, strings in CALL.findall(templatize(source)):
        values = [ast.literal_eval(one) for one in re.findall(STRING, strings)]
        yield text_of("gettext" if call == "_" else call, values)


def in_python(source: str) -> Iterator[Text]:
    """The texts of a module, by whatever name it imports gettext."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: alias.name.removesuffix("_lazy")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            call = names.get(node.func.id, "")
            if call in CALLS:
                yield text_of(call, [ast.literal_eval(one) for one in node.args[: CALLS[call]]])


def collect() -> dict[Text, str]:
    """Every text of the screens with the first file that has it, templates first."""
    found: dict[Text, str] = {}
    for pattern, texts_in in (("*.html", in_template), ("*.py", in_python)):
        for path in sorted(WEB.rglob(pattern)):
            for text in texts_in(path.read_text()):
                found.setdefault(text, path.relative_to(ROOT).as_posix())
    return found


Translations = dict[Text, tuple[str, ...]]


def po_path(language: str) -> Path:
    """Where the translations into a language are kept."""
    return WEB / "locale" / language / "LC_MESSAGES" / "django.po"


def read_po(source: str) -> Translations:
    """Texts with their translation: one string, or one for each form of the plural. The header is left out."""
    found: Translations = {}
    for block in re.split(r"\n\s*\n", source):
        fields: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if match := re.match(r'(msg\w+(?:\[\d\])?) +(?=")', line):
                name = match.group(1)
                fields[name] = ""
            if line.startswith(("msg", '"')):
                fields[name] += ast.literal_eval(line[line.index('"') :])
        if fields.get("msgid"):
            text = Text(fields.get("msgctxt", ""), fields["msgid"], fields.get("msgid_plural", ""))
            found[text] = tuple(value for name, value in fields.items() if name.startswith("msgstr"))
    return found


def header(language: str) -> str:
    """What stands first in a catalogue."""
    return (
        "Content-Type: text/plain; charset=UTF-8\n"
        "Content-Transfer-Encoding: 8bit\n"
        f"Language: {language}\n"
        f"Plural-Forms: {PLURALS[language]}\n"
    )


def quoted(text: str) -> str:
    """As a string of a .po file."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def write_po(language: str, texts: dict[Text, str], known: Translations) -> str:
    """A .po file with all texts in the order of the screens; what is not known has an empty translation."""
    lines = ['msgid ""', 'msgstr ""', *(quoted(f"{line}\n") for line in header(language).splitlines())]
    file = ""
    for text, where in texts.items():
        lines += ["", f"#: {where}"] if where != file else [""]
        file = where
        lines += [f"msgctxt {quoted(text.context)}"] if text.context else []
        lines += [f"msgid {quoted(text.one)}"]
        if text.many:
            one, more = known.get(text, ("", ""))
            lines += [
                f"msgid_plural {quoted(text.many)}",
                f"msgstr[0] {quoted(one)}",
                f"msgstr[1] {quoted(more)}",
            ]
        else:
            lines += [f"msgstr {quoted(known.get(text, ('',))[0])}"]
    return "\n".join([*lines, ""])


def compiled(language: str, translations: Translations) -> bytes:
    """The bytes of a .mo file: a header, two tables of (length, offset), and the strings, sorted by key."""
    pairs = {"": header(language)}
    pairs |= {text.key: "\0".join(said) for text, said in translations.items() if all(said)}
    entries = sorted((key.encode(), value.encode()) for key, value in pairs.items())
    ids = b"".join(key + b"\0" for key, _ in entries)
    tables, id_at, value_at = 28, 28 + 16 * len(entries), 28 + 16 * len(entries) + len(ids)
    of_ids, of_values = b"", b""
    for key, value in entries:
        of_ids += struct.pack("<II", len(key), id_at)
        of_values += struct.pack("<II", len(value), value_at)
        id_at += len(key) + 1
        value_at += len(value) + 1
    start = struct.pack("<IIIIIII", 0x950412DE, 0, len(entries), tables, tables + 8 * len(entries), 0, 0)
    return start + of_ids + of_values + ids + b"".join(value + b"\0" for _, value in entries)


def gaps(texts: dict[Text, str], translations: Translations) -> Iterator[str]:
    """What is not translated, or lost or gained a placeholder or a tag on the way; one line each."""
    for text, where in texts.items():
        said = translations.get(text, ())
        if not said or not all(said):
            yield f"{where}: no translation of {text.one!r}"
            continue
        for source, target in zip((text.one, text.many or text.one), said, strict=False):
            if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(target)):
                yield f"{where}: other placeholders in {target!r} than in {source!r}"


def main() -> int:
    """Bring the catalogues in step and say what is missing."""
    texts = collect()
    missing = 0
    for language in PLURALS:
        path = po_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        translations = read_po(path.read_text()) if path.exists() else {}
        source = write_po(language, texts, translations)
        path.write_text(source)
        path.with_suffix(".mo").write_bytes(compiled(language, read_po(source)))
        for line in gaps(texts, read_po(source)):
            missing += 1
            print(f"{language} {line}")
    print(f"{len(texts)} texts, {missing} to translate")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
