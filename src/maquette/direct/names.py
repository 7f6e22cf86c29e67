"""What common names suggest. A guess of last resort: any word of the script overrules it, and it is always reported."""

from __future__ import annotations

import re

from maquette.direct.wordlists import words

_FEMALE = words(
    "ada adele agnes aisha alice alma amanda amelia amina amy ana andrea angela anita ann anna anne "
    "annie antonia "
    "astrid audrey ava barbara beatrice bella beth betty bianca birgit brenda bridget camila carla carmen carol "
    "caroline catherine cecilia celeste charlotte chiara chloe christina claire clara claudia connie cora dana "
    "daphne deborah denise diana dolores donna dora dorothy edith elaine eleanor elena elif elisa elizabeth ella "
    "ellen elsa emily emma erica esther eva eve evelyn fatima fiona florence frances freya gemma georgia gina "
    "giulia gloria grace greta hana hannah harriet hazel heather heidi helen helena hilda holly ida imani ines "
    "ingrid irene iris isabel isabella ivy jane janet jasmine jean jennifer jenny jessica jill joan joanna "
    "josephine "
    "joy joyce judith julia julie june karen kate katherine kathleen katie keiko kelly laila laura layla leila "
    "lena "
    "leonora lily linda lisa liv lola lorna louise lucia lucy lydia maeve maggie mara margaret maria marie marina "
    "marion marta martha mary matilda maud maya mei melissa mia michelle mila mina miriam molly monica nadia "
    "nadine "
    "naomi natalie natasha nell nina noor nora norma olga olive olivia pamela patricia paula pauline pearl "
    "penelope "
    "penny petra phoebe polly priya rachel rebecca renata rita rosa rose rosie ruby ruth sally samira sandra sara "
    "sarah selma sheila shirley signe sofia sonia sophia sophie stella susan svetlana sylvia tamara tanya teresa "
    "tess thelma tina tove una ursula valerie vanessa vera veronica victoria viola violet virginia vivian wanda "
    "wendy winifred xenia yasmin yoko yuki yvonne zara zeynep zoe"
)
_MALE = words(
    "aaron abdul abel abraham adam adrian ahmed alan albert alberto alexander alfred ali anders andre "
    "andrew angus "
    "anthony antonio archie arthur august axel basil ben benjamin bernard bill bjorn bob boris brad brian bruce "
    "bruno carl carlos cedric cesar charles charlie christian christopher clarence claude clive colin conrad "
    "cyril dan daniel david dean dennis derek desmond diego dimitri dmitri dominic donald douglas duncan edgar "
    "edmund eduardo edward edwin elias emil enrique eric erik ernest eugene evan felix fergus fernando finn "
    "francis "
    "franco frank franz fred frederick gabriel gareth gary gene geoffrey george gerald gianni gilbert giovanni "
    "glenn gordon graham greg gregory gunnar gustav guy hamid hans harold harry hassan hector henrik henry herbert "
    "hiro hiroshi howard hugh hugo ian ibrahim igor isaac ivan jack jackson jacob jake jamal james jan jason "
    "javier "
    "jeff jeremy jerome jerry jim jimmy joe joel johan johann john jonah jonas jonathan jorge jose joseph joshua "
    "juan julian justin karl keith ken kenji kenneth kevin kofi kurt kwame lars laurence leo leon leonard liam "
    "lloyd louis luca lucas luigi luis luke magnus malcolm marc marco marcus mario mark martin marvin matteo "
    "matthew maurice max maxim michael miguel mike mikhail milo mohamed muhammad nathan neil nicholas nick nigel "
    "nils noah norman oliver olaf omar orson oscar oskar otto owen pablo pascal patrick paul pedro per pete peter "
    "philip pierre rafael ralph ramon raymond reginald reza richard rob robert roberto rodney roger roland ron "
    "ronald rory roy rudolf rupert russell sam samuel saul scott sean sebastian sergei sidney silas simon stan "
    "stanley stefan stephen steve steven stuart sven takeshi tariq ted terence theo theodore thomas tim timothy "
    "tobias toby tom tommy tony tristan ulrich umberto vernon victor vincent vikram viktor vladimir wallace walter "
    "warren wendell werner wilfred will william winston wolfgang xavier yusuf zachary"
)

_REGIONS: tuple[tuple[tuple[float, float, float], str, str], ...] = (
    (
        (0.86, 0.05, 0.09),
        "african",
        "okafor okoro adeyemi adebayo nwosu achebe eze okonkwo mensah boateng asante owusu diallo traore keita sow "
        "ndiaye kamara koroma mwangi kamau otieno njoroge dlamini nkosi mbeki zuma abebe tesfaye bekele kofi kwame "
        "imani",
    ),
    (
        (0.05, 0.88, 0.07),
        "east asian",
        "nguyen tran pham chen wang zhang liu yang huang zhao wu zhou xu lin tanaka suzuki sato takahashi watanabe ito "
        "yamamoto nakamura kobayashi kim park choi jeong kang cho lim wong chan cheung leung mei yuki keiko kenji hiro "
        "hiroshi takeshi yoko",
    ),
    (
        (0.22, 0.40, 0.38),
        "south asian",
        "patel singh kumar sharma gupta khan ahmed hussain chowdhury rahman das sen banerjee mukherjee iyer nair reddy "
        "rao mehta shah priya vikram",
    ),
    (
        (0.16, 0.24, 0.60),
        "latin or mediterranean",
        "garcia martinez rodriguez lopez hernandez gonzalez perez sanchez ramirez torres flores rivera gomez diaz cruz "
        "morales ortiz gutierrez duarte silva santos oliveira pereira costa ferreira rossi russo ferrari esposito "
        "bianchi romano papadopoulos",
    ),
    (
        (0.24, 0.18, 0.58),
        "middle eastern",
        "hassan ali haddad khoury nasser mansour yilmaz demir kaya hosseini ahmadi fatima aisha omar leila samira reza "
        "tariq yasmin noor",
    ),
    (
        (0.04, 0.06, 0.90),
        "european",
        "lindqvist johansson andersson nilsson larsson olsson hansen jensen nielsen schmidt muller schneider fischer "
        "weber meyer novak kowalski nowak ivanov petrov smirnov kuznetsov murphy kelly sullivan macdonald mackenzie "
        "campbell dubois lefevre moreau van vermeer astrid ingrid lars sven gunnar",
    ),
)


def name_words(text: str) -> tuple[str, ...]:
    """The words of a name in lower case, without marks."""
    return tuple(re.findall(r"[a-zà-öø-ÿ]+", text.lower()))


def guess_sex(name: str) -> str | None:
    """ "female", "male" or None from the first common first name in a name."""
    for word in name_words(name):
        if word in _FEMALE:
            return "female"
        if word in _MALE:
            return "male"
    return None


def guess_origin(name: str) -> tuple[tuple[float, float, float], str] | None:
    """Weights of African, Asian and Caucasian features that a common name suggests, and its region; or None."""
    words = name_words(name)
    for weights, region, known in _REGIONS:
        if set(words) & set(known.split(" ")):
            return weights, region
    return None
