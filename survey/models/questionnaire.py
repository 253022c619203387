"""The instrument: one immutable version, loaded from a file by `load_questionnaire`.

Texts are one JSON field per row, {"nl": …, "fr": …}; a file may hold more languages than four.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

SOURCE_LANGUAGE = "nl"
LEAFLET = "leercultuur"  # the code of the questionnaire that every survey round uses


def in_language(text, language=None):
    """Return the text in the given language (default: the active one), else in Dutch."""
    return text.get(language or get_language()) or text.get(SOURCE_LANGUAGE, "")


class QuestionnaireQuerySet(models.QuerySet):
    def newest(self):
        """Return the newest version of the leaflet's questionnaire, or None if none is loaded."""
        return self.filter(code=LEAFLET).order_by("-version").first()


class Questionnaire(models.Model):
    """One version of the instrument. Never changes once it is loaded."""

    code = models.SlugField(_("code"), max_length=40)
    version = models.PositiveSmallIntegerField(_("versie"))
    title = models.JSONField(_("titel"))
    languages = models.JSONField(_("talen"))
    source = models.TextField(_("bron"))
    translation_note = models.JSONField(_("noot bij de vertaling"), default=dict)
    digest = models.CharField(_("controlegetal van het bestand"), max_length=64)

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        verbose_name = _("vragenlijst")
        verbose_name_plural = _("vragenlijsten")
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "version"],
                name="questionnaire_one_per_version",
                violation_error_message=_("Deze versie van de vragenlijst bestaat al."),
            )
        ]

    def __str__(self):
        return f"{in_language(self.title)} {self.version}"


class Question(models.Model):
    """A question of the leaflet, with a stable code that later versions keep."""

    class Kind(models.TextChoices):
        YES_NO = "YES_NO", _("ja of nee")
        MULTIPLE = "MULTIPLE", _("meerdere antwoorden mogelijk")

    questionnaire = models.ForeignKey(
        Questionnaire, models.CASCADE, verbose_name=_("vragenlijst"), related_name="questions"
    )
    number = models.PositiveSmallIntegerField(_("nummer"))
    code = models.SlugField(_("code"), max_length=20)
    kind = models.CharField(_("soort"), max_length=8, choices=Kind)
    text = models.JSONField(_("tekst"))
    hint = models.JSONField(_("uitleg in gewone taal"))
    topic = models.JSONField(_("onderwerp in het kort"))
    keyword = models.JSONField(_("kernwoord"))

    class Meta:
        verbose_name = _("vraag")
        verbose_name_plural = _("vragen")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "number"],
                name="question_one_per_number",
                violation_error_message=_("Er is al een vraag met dit nummer."),
            ),
            models.UniqueConstraint(
                fields=["questionnaire", "code"],
                name="question_one_per_code",
                violation_error_message=_("Er is al een vraag met deze code."),
            ),
        ]

    def __str__(self):
        return f"{self.number}. {in_language(self.text)}"


class Choice(models.Model):
    """An option of a question. Yes and no are choices too."""

    question = models.ForeignKey(
        Question, models.CASCADE, verbose_name=_("vraag"), related_name="choices"
    )
    position = models.PositiveSmallIntegerField(_("plaats"))
    code = models.SlugField(_("code"), max_length=20)
    text = models.JSONField(_("tekst"))
    is_other = models.BooleanField(_("Andere"), default=False)

    class Meta:
        verbose_name = _("antwoordmogelijkheid")
        verbose_name_plural = _("antwoordmogelijkheden")
        ordering = ["question", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "position"],
                name="choice_one_per_position",
                violation_error_message=_("Er staat al een antwoordmogelijkheid op deze plaats."),
            ),
            models.UniqueConstraint(
                fields=["question", "code"],
                name="choice_one_per_code",
                violation_error_message=_("Er is al een antwoordmogelijkheid met deze code."),
            ),
            models.UniqueConstraint(
                fields=["question"],
                condition=Q(is_other=True),
                name="choice_one_other_per_question",
                violation_error_message=_("Een vraag heeft hoogstens één keer Andere."),
            ),
        ]

    def __str__(self):
        return in_language(self.text)


class Prompt(models.Model):
    """A reflection prompt: of one question, or of a pattern in the results."""

    class Pattern(models.TextChoices):
        SPLIT = "SPLIT", _("verdeeld")
        ALMOST_ALL_NO = "ALMOST_ALL_NO", _("bijna allemaal nee")
        CHOSEN_BY_NONE = "CHOSEN_BY_NONE", _("door niemand aangekruist")
        ALMOST_ALL_YES = "ALMOST_ALL_YES", _("bijna allemaal ja")
        CHOSEN_BY_ALMOST_ALL = "CHOSEN_BY_ALMOST_ALL", _("door bijna iedereen aangekruist")
        NEW = "NEW", _("nieuw bij Andere")
        FEW_ANSWERS = "FEW_ANSWERS", _("weinig antwoorden")
        NEXT_TIME = "NEXT_TIME", _("volgende bevraging")

    questionnaire = models.ForeignKey(
        Questionnaire, models.CASCADE, verbose_name=_("vragenlijst"), related_name="prompts"
    )
    question = models.ForeignKey(
        Question,
        models.CASCADE,
        verbose_name=_("vraag"),
        related_name="prompts",
        null=True,
        blank=True,
    )
    pattern = models.CharField(_("patroon"), max_length=20, choices=Pattern, blank=True)
    position = models.PositiveSmallIntegerField(_("plaats"))
    text = models.JSONField(_("tekst"))

    class Meta:
        verbose_name = _("gespreksvraag")
        verbose_name_plural = _("gespreksvragen")
        ordering = ["questionnaire", "question", "pattern", "position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(question__isnull=False, pattern="")
                | (Q(question__isnull=True) & ~Q(pattern="")),
                name="prompt_of_question_or_pattern",
                violation_error_message=_(
                    "Een gespreksvraag hoort bij één vraag of bij één patroon."
                ),
            ),
            models.UniqueConstraint(
                fields=["question", "position"],
                condition=Q(question__isnull=False),
                name="prompt_of_question_one_per_position",
            ),
            models.UniqueConstraint(
                fields=["questionnaire", "pattern", "position"],
                condition=Q(question__isnull=True),
                name="prompt_of_pattern_one_per_position",
            ),
        ]

    def __str__(self):
        return in_language(self.text)
