"""Saves the words of a mail as the user wants them."""

from __future__ import annotations

from typing import Any

from beluur.actions.once import Doer, once
from beluur.mailroom.template import check_template
from beluur.mailroom.texts_file import MailKind, Template, default_template
from beluur.store.models import MailTemplate
from beluur.values.problem import Refused
from beluur.values.sentence import Sentence

_SUBJECT = ("mail.template.no_subject", "mail.template.subject_lines", "mail.template.piece_in_subject")
_LONGEST = 250


def template_problems(kind: MailKind, template: Template) -> tuple[tuple[str, Sentence], ...]:
    """What is wrong with it, each at its field: subject or body. Empty when it is right."""
    of_subject = set(check_template(Template(template.subject, "x")))
    return tuple(
        ("subject" if problem in of_subject or problem.code in _SUBJECT else "body", problem)
        for problem in check_template(template, kind)
    )


def save_template(doer: Doer, *, kind: MailKind, language: str, template: Template) -> None:
    """Refused with what is wrong with it. A text equal to ours is not kept: it improves with the product."""

    def do() -> dict[str, Any]:
        clean = Template(template.subject.strip()[:_LONGEST], template.body.replace("\r\n", "\n").strip())
        for field, problem in template_problems(kind, clean):
            raise Refused(problem, field)
        mine = MailTemplate.objects.filter(
            administration_id=doer.administration_id, kind=kind.value, language=language
        )
        mine.delete()
        if clean != default_template(kind, language):
            mine.create(
                administration_id=doer.administration_id,
                kind=kind.value,
                language=language,
                subject=clean.subject,
                body=clean.body,
                by_id=doer.user_id,
                at=doer.at,
            )
        return {}

    once(doer, "save_template", do)
