"""Forms as versioned data; a version never changes once made."""

from django.db import models

from fondaco.programmes.models import Programme


class FormVersion(models.Model):
    """One frozen version of a form; `form` is the code of the call it belongs to."""

    form = models.SlugField(max_length=60)
    number = models.PositiveSmallIntegerField()
    schema = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="form_version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.number}"


class BankQuestion(models.Model):
    """A question that a programme keeps ready for its forms, as a form's data says it."""

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="bank_questions"
    )
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=60)
    data = models.JSONField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="bank_question_code_once")
        ]

    def __str__(self) -> str:
        return self.code
