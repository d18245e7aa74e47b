extension TimeVocabulary {
  static let italian = """
    month 1 gennaio
    month 2 febbraio
    month 3 marzo
    month 4 aprile
    month 5 maggio
    month 6 giugno
    month 7 luglio
    month 8 agosto
    month 9 settembre
    month 10 ottobre
    month 11 novembre
    month 12 dicembre
    weekday 0 lunedì
    weekday 1 martedì
    weekday 2 mercoledì
    weekday 3 giovedì
    weekday 4 venerdì
    weekday 5 sabato
    weekday 6 domenica
    season 0 primavera
    season 1 estate
    season 2 autunno
    season 3 inverno
    unit hour ora ore
    unit day giorno giorni
    unit weekend weekend
    unit week settimana settimane
    unit month mese mesi
    unit season trimestre
    unit year anno anni
    unit decade decennio decenni
    count 1 un uno una
    count 2 due
    count 3 tre
    count 4 quattro
    count 5 cinque
    count 6 sei
    count 7 sette
    count 8 otto
    count 9 nove
    count 10 dieci
    count 11 undici
    count 12 dodici
    pair paio
    some alcuni alcune
    ordinal 1 primo
    day 0 oggi
    day 1 domani
    day 2 dopodomani
    day -1 ieri
    night 0 stanotte
    part morning mattina mattino
    part afternoon pomeriggio
    part evening sera
    part night notte
    last scorso scorsa scorsi scorse passato passata ultimo ultima ultimi ultime
    this questo questa quest
    next prossimo prossima prossimi prossime
    ago fa
    later tra fra
    in in nel nell a ad
    on il
    of di del dell della
    article il lo la l i gli le
    early inizio
    mid metà
    late fine
    since dal da dalla dall
    before prima
    after dopo
    until fino
    between tra fra
    from dal da dall
    to al a all
    and e ed
    every ogni
    """
}
