"""Which set a scene heading asks for."""

from __future__ import annotations

import re

from maquette.direct.wordlists import words
from maquette.film.screenplay import Heading, Setting
from maquette.film.stage import SetKind

_INSIDE: dict[SetKind, str] = {
    SetKind.KITCHEN: "kitchen, kitchenette, galley, pantry, scullery, larder, laundry, laundry room, utility room",
    SetKind.BEDROOM: (
        "bedroom, bed room, hotel room, motel room, hospital room, hospital, ward, hospital ward, dorm, dorm room, "
        "dormitory, nursery, guest room, master bedroom, cabin bedroom, bedchamber, chamber, sick room, sickroom, "
        "suite, "
        "hotel suite, cell, prison cell, jail cell, attic, loft bedroom, recovery room, intensive care, icu, bunk, "
        "barracks, "
        "berth, hospice, boudoir"
    ),
    SetKind.LIVING_ROOM: (
        "living room, livingroom, sitting room, lounge, parlour, parlor, flat, apartment, house, home, front room, "
        "den, "
        "family room, drawing room, cottage, cabin, bungalow, studio apartment, loft, penthouse, salon, dining room, "
        "great room, conservatory, sunroom, farmhouse, mansion, villa, manor, condo, townhouse, trailer, caravan, "
        "houseboat, hut, shack, rec room, games room, basement flat, bedsit, hotel lounge, room"
    ),
    SetKind.OFFICE: (
        "office, study, police station, precinct, classroom, school, library, bureau, headquarters, newsroom, "
        "workshop, "
        "interrogation room, interview room, conference room, meeting room, boardroom, board room, squad room, bank, "
        "laboratory, lab, consulting room, surgery, doctor's office, waiting room, clinic, law firm, courtroom, "
        "reception, studio, control room, situation room, war room, embassy, agency, archive, staff room, staffroom, "
        "principal's office, headmaster's office, cubicle, post office, examination room, pharmacy, morgue, "
        "research station, operations room, town hall, city hall, watch room, radio room, shipping"
    ),
    SetKind.BAR: (
        "bar, pub, tavern, nightclub, night club, club, saloon, inn, taproom, speakeasy, cocktail bar, wine bar, "
        "beer hall, jazz club, strip club, casino, cantina, dive, disco, dive bar"
    ),
    SetKind.DINER: (
        "diner, cafe, café, coffee shop, coffeehouse, coffee house, restaurant, bistro, canteen, cafeteria, mess hall, "
        "tea room, tearoom, bakery, pizzeria, trattoria, brasserie, luncheonette, truck stop, ice cream parlour, "
        "ice cream parlor, chip shop, fast food, burger joint, mess, food court, noodle bar, sushi bar, coffee bar, "
        "snack bar, "
        "roadhouse"
    ),
    SetKind.STAIRWELL: "stairwell, stairs, staircase, stairway, landing, fire stairs, fire escape, spiral stairs, "
    "stair",
    SetKind.CORRIDOR: (
        "corridor, hallway, hall, lobby, passage, passageway, foyer, entrance hall, hotel lobby, vestibule, tunnel, "
        "subway tunnel, elevator, lift, gangway, entryway, anteroom, backstage, cloister, locker room, underpass, "
        "hospital corridor, airport, terminal, gallery, subway station, train station, underground station, concourse"
    ),
    SetKind.CAR: (
        "car, truck, taxi, cab, van, pickup, pick-up, pickup truck, police car, patrol car, cruiser, squad car, "
        "limousine, "
        "limo, sedan, jeep, suv, ambulance, automobile, vehicle, station wagon, convertible, lorry, cop car, camper "
        "van, "
        "minivan, hearse, mercedes, volvo, chevy, cadillac, mustang, bmw, land rover, ford, toyota, honda, volkswagen, "
        "beetle, porsche, buick, uber"
    ),
}
_OUTSIDE: dict[SetKind, str] = {
    SetKind.ROOFTOP: "rooftop, roof, roof top, roof terrace, terrace roof, helipad, parapet, rooftop bar, roof garden",
    SetKind.SHORE: (
        "shore, beach, harbour, harbor, cliff, cliffs, lake, pier, seaside, coast, coastline, seashore, waterfront, "
        "dock, docks, "
        "quay, jetty, riverbank, river bank, river, lakeside, bay, cove, sea, ocean, wharf, marina, island, "
        "lighthouse, "
        "dunes, estuary, lagoon, shoreline, headland, promontory, ferry, boat, ship, deck, mudflats, pond, water, "
        "port, "
        "slipway, breakwater, embankment, sandbank, cliff top, clifftop, lake shore, lakeshore"
    ),
    SetKind.FOREST: (
        "forest, woods, wood, jungle, park, woodland, grove, glade, clearing, orchard, rainforest, thicket, swamp, "
        "trees, copse, garden, gardens, backyard, back yard, cemetery, graveyard, churchyard, forest path, forest "
        "trail, "
        "forest road, forest track, forest lane, jungle path, woodland path, trail, treeline, campsite, camp, "
        "wilderness, bush, mountains, ravine, gorge, zoo, playground, forest clearing"
    ),
    SetKind.ROAD: (
        "road, highway, lane, motorway, freeway, country road, dirt road, roadside, track, interstate, country lane, "
        "crossroads, crossroad, desert road, gas station, petrol station, toll booth, bridge, mountain road, "
        "mountain pass, "
        "lay-by, border crossing, checkpoint, autobahn, overpass, coast road, turnpike, hard shoulder, level crossing"
    ),
    SetKind.FIELD: (
        "field, meadow, desert, farm, farmland, plain, plains, prairie, hill, hillside, hilltop, moor, moors, "
        "moorland, "
        "pasture, grassland, savanna, savannah, steppe, battlefield, vineyard, wheat field, cornfield, corn field, "
        "valley, "
        "countryside, heath, tundra, snowfield, wasteland, football pitch, pitch, stadium, ranch, paddock, racecourse, "
        "lawn, lawns, airfield, runway, quarry, ruins, mountain, glacier, canyon, trench, salt flats, farmyard, barn"
    ),
    SetKind.STREET: (
        "street, alley, alleyway, market, square, town, city, avenue, boulevard, sidewalk, pavement, plaza, village, "
        "downtown, back alley, backstreet, side street, main street, high street, neighbourhood, neighborhood, suburb, "
        "courtyard, car park, parking lot, parking garage, parking structure, marketplace, market square, bus stop, "
        "front door, "
        "building, apartment building, apartment block, house, home, shop, store, hotel, motel, church, school, "
        "hospital, "
        "office, office building, police station, station, train station, diner, bar, pub, restaurant, cafe, café, "
        "bank, prison, warehouse, factory, theatre, theater, cinema, block, gate, driveway, driveway, porch, "
        "doorstep, yard, "
        "nightclub, club, airport, museum, library, courthouse, palace, castle, mansion, cannery, tenement, terrace, "
        "balcony, mews, city street, construction site, junkyard, scrapyard, tower, temple, mosque, university, "
        "campus, schoolyard, fairground, carnival, embassy, precinct, office block, flat, apartment, cottage, villa, "
        "flats"
    ),
}


def _words(table: dict[SetKind, str]) -> dict[str, SetKind]:
    return {phrase.strip(): kind for kind, text in table.items() for phrase in text.split(",")}


_IN, _OUT = _words(_INSIDE), _words(_OUTSIDE)
_NO_SET = words(
    "bathroom toilet restroom washroom basement cellar garage church chapel cathedral warehouse barn "
    "factory theatre "
    "theater cinema gym gymnasium pool hangar spaceship spacecraft submarine aircraft airplane plane cockpit "
    "stable "
    "sauna shower closet vault bunker cave mine crypt tomb arena shop store supermarket museum tent train"
)
"""Rooms that no set is built for yet: better the neutral stage, said aloud, than the wrong room."""
_IN_ACTION: tuple[tuple[str, SetKind], ...] = (
    (r"\b(?:steering wheel|dashboard|windscreen|windshield|rear-view mirror)\b", SetKind.CAR),
    (r"\b(?:barman|bartender|barmaid|bar stool|at the bar)\b", SetKind.BAR),
    (r"\b(?:waitress|waiter|booth)\b", SetKind.DINER),
    (r"\b(?:stove|sink|fridge|refrigerator|oven)\b", SetKind.KITCHEN),
    (r"\b(?:in bed|on the bed|pillow|bedside)\b", SetKind.BEDROOM),
    (r"\b(?:sofa|couch|armchair|fireplace|mantelpiece)\b", SetKind.LIVING_ROOM),
    (r"\b(?:behind (?:the|a|his|her) (?:\w+ )?desk|filing cabinet|at (?:the|a|his|her) desk)\b", SetKind.OFFICE),
    (r"\b(?:waves|surf|sand|shingle)\b", SetKind.SHORE),
    (r"\b(?:between|among|through) the trees\b", SetKind.FOREST),
    (r"\b(?:pavement|sidewalk|street lamp|streetlight)\b", SetKind.STREET),
)


def _find(text: str, table: dict[str, SetKind]) -> tuple[SetKind, str] | None:
    """The kind named by the last known phrase of a text; longer phrases count before shorter ones that end together."""
    words = re.findall(r"[\wÀ-ÿ'’-]+", text.lower())
    for end in range(len(words), 0, -1):
        for start in range(max(0, end - 3), end):
            phrase = " ".join(words[start:end]).replace("’", "'")
            for form in (phrase, phrase.removesuffix("s")):
                if form in table:
                    return table[form], form
    return None


def _part(text: str, outside: bool) -> tuple[SetKind, str] | None:
    """What one part of a heading says, or None."""
    if not outside and re.search(r"\w['’]s? (?:bed)?room$", text.strip(), re.IGNORECASE):
        return SetKind.BEDROOM, text.lower()
    words = set(re.findall(r"\w+", text.lower()))
    hit = _find(text, _OUT if outside else _IN)
    if hit is None and not outside and words & _NO_SET:
        return SetKind.NEUTRAL, min(words & _NO_SET)
    return hit


def read_place(heading: Heading, action: str = "") -> tuple[SetKind, str]:
    """The set that a heading asks for and the word that says so: ("neutral stage", "") when no word is known.

    The most particular part decides: "LIGHTHOUSE - KITCHEN" is a kitchen. INT. and EXT. choose what a word means: EXT.
    DINER is the street in front of it. `action` helps only when the heading is silent.
    """
    parts = [*reversed(heading.sub_locations), heading.location]
    outside = heading.setting in (Setting.EXT, Setting.EST)
    sides = [outside]
    if heading.setting in (Setting.INT_EXT, Setting.UNKNOWN):
        sides.append(not outside)
    for side in sides:
        for part in parts:
            hit = _part(part, side)
            if hit:
                return hit
    if outside:
        inside = next((hit for part in parts if (hit := _find(part, _IN))), None)
        if inside:
            return (SetKind.ROAD if inside[0] is SetKind.CAR else SetKind.STREET), inside[1]
    for pattern, kind in _IN_ACTION:
        match = re.search(pattern, action, re.IGNORECASE)
        if match and (kind in _OUTSIDE) == outside:
            return kind, match.group()
    return SetKind.NEUTRAL, ""


def set_kind(heading: Heading, action: str = "") -> SetKind:
    """The kind of set a heading asks for; see `read_place`."""
    return read_place(heading, action)[0]
