"""The screens are in French and English too: each text has a translation with the same placeholders, and is compiled."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from scripts import messages
from tests.world import make_world


@pytest.mark.parametrize("language", sorted(messages.PLURALS))
def test_each_text_of_the_screens_is_translated(language):
    known = messages.read_po(messages.po_path(language).read_text())
    assert list(messages.gaps(messages.collect(), known)) == []


@pytest.mark.parametrize("language", sorted(messages.PLURALS))
def test_what_is_compiled_is_what_is_written(language):
    path = messages.po_path(language)
    assert path.with_suffix(".mo").read_bytes() == messages.compiled(
        language, messages.read_po(path.read_text())
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "word"), [("fr", "Débiteurs"), ("en", "Debtors"), ("nl", "Debiteuren")])
def test_a_user_sees_the_screens_in_his_language(client, language, word):
    world = make_world()
    world.user.language = language
    world.user.save()
    client.force_login(world.user)
    with translation.override(None):
        page = client.get(reverse("today", kwargs={"administration": world.slug})).content.decode()
    assert word in page
    assert f'<html lang="{language}"' in page
