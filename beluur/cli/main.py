"""The command line: `beluur run` for people, `beluur today`, `read` and `when` without a browser, and what keeps house."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; gives its exit code: 0 done, 1 refused, 2 not understood."""
    options = parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "beluur.wiring.settings")
    command: Command = options.command
    try:
        return command(options)
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    top = argparse.ArgumentParser(
        prog="beluur", description="Facturen innen per telefoon: wie belt u nu, en waarom."
    )
    commands = top.add_subparsers(required=True, metavar="opdracht")
    run = _add(commands, "run", _run, "start Beluur: webpagina's en het werk op de achtergrond")
    run.add_argument("--host", default=os.environ.get("BELUUR_HOST", "127.0.0.1"))
    run.add_argument("--port", type=int, default=os.environ.get("BELUUR_PORT", "8000"))
    worker = _add(
        commands, "worker", _worker, "alleen het werk op de achtergrond: post, inlezen, de nachtelijke taken"
    )
    worker.add_argument("--once", action="store_true", help="doe wat klaarstaat en stop")
    _add(commands, "migrate", _migrate, "breng de database op orde")
    _add(commands, "demo", _demo, "maak de demo-administratie (opnieuw)")
    password = _add(commands, "password", _password, "zet een nieuw wachtwoord voor wie het zijne kwijt is")
    password.add_argument("email", metavar="E-MAIL")
    _add_reading(commands)
    backup = _add(commands, "backup", _backup, "maak een back-up van alles in één bestand")
    backup.add_argument("target", nargs="?", type=Path, metavar="MAP")
    restore = _add(commands, "restore", _restore, "zet een back-up terug in een lege gegevensmap")
    restore.add_argument("source", type=Path, metavar="BESTAND")
    return top


def _add_reading(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """What reads, prints, and keeps nothing."""
    today = _add(commands, "today", _today, "wie belt u vandaag, uit deze bestanden; niets wordt bewaard")
    today.add_argument("files", nargs="+", metavar="BESTAND", type=Path)
    today.add_argument(
        "--at", default="", help="het moment, bijvoorbeeld 2026-11-23T09:35 (tijd in Nederland)"
    )
    today.add_argument(
        "--as-of",
        default="",
        help="de dag tot welke de openstaande posten bekend zijn, bijvoorbeeld 2026-11-20",
    )
    read = _add(commands, "read", _read, "wat een bestand oplevert; er verandert niets")
    read.add_argument("file", metavar="BESTAND", type=Path)
    when = _add(
        commands, "when", _when, "wat een toezegging in woorden zegt: bedragen en dagen, of wat u nog vraagt"
    )
    when.add_argument("text", metavar="ZIN")
    when.add_argument("--on", default="", help="de dag waarop het gezegd is, bijvoorbeeld 2026-11-25")
    when.add_argument("--open", default="", help="wat er openstaat, bijvoorbeeld 2140,00")
    for command in (today, read, when):
        command.add_argument("--json", action="store_true", help="als JSON, voor programma's")
        command.add_argument("--lang", default="nl", choices=("nl", "en", "fr"))
    _add_reason(commands)


def _add_reason(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    about = "welke reden iemand geeft om niet te betalen, uit wat u noteert"
    reason = _add(commands, "reason", _reason, about)
    reason.add_argument("text", metavar="TEKST")
    reason.add_argument("--json", action="store_true", help="als JSON, voor programma's")
    reason.add_argument(
        "--lang", default="", choices=("nl", "en", "fr"), help="anders blijkt het uit de tekst"
    )


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, command: Command, about: str
) -> argparse.ArgumentParser:
    added = commands.add_parser(name, help=about, description=about)
    added.set_defaults(command=command)
    return added


def _run(options: argparse.Namespace) -> int:
    from beluur.cli.serving import serve

    return serve(options.host, options.port)


def _worker(options: argparse.Namespace) -> int:
    from beluur.cli.worker import work

    return work(once=options.once)


def _migrate(_: argparse.Namespace) -> int:
    from beluur.cli.serving import migrate

    migrate()
    return 0


def _demo(_: argparse.Namespace) -> int:
    from beluur.cli.serving import make_demo

    return make_demo()


def _password(options: argparse.Namespace) -> int:
    from beluur.cli.password import new_password

    return new_password(options.email)


def _today(options: argparse.Namespace) -> int:
    from beluur.cli.today import today

    return today(options.files, options.at, options.lang, as_of=options.as_of, as_json=options.json)


def _read(options: argparse.Namespace) -> int:
    from beluur.cli.reading import read_file

    return read_file(options.file, options.lang, as_json=options.json)


def _when(options: argparse.Namespace) -> int:
    from beluur.cli.when import when

    return when(options.text, options.on, options.lang, still_open=options.open, as_json=options.json)


def _reason(options: argparse.Namespace) -> int:
    from beluur.cli.reason import reason

    return reason(options.text, options.lang, as_json=options.json)


def _backup(options: argparse.Namespace) -> int:
    from beluur.cli.keeping import backup

    return backup(options.target)


def _restore(options: argparse.Namespace) -> int:
    from beluur.cli.keeping import restore

    return restore(options.source)


if __name__ == "__main__":
    sys.exit(main())
