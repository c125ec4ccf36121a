"""Words that are longer than their place."""

#: Words that no line is long enough for, in three scripts, and a text without a place to break.
LONG = (
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "We wish that everybody who waits hears by when, and not only how much it will cost them in the end",
    "أريد أن يعرف كل من ينتظر متى يأتي دوره وليس فقط كم يكلف",
    "https://kestrel.example/a/very/long/address/that-nobody-broke?with=parameters&and=more",
    "Median days from a signed contract to a warm home, for everybody in the three northern towns",
)
