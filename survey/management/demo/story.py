"""Woonzorgcentrum De Linde: three bevragingen of four teams, as plain data.

Counts stand in the order of the options of a question, ja before nee. What the counts of a
yes/no question leave over gave no answer; for the other questions `skipped` says how many.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from survey.models.told import PROPOSED

BRUSSELS = ZoneInfo("Europe/Brussels")

ORGANISATION = "Woonzorgcentrum De Linde"
PASSWORD = "leercultuur-demo"  # noqa: S105
HR, FACILITATOR, ADMINISTRATOR = "hr@demo.example", "begeleider@demo.example", "beheer@demo.example"

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip

PENDING, SHOWN, HIDDEN = "PENDING", "SHOWN", "HIDDEN"


@dataclass(frozen=True)
class TeamStory:
    """A team and what it answered: counts per question, and texts with their state."""

    name: str
    headcount: int
    responses: int
    counts: Mapping[str, tuple[int, ...]]
    skipped: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class ActionStory:
    """One action, of a team or, without team, of the whole organisation."""

    team: str
    state: str
    text: str
    question: str = ""
    first_step: str = ""
    who: str = ""
    needed: str = ""
    asked_of_management: str = ""
    noticed_by: str = ""
    review_in: int | None = None
    is_shared: bool = False


@dataclass(frozen=True)
class RoundStory:
    """One bevraging, in days from the day on which the demo is made.

    What ended is closed on its last day; the other is open.
    """

    starts_in: int
    ends_in: int
    heard_when: str
    teams: tuple[TeamStory, ...]
    actions: tuple[ActionStory, ...] = ()

    @property
    def is_closed(self) -> bool:
        return self.ends_in < 0

    def title_on(self, today: date) -> str:
        """Return the title: the month in which it ends, so that no two are called the same."""
        last_day = today + timedelta(days=self.ends_in)
        return f"Leercultuur {MONTHS[last_day.month - 1]} {last_day.year}"


FIRST = RoundStory(
    starts_in=-300,
    ends_in=-282,
    heard_when="Op het eerste teamoverleg na de einddatum.",
    teams=(
        TeamStory(
            "Zorg", 14, 10,
            {
                "v1": (5, 4), "v2": (6, 4), "v3": (2, 8), "v4": (7, 2), "v5": (5, 5),
                "v6": (9, 3, 7, 2, 3, 1), "v7": (2, 6, 8, 2, 6, 0), "v8": (4, 5, 2, 9, 6, 2, 0),
                "v9": (4, 1, 5, 3, 0, 2, 0), "v10": (5, 7, 6, 1, 2, 4, 0),
                "v11": (7, 7, 5, 2, 0, 2, 2, 0),
            },
            skipped={"v9": 1, "v10": 1, "v11": 1},
            texts={"v6": (("In de gang, bij de medicatiekar", SHOWN),)},
        ),
        TeamStory(
            "Keuken", 9, 7,
            {
                "v1": (5, 2), "v2": (3, 4), "v3": (2, 5), "v4": (4, 3), "v5": (3, 3),
                "v6": (6, 4, 3, 0, 3, 0), "v7": (0, 3, 6, 3, 3, 0), "v8": (4, 2, 1, 6, 5, 2, 0),
                "v9": (5, 3, 3, 2, 0, 2, 0), "v10": (4, 5, 4, 1, 1, 2, 0),
                "v11": (6, 5, 2, 1, 0, 1, 2, 0),
            },
        ),
        TeamStory(
            "Onthaal en administratie", 6, 4,
            {
                "v1": (4, 0), "v2": (3, 1), "v3": (2, 2), "v4": (3, 1), "v5": (2, 2),
                "v6": (4, 2, 3, 2, 1, 0), "v7": (4, 2, 2, 1, 3, 0), "v8": (4, 2, 1, 3, 3, 1, 0),
                "v9": (2, 1, 2, 2, 0, 1, 0), "v10": (3, 3, 2, 1, 1, 2, 0),
                "v11": (3, 2, 2, 1, 0, 1, 1, 0),
            },
        ),
        TeamStory(
            "Technische dienst", 7, 3,
            {
                "v1": (2, 1), "v2": (1, 2), "v3": (0, 3), "v4": (2, 1), "v5": (2, 1),
                "v6": (3, 2, 1, 0, 1, 0), "v7": (1, 1, 3, 2, 1, 0), "v8": (2, 1, 1, 3, 1, 1, 0),
                "v9": (3, 1, 2, 1, 0, 0, 0), "v10": (2, 2, 2, 0, 0, 1, 0),
                "v11": (3, 2, 0, 0, 0, 1, 1, 0),
            },
        ),
    ),
    actions=(
        ActionStory(
            "Zorg", "DONE",
            "Elke nieuwe collega krijgt de eerste maand een meter of peter, ook in de nacht.",
            question="v5",
            first_step="Op het teamoverleg vragen wie meter of peter wil zijn.",
            who="Fatima en Wout",
            needed="Een halve dag vorming voor meters en peters",
            noticed_by="Nieuwe collega’s weten na een week bij wie ze terechtkunnen.",
            review_in=-190,
            is_shared=True,
        ),
        ActionStory(
            "Zorg", "CHANGED",
            "Elke eerste dinsdag een kwartier overleg over de samenwerking, na de overdracht.",
            question="v3",
            first_step="Volgende maand één keer proberen.",
            who="Katrien",
            noticed_by="Het overleg gaat ook door als het druk is.",
            review_in=-190,
        ),
    ),
)  # fmt: skip

LAST = RoundStory(
    starts_in=-102,
    ends_in=-84,
    heard_when="Op het eerste teamoverleg na de einddatum.",
    teams=(
        TeamStory(
            "Zorg", 15, 12,
            {
                "v1": (8, 3), "v2": (7, 5), "v3": (2, 10), "v4": (10, 1), "v5": (11, 1),
                "v6": (11, 5, 9, 2, 4, 3), "v7": (3, 8, 10, 4, 9, 1), "v8": (6, 7, 3, 12, 8, 5, 1),
                "v9": (6, 2, 7, 4, 0, 3, 1), "v10": (7, 9, 8, 2, 3, 5, 0),
                "v11": (10, 9, 7, 4, 0, 3, 2, 2),
            },
            skipped={"v9": 1, "v10": 2},
            texts={
                "v6": (
                    ("Bij de overdracht, tussen twee shiften in", SHOWN),
                    ("Op de parking na de late", SHOWN),
                    ("De WhatsAppgroep van de nacht", SHOWN),
                ),
                "v7": (("Een kwartiertje uitleg van de kinesist bij een nieuwe tillift", SHOWN),),
                "v8": (("De apotheker die de medicatie levert", SHOWN),),
                "v9": (("Meelopen op een andere afdeling, maar dat is gestopt", PENDING),),
                "v11": (
                    ("Wie er toevallig op de planning staat", SHOWN),
                    ("Het dialect van onze bewoners kennen", SHOWN),
                ),
            },
        ),
        TeamStory(
            "Keuken", 9, 6,
            {
                "v1": (5, 1), "v2": (2, 4), "v3": (3, 3), "v4": (4, 2), "v5": (5, 1),
                "v6": (6, 4, 2, 0, 3, 1), "v7": (0, 3, 6, 4, 3, 1), "v8": (4, 2, 1, 6, 5, 3, 0),
                "v9": (5, 3, 3, 2, 0, 2, 0), "v10": (4, 5, 4, 1, 1, 2, 0),
                "v11": (6, 5, 2, 1, 0, 1, 2, 1),
            },
            texts={
                "v6": (("Aan de afwas, daar wordt alles besproken", SHOWN),),
                "v7": (("Een filmpje over de nieuwe stoomoven", PENDING),),
                "v11": (("Altijd dezelfde twee, je weet wel wie", HIDDEN),),
            },
        ),
        TeamStory(
            "Onthaal en administratie", 6, 3,
            {
                "v1": (3, 0), "v2": (2, 1), "v3": (2, 1), "v4": (2, 1), "v5": (2, 1),
                "v6": (3, 1, 2, 2, 1, 0), "v7": (3, 2, 2, 1, 2, 1), "v8": (3, 2, 1, 2, 2, 1, 0),
                "v9": (2, 1, 2, 1, 0, 1, 0), "v10": (2, 3, 2, 1, 1, 1, 0),
                "v11": (2, 2, 2, 1, 0, 1, 1, 0),
            },
            texts={"v7": (("Meekijken met de collega van de boekhouding", SHOWN),)},
        ),
        TeamStory(
            "Technische dienst", 7, 2,
            {
                "v1": (1, 1), "v2": (1, 1), "v3": (0, 2), "v4": (1, 1), "v5": (1, 0),
                "v6": (2, 2, 1, 0, 1, 0), "v7": (1, 1, 2, 1, 1, 0), "v8": (2, 1, 0, 2, 1, 1, 1),
                "v9": (2, 1, 2, 0, 0, 0, 0), "v10": (1, 2, 1, 0, 0, 0, 0),
                "v11": (2, 1, 0, 0, 0, 1, 1, 0),
            },
            texts={"v8": (("De hersteller van de lift, als hij hier toch is", SHOWN),)},
        ),
    ),
    actions=(
        ActionStory(
            "Zorg", "BUSY",
            "Na elke overdracht één ding zeggen dat we die dag van elkaar leerden.",
            question="v9",
            first_step="Twee weken proberen op de vroege.",
            who="Wout en Nele",
            needed="Iemand die het de eerste weken opstart",
            asked_of_management="Vijf minuten extra overlap tussen vroege en late",
            noticed_by="Collega’s vertellen het zelf verder aan wie er niet bij was.",
            review_in=28,
            is_shared=True,
        ),
        ActionStory(
            "Keuken", "OPEN",
            "Eén keer per maand gaat een keukencollega mee naar het teamoverleg van Zorg.",
            question="v2",
            first_step="Data vastleggen met Zorg.",
            who="Sofie",
            review_in=28,
        ),
        ActionStory(
            "", "OPEN",
            "Elk team krijgt vier keer per jaar een uur om over samenwerken te praten.",
            question="v3",
            first_step="Het eerste uur komt in de volgende planning.",
            who="De directie",
            review_in=56,
            is_shared=True,
        ),
    ),
)  # fmt: skip

NOW = RoundStory(
    starts_in=-7,
    ends_in=14,
    heard_when=PROPOSED["heard_when"],
    teams=(
        TeamStory(
            "Zorg", 15, 4,
            {
                "v1": (3, 1), "v2": (2, 2), "v3": (1, 3), "v4": (4, 0), "v5": (4, 0),
                "v6": (4, 2, 3, 1, 1, 1), "v7": (1, 3, 3, 2, 3, 0), "v8": (2, 2, 1, 4, 3, 2, 0),
                "v9": (2, 1, 3, 1, 1, 1, 0), "v10": (2, 3, 3, 1, 1, 2, 0),
                "v11": (3, 3, 2, 1, 0, 1, 1, 0),
            },
            texts={"v6": (("Aan de rokershoek, ook wie niet rookt", PENDING),)},
        ),
        TeamStory(
            "Keuken", 9, 2,
            {
                "v1": (2, 0), "v2": (1, 1), "v3": (1, 1), "v4": (1, 1), "v5": (2, 0),
                "v6": (2, 1, 1, 0, 1, 0), "v7": (0, 1, 2, 1, 1, 0), "v8": (1, 1, 0, 2, 2, 1, 0),
                "v9": (2, 1, 1, 1, 0, 1, 0), "v10": (1, 2, 1, 0, 0, 1, 0),
                "v11": (2, 2, 1, 0, 0, 0, 1, 0),
            },
        ),
        TeamStory(
            "Onthaal en administratie", 6, 1,
            {
                "v1": (1, 0), "v2": (1, 0), "v3": (0, 1), "v4": (1, 0), "v5": (0, 1),
                "v6": (1, 0, 1, 1, 0, 0), "v7": (1, 1, 0, 0, 1, 0), "v8": (1, 0, 0, 1, 1, 0, 0),
                "v9": (1, 0, 1, 0, 0, 0, 0), "v10": (1, 1, 0, 0, 0, 0, 0),
                "v11": (1, 0, 1, 0, 0, 0, 1, 0),
            },
        ),
        TeamStory("Technische dienst", 7, 0, {}),
    ),
)  # fmt: skip

ROUNDS = (FIRST, LAST, NOW)
