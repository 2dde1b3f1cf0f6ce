"""Asking for a picture in a form: it is drawn anew, or refused with the reason."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from fondaco.kernel.decisions import Refused
from fondaco.web.pictures import LONGEST_SIDE, MEGABYTES, MOST_BYTES, Fault, Redrawn, redrawn

HELP = _(
    "PNG, JPEG or WebP, at most {megabytes} MB. It is drawn anew, at most {side} pixels wide and "
    "high; what else the file holds, such as the place of a photograph, is left out."
)
PICTURE_FAULTS: dict[Fault, Promise] = {
    Fault.EMPTY: _("The file is empty."),
    Fault.TOO_LARGE: format_lazy(
        _("The file is larger than the {megabytes} MB that are allowed."), megabytes=MEGABYTES
    ),
    Fault.TOO_MANY_PIXELS: _(
        "The picture has too many pixels. Make it smaller, 512 pixels wide is enough."
    ),
    Fault.DRAWING: _(
        "SVG is not taken, because such a file can carry a program. Save the picture as PNG."
    ),
    Fault.UNKNOWN: _("By its content the file is no PNG, JPEG or WebP picture."),
    Fault.BROKEN: _("The picture cannot be read to its end. Save it again and try once more."),
}


class PictureField(forms.FileField):
    """A picture, drawn anew; whatever else the file holds is left behind."""

    def __init__(self, *, longest: int = LONGEST_SIDE, **options: Any) -> None:
        options["widget"] = forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"})
        options["allow_empty_file"] = True
        said = format_lazy(HELP, megabytes=MEGABYTES, side=longest)
        super().__init__(help_text=said, **options)
        self.longest = longest

    def clean(self, data: Any, initial: Any = None) -> Redrawn | None:
        """What we drew; the reason where the file is no picture that we take."""
        sent: UploadedFile[Any] | None = super().clean(data, initial)
        if sent is None:
            return None
        try:
            if (sent.size or 0) > MOST_BYTES:
                raise Refused(Fault.TOO_LARGE)
            return redrawn(sent.read(), longest=self.longest)
        except Refused as refusal:
            said = [str(PICTURE_FAULTS[Fault(reason)]) for reason in refusal.reasons]
            raise forms.ValidationError(said) from None
