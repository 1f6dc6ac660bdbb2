"""Events of the demo: a year of a Bengali community, counted from the day of seeding."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bashi.core.events.rules import TypeContent
from bashi.core.text import Text
from bashi.entry.demo import art as demo_art

NO_REFUND = Text(
    {
        "en": "This event is free: if you cannot come, please let us know, so that others can.",
        "bn": "প্রবেশ বিনামূল্যে। আসতে না পারলে জানাবেন, যাতে অন্য কেউ আসতে পারেন।",
    }
)
REFUND = Text(
    {
        "en": "Full refund until seven days before the event; after that, give your "
        "ticket to a friend.",
        "bn": "অনুষ্ঠানের সাত দিন আগে পর্যন্ত পুরো টাকা ফেরত; তার পরে টিকিটটি কোনো বন্ধুকে দিতে পারেন।",
    }
)


@dataclass(frozen=True, slots=True)
class DemoEvent:
    slug: str
    days: int
    """To the Saturday on or after this day from today; below -7 it is over."""
    hour: int
    """Local hour of the start."""
    hours: int
    title: Text
    summary: Text
    description: Text
    venue: str
    address: str
    cover: Callable[[], bytes]
    alt: str
    types: Sequence[TypeContent]
    free: bool = False
    tonight: bool = False
    """Starts in some hours, so that the door can be tried; `days` and `hour` say nothing then."""


def _type(
    english: str,
    bangla: str,
    price_cents: int,
    capacity: int,
    *,
    kept_back: int = 0,
    max_per_order: int = 10,
    hidden: bool = False,
) -> TypeContent:
    return TypeContent(
        name=Text({"en": english, "bn": bangla}),
        price_cents=price_cents,
        capacity=capacity,
        kept_back=kept_back,
        sale_starts_at=None,
        sale_ends_at=None,
        min_per_order=1,
        max_per_order=max_per_order,
        position=0,
        hidden=hidden,
    )


EVENTS = (
    DemoEvent(
        slug="adda-tonight",
        days=0,
        hour=0,
        hours=4,
        tonight=True,
        title=Text({"en": "Adda: An Open Evening", "bn": "আড্ডা: খোলা সন্ধ্যা"}),
        summary=Text(
            {
                "en": "Tea, telebhaja and talk without an agenda. The doors are open now.",
                "bn": "চা, তেলেভাজা আর গল্প, কোনো কাজের কথা নয়। দরজা এখনই খোলা।",
            }
        ),
        description=Text(
            {
                "en": "Bring a poem, a song or an opinion about football.\n\n"
                "- **Tea** from a very large kettle\n- **Telebhaja** until it is gone\n\n"
                "Children are welcome as long as they can stay awake.",
                "bn": "সঙ্গে আনুন একটি কবিতা, একটি গান, কিংবা ফুটবল নিয়ে মতামত।\n\n"
                "- মস্ত কেটলির **চা**\n- যতক্ষণ থাকে **তেলেভাজা**\n\n"
                "জেগে থাকতে পারলে ছোটরাও আসতে পারে।",
            }
        ),
        venue="The Reading Room",
        address="18 Elm Street, Edmond, OK 73034",
        cover=demo_art.lamps,
        alt="Rows of small oil lamps burning in the dark",
        types=(
            _type("Seat and tea", "আসন ও চা", 500, 80),
            _type("Child", "শিশু", 0, 40),
        ),
    ),
    DemoEvent(
        slug="durga-pujo",
        days=24,
        hour=17,
        hours=6,
        title=Text({"en": "Durga Pujo", "bn": "দুর্গাপূজা"}),
        summary=Text(
            {
                "en": "Drums, anjali, bhog for everybody and an evening of song: the goddess comes"
                " home to Oklahoma.",
                "bn": "ঢাকের বোল, অঞ্জলি, সবার জন্য ভোগ আর গানের সন্ধ্যা: মা আসছেন ওকলাহোমায়।",
            }
        ),
        description=Text(
            {
                "en": "The whole community under one roof.\n\n"
                "# The evening\n\n"
                "- **5:00 PM** Anjali, and sandhya arati with dhunuchi dance\n"
                "- **6:30 PM** Khichuri bhog, labra, chutney and payesh\n"
                "- **8:00 PM** *Agomoni*: songs and dance by our children and their teachers\n\n"
                "Please come in what you love to wear. Parking is free, the hall "
                "is step-free, and there is"
                " a quiet room for small children. Nobody under five needs a ticket.",
                "bn": "এক ছাদের নিচে গোটা সমাজ।\n\n"
                "# সন্ধ্যার সূচি\n\n"
                "- **বিকেল ৫টা** অঞ্জলি, সন্ধ্যারতি ও ধুনুচি নাচ\n"
                "- **সন্ধ্যা ৬টা ৩০** খিচুড়ি ভোগ, লাবড়া, চাটনি ও পায়েস\n"
                "- **রাত ৮টা** *আগমনী*: আমাদের ছোটদের ও তাদের শিক্ষকদের গান ও নাচ\n\n"
                "পছন্দের সাজে আসুন। গাড়ি রাখা বিনামূল্যে; হুইলচেয়ারে আসা যায়; "
                "ছোটদের জন্য শান্ত ঘর আছে। পাঁচ"
                " বছরের নিচে টিকিট লাগে না।",
            }
        ),
        venue="Riverside Community Hall",
        address="1200 River Road, Oklahoma City, OK 73108",
        cover=demo_art.durga,
        alt="The third eye of the goddess in a golden alpona on deep red",
        types=(
            _type("Adult", "প্রাপ্তবয়স্ক", 3500, 260, kept_back=10),
            _type("Child, 5 to 12", "শিশু, ৫ থেকে ১২", 1500, 120),
            _type("Student", "ছাত্রছাত্রী", 2000, 80),
            _type("Sponsor table, per seat", "পৃষ্ঠপোষক আসন", 10_000, 32, hidden=True),
        ),
    ),
    DemoEvent(
        slug="baul-evening",
        days=9,
        hour=19,
        hours=3,
        title=Text({"en": "An Evening of Baul Songs", "bn": "বাউল গানের সন্ধ্যা"}),
        summary=Text(
            {
                "en": "One singer, one ektara, forty songs of Lalon, and a very small room.",
                "bn": "একজন শিল্পী, একটি একতারা, লালনের গান, আর ছোট্ট একটি ঘর।",
            }
        ),
        description=Text(
            {
                "en": "We sit on the floor, close the door and listen. Tea and *muri-chanachur* in"
                " the interval.\n\nOnly a few seats: please come ten minutes "
                "early, the singing starts on"
                " time.",
                "bn": "মেঝেতে বসে, দরজা বন্ধ করে গান শোনা। বিরতিতে চা আর *মুড়ি-চানাচুর*।\n\n"
                "আসন অল্প: দশ মিনিট আগে আসুন, গান ঠিক সময়ে শুরু হবে।",
            }
        ),
        venue="The Old Library",
        address="44 Maple Street, Norman, OK 73069",
        cover=demo_art.baul,
        alt="An ektara under a crescent moon, oil lamps along the hills",
        types=(_type("Seat on the floor", "মেঝেতে আসন", 1800, 30, kept_back=23, max_per_order=4),),
    ),
    DemoEvent(
        slug="family-picnic",
        days=16,
        hour=11,
        hours=6,
        title=Text({"en": "Family Picnic by the Lake", "bn": "হ্রদের ধারে বনভোজন"}),
        summary=Text(
            {
                "en": "Free for all: bring a dish, a blanket and somebody new in town.",
                "bn": "সবার জন্য বিনামূল্যে: সঙ্গে আনুন একটি পদ, একটি চাদর আর শহরে নতুন কাউকে।",
            }
        ),
        description=Text(
            {
                "en": "Kite flying, a tug of war, *haari bhanga*, and cricket until the light"
                " goes.\n\nWe bring the grills and the rice. A ticket for each "
                "of you tells us how much.",
                "bn": "ঘুড়ি, দড়ি টানাটানি, *হাঁড়ি ভাঙা*, আর আলো থাকা পর্যন্ত ক্রিকেট।\n\n"
                "চুলা আর ভাত আমাদের। কতজন আসছেন জানতে সবার জন্য একটি করে টিকিট নিন।",
            }
        ),
        venue="Lakeside Park, Pavilion 4",
        address="8300 Lake Hefner Parkway, Oklahoma City, OK 73120",
        cover=demo_art.picnic,
        alt="Green hills, trees and bunting under a paper sun",
        types=(
            _type("Grown-up", "বড়দের", 0, 150),
            _type("Child", "ছোটদের", 0, 150),
        ),
        free=True,
    ),
    DemoEvent(
        slug="saraswati-puja",
        days=75,
        hour=9,
        hours=5,
        title=Text({"en": "Saraswati Puja", "bn": "সরস্বতী পূজা"}),
        summary=Text(
            {
                "en": "Yellow saris, first letters for the little ones, and khichuri at noon.",
                "bn": "হলুদ শাড়ি, ছোটদের হাতেখড়ি আর দুপুরে খিচুড়ি।",
            }
        ),
        description=Text(
            {
                "en": "Children may bring their books to be blessed. **Haate khori**, the first"
                " letters on a slate, is at 10 AM; tell us at the door and we "
                "keep a slate for your child.",
                "bn": "ছোটরা বই আনতে পারে আশীর্বাদের জন্য। **হাতেখড়ি** সকাল ১০টায়; "
                "দরজায় বললে আপনার"
                " সন্তানের জন্য স্লেট রাখা থাকবে।",
            }
        ),
        venue="Lotus School Gymnasium",
        address="615 College Avenue, Stillwater, OK 74074",
        cover=demo_art.saraswati,
        alt="A yellow lotus on still water",
        types=(
            _type("Adult with lunch", "প্রাপ্তবয়স্ক, দুপুরের খাবার সহ", 1200, 180),
            _type("Student with lunch", "ছাত্রছাত্রী, দুপুরের খাবার সহ", 600, 120),
        ),
    ),
    DemoEvent(
        slug="pohela-boishakh",
        days=140,
        hour=15,
        hours=7,
        title=Text({"en": "Pohela Boishakh", "bn": "পহেলা বৈশাখ"}),
        summary=Text(
            {
                "en": "The Bengali new year: a procession of masks, panta-ilish, open-air music.",
                "bn": "মুখোশের শোভাযাত্রা, পান্তা-ইলিশ আর খোলা আকাশের নিচে গানে বাংলা নববর্ষ।",
            }
        ),
        description=Text(
            {
                "en": "The procession leaves the fountain at 3 PM: make a mask, or borrow one."
                " After that food stalls, a fair of books and crafts, and two stages.\n\n"
                "> Esho he Boishakh, esho esho.",
                "bn": "শোভাযাত্রা ফোয়ারা থেকে বিকেল ৩টায়: মুখোশ বানিয়ে আনুন, বা ধার "
                "নিন। তারপর খাবারের"
                " দোকান, বই ও কারুপণ্যের মেলা আর দুটি মঞ্চ।\n\n> এসো হে বৈশাখ, এসো এসো।",
            }
        ),
        venue="Myriad Gardens Great Lawn",
        address="301 West Reno Avenue, Oklahoma City, OK 73102",
        cover=demo_art.boishakh,
        alt="A crimson sun with an alpona, rising over the new year",
        types=(
            _type("Day ticket", "সারাদিনের টিকিট", 2000, 800, kept_back=40),
            _type("Student", "ছাত্রছাত্রী", 1000, 200),
        ),
    ),
    DemoEvent(
        slug="diwali-lamps",
        days=-13,
        hour=18,
        hours=4,
        title=Text({"en": "Kali Pujo and a Thousand Lamps", "bn": "কালীপূজা ও হাজার প্রদীপ"}),
        summary=Text(
            {
                "en": "We lit a thousand clay lamps and ate all the sandesh.",
                "bn": "হাজার মাটির প্রদীপ জ্বেলেছি, আর সব সন্দেশ শেষ করেছি।",
            }
        ),
        description=Text(
            {
                "en": "Thank you for coming. The lamps are stored for next year, and so is the"
                " recipe for the *narkel naru*.",
                "bn": "আসার জন্য ধন্যবাদ। প্রদীপগুলো আগামী বছরের জন্য তোলা আছে, *নারকেল নাড়ুর* রেসিপিও।",
            }
        ),
        venue="Riverside Community Hall",
        address="1200 River Road, Oklahoma City, OK 73108",
        cover=demo_art.lamps,
        alt="Rows of clay lamps below a golden alpona",
        types=(_type("Adult", "প্রাপ্তবয়স্ক", 2000, 200),),
    ),
)
