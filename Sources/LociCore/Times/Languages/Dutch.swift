extension TimeVocabulary {
  static let dutch = """
    month 1 januari
    month 2 februari
    month 3 maart
    month 4 april
    month 5 mei
    month 6 juni
    month 7 juli
    month 8 augustus
    month 9 september
    month 10 oktober
    month 11 november
    month 12 december
    weekday 0 maandag
    weekday 1 dinsdag
    weekday 2 woensdag
    weekday 3 donderdag
    weekday 4 vrijdag
    weekday 5 zaterdag
    weekday 6 zondag
    season 0 lente voorjaar
    season 1 zomer
    season 2 herfst najaar
    season 3 winter
    unit hour uur uren
    unit day dag dagen
    unit weekend weekend
    unit week week weken
    unit month maand maanden
    unit season kwartaal
    unit year jaar jaren
    unit decade decennium decennia
    count 1 een
    count 2 twee
    count 3 drie
    count 4 vier
    count 5 vijf
    count 6 zes
    count 7 zeven
    count 8 acht
    count 9 negen
    count 10 tien
    count 11 elf
    count 12 twaalf
    some paar enkele
    day 0 vandaag
    day 1 morgen
    day 2 overmorgen
    day -1 gisteren
    day -2 eergisteren
    night 0 vannacht
    part morning ochtend morgen
    part afternoon middag
    part evening avond
    part night nacht
    last vorige vorig laatste
    past afgelopen
    this deze dit
    next volgende volgend komende komend
    ago geleden
    later over
    in in tijdens
    on op
    of van
    article de het
    early begin
    mid midden
    late eind einde
    since sinds
    before voor
    after na
    until tot
    between tussen
    from van vanaf
    to tot
    and en
    every elke iedere
    future zal zullen gaat gaan
    greeting goede goeie
    """
}
