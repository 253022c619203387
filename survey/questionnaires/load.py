"""Turn a checked questionnaire file into rows, once and for good."""

from django.db import transaction

from survey.models import Choice, Prompt, Question, Questionnaire

from .file import QuestionnaireContent


class VersionDiffers(Exception):
    """This version was loaded before with other content. A version never changes."""


def load_content(content: QuestionnaireContent) -> tuple[Questionnaire, bool]:
    """Return the questionnaire of this content, and whether it is new.

    Everything is stored in one transaction. Raises VersionDiffers if the version was loaded
    before from other content, used or not: results are compared by code and text.
    """
    with transaction.atomic():
        # Two servers that start together: the second one waits here and finds the first's.
        questionnaire, is_new = Questionnaire.objects.get_or_create(
            code=content.code,
            version=content.version,
            defaults={
                "title": content.title,
                "languages": list(content.languages),
                "source": content.source,
                "translation_note": content.translation_note,
                "digest": content.digest,
            },
        )
        if is_new:
            _store_questions(questionnaire, content)
            _store_pattern_prompts(questionnaire, content)
        elif questionnaire.digest != content.digest:
            raise VersionDiffers(
                f"{content.code} version {content.version} was loaded before with other texts, "
                f"and a version never changes. Make a new version: copy the file to "
                f"{content.code}-{content.version + 1}.toml, raise `version` in it and load that."
            )
    return questionnaire, is_new


def _store_questions(questionnaire, content):
    for number, written in enumerate(content.questions, start=1):
        question = Question.objects.create(
            questionnaire=questionnaire,
            number=number,
            code=written.code,
            kind=written.kind,
            text=written.text,
            hint=written.hint,
            topic=written.topic,
            keyword=written.keyword,
        )
        Choice.objects.bulk_create(
            Choice(
                question=question,
                position=position,
                code=choice.code,
                text=choice.text,
                is_other=choice.is_other,
            )
            for position, choice in enumerate(written.choices, start=1)
        )
        Prompt.objects.bulk_create(
            Prompt(questionnaire=questionnaire, question=question, position=position, text=text)
            for position, text in enumerate(written.prompts, start=1)
        )


def _store_pattern_prompts(questionnaire, content):
    Prompt.objects.bulk_create(
        Prompt(questionnaire=questionnaire, pattern=pattern, position=position, text=text)
        for pattern, prompts in content.pattern_prompts.items()
        for position, text in enumerate(prompts, start=1)
    )
