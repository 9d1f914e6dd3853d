"""Fields that read what people type here: amounts with a comma, days day first, and the form that carries them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, ClassVar

from django import forms

from beluur.values.money import Money
from beluur.values.problem import Refused
from beluur.values.sentence import say
from beluur.values.typed import typed_cents, typed_date
from beluur.web.frame import in_words
from beluur.web.language import typed_amount


class WholeField(forms.IntegerField):
    """A whole number from 0 to ``most``; of anything else one sentence says which numbers may be."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=most, **kwargs)
        self.most = most

    def to_python(self, value: Any) -> Any:
        """A number within the bounds; None when it is empty."""
        try:
            number = super().to_python(value)
        except forms.ValidationError:
            number = -1
        if number is not None and not 0 <= number <= self.most:
            raise forms.ValidationError(in_words(say("house.whole_number", most=self.most)))
        return number


class CentsField(forms.CharField):
    """An amount as typed, as whole cents; empty is None. With ``most`` it is from 0 to so many cents."""

    def __init__(self, *, most: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most
        self.widget.attrs |= {"class": "input input--amount", "inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value: Any) -> Any:
        """Whole cents."""
        text = super().to_python(value)
        if not text:
            return None
        cents = typed_cents(text)
        if cents is None:
            raise forms.ValidationError(in_words(say("by_hand.amount_wrong", text=text[:40])))
        if self.most is not None and not 0 <= cents <= self.most:
            raise forms.ValidationError(in_words(say("house.amount_most", most=Money(self.most, "EUR"))))
        return cents

    def prepare_value(self, value: Any) -> Any:
        """As it is written here; what was typed stays as typed."""
        return typed_amount(value) if isinstance(value, int) else value


class DayPicker(forms.DateInput):
    """The browser's own."""

    input_type = "date"


class DayField(forms.CharField):
    """A day; the browser's own picker sends ISO, a hand may type 23-11-2026 or 23 nov."""

    widget = DayPicker

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.today = date.max

    def to_python(self, value: Any) -> Any:
        """A date."""
        text = value.isoformat() if isinstance(value, date) else super().to_python(value)
        if not text:
            return None
        day = typed_date(text, self.today)
        if day is None:
            raise forms.ValidationError(in_words(say("by_hand.day_wrong", text=text[:40])))
        return day

    def prepare_value(self, value: Any) -> Any:
        """ISO, for the picker."""
        return value.isoformat() if isinstance(value, date) else value


@dataclass(frozen=True, slots=True)
class Place:
    """A field in the form. ``shape``: field, choice (one box) or choices (several)."""

    field: forms.BoundField
    shape: str
    size: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Section:
    """Fields under one heading; the heading may be empty."""

    title: str
    places: tuple[Place, ...]


class ShortForm(forms.Form):
    """A form in sections. ``FULL`` names fields over the whole width, ``SHORT`` narrow ones, ``ASKED`` those that
    stand there only when an action asks for them. ``CHECKS`` are what an action refuses, by field: told together with what could
    not be read, for then the action is not asked."""

    SECTIONS: ClassVar[tuple[tuple[Any, tuple[str, ...]], ...]] = ()
    FULL: ClassVar[frozenset[str]] = frozenset()
    SHORT: ClassVar[frozenset[str]] = frozenset()
    ASKED: ClassVar[frozenset[str]] = frozenset()
    CHECKS: ClassVar[Mapping[str, Callable[[str], object]]] = {}
    use_required_attribute = False

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        for field in self.fields.values():
            field.error_messages["required"] = in_words(say("general.required"))
            field.error_messages["invalid_choice"] = in_words(say("by_hand.choose"))
            if isinstance(field, DayField):
                field.today = today
            _dress(field.widget)

    def clean(self) -> dict[str, Any]:
        """Each field that holds something, by its own check; and the whole, when a field could not be read."""
        super().clean()
        for name, check in self.CHECKS.items():
            if text := self.cleaned_data.get(name):
                self._try(partial(check, text))
        if self.errors:
            self._try(self.check_the_rest)
        return self.cleaned_data

    def check_the_rest(self) -> None:
        """Refuses what an action would refuse of the fields that could be read."""

    def _try(self, check: Callable[[], object]) -> None:
        try:
            check()
        except Refused as refused:
            for one in (refused, *refused.also):
                if one.field not in self.errors:
                    self._put(one)

    def refuse(self, refused: Refused) -> None:
        """Puts each sentence of a refusal at its field."""
        for one in (refused, *refused.also):
            self._put(one)

    def _put(self, refused: Refused) -> None:
        place = refused.field if refused.field in self.fields else None
        self.add_error(place, in_words(refused.sentence))

    def sections(self) -> Iterator[Section]:
        """What the template shows, in order."""
        for title, names in self.SECTIONS or (("", tuple(self.fields)),):
            places = tuple(
                self._place(name) for name in names if name in self.fields and self._is_shown(name)
            )
            if places:
                yield Section(str(title), places)

    def _is_shown(self, name: str) -> bool:
        return name not in self.ASKED or name in self.errors or bool(self.data.get(name))

    def _place(self, name: str) -> Place:
        field = self.fields[name]
        shape = "field"
        if isinstance(field.widget, forms.CheckboxInput):
            shape = "choice"
        elif isinstance(field.widget, forms.CheckboxSelectMultiple):
            shape = "choices"
        size = "full" if name in self.FULL else "short" if name in self.SHORT else ""
        closed = isinstance(field.widget, forms.Select | forms.CheckboxInput | forms.CheckboxSelectMultiple)
        return Place(self[name], shape, size, optional=not field.required and not closed)


def _dress(widget: forms.Widget) -> None:
    """The classes of the look."""
    if "class" in widget.attrs:
        return
    match widget:
        case forms.CheckboxInput() | forms.CheckboxSelectMultiple():
            widget.attrs["class"] = "choice__box"
        case forms.Select():
            widget.attrs["class"] = "select"
        case forms.Textarea():
            widget.attrs["class"] = "textarea"
            widget.attrs.setdefault("rows", 3)
        case _:
            widget.attrs["class"] = "input"
