extension TimeVocabulary {
  static let german = """
    month 1 januar jänner jan.
    month 2 februar feb.
    month 3 märz
    month 4 april apr.
    month 5 mai
    month 6 juni
    month 7 juli
    month 8 august aug.
    month 9 september sept.
    month 10 oktober okt.
    month 11 november nov.
    month 12 dezember dez.
    weekday 0 montag
    weekday 1 dienstag
    weekday 2 mittwoch
    weekday 3 donnerstag
    weekday 4 freitag
    weekday 5 samstag sonnabend
    weekday 6 sonntag
    season 0 frühling frühjahr
    season 1 sommer
    season 2 herbst
    season 3 winter
    unit hour stunde stunden
    unit day tag tage tagen
    unit weekend wochenende
    unit week woche wochen
    unit month monat monate monaten monats
    unit season quartal
    unit year jahr jahre jahren jahres
    unit decade jahrzehnt jahrzehnte jahrzehnten
    count 1 ein eine einem einer einen
    count 2 zwei
    count 3 drei
    count 4 vier
    count 5 fünf
    count 6 sechs
    count 7 sieben
    count 8 acht
    count 9 neun
    count 10 zehn
    count 11 elf
    count 12 zwölf
    some paar einige einigen mehreren
    ordinal 1 erster ersten
    ordinal 2 zweiter zweiten
    ordinal 3 dritter dritten
    day 0 heute
    day 1 morgen
    day 2 übermorgen
    day -1 gestern
    day -2 vorgestern
    part morning morgen früh vormittag
    part afternoon nachmittag
    part evening abend
    part night nacht
    last letzte letzten letzter letztes letztem vergangene vergangenen vergangenes
    last vorige vorigen voriges
    this diese diesen dieser dieses diesem
    next nächste nächsten nächster nächstes nächstem kommende kommenden kommendes
    agobefore vor
    later in
    in im in während jahr
    on am
    of von des
    article der die das den dem
    early anfang
    mid mitte
    late ende
    since seit ab
    before vor
    after nach
    until bis
    between zwischen
    from von vom
    to bis zum
    and und
    every jeden jede jedes jedem
    future wird werde werden wirst werdet
    greeting guten gute
    decade er
    counted euro personen leute menschen stück seiten mal
    """
}
