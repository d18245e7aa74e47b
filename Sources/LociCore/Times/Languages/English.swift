extension TimeVocabulary {
  static let english = """
    month 1 january jan.
    month 2 february feb.
    month 3 march? mar.
    month 4 april apr.
    month 5 may?
    month 6 june jun.
    month 7 july jul.
    month 8 august aug.
    month 9 september sep. sept.
    month 10 october oct.
    month 11 november nov.
    month 12 december dec.
    weekday 0 monday mon.
    weekday 1 tuesday tue. tues.
    weekday 2 wednesday wed.
    weekday 3 thursday thu. thur. thurs.
    weekday 4 friday fri.
    weekday 5 saturday sat.
    weekday 6 sunday sun.
    season 0 spring
    season 1 summer
    season 2 autumn fall
    season 3 winter
    unit hour hour hours
    unit day day days
    unit weekend weekend weekends
    unit week week weeks
    unit month month months
    unit season quarter quarters
    unit year year years
    unit decade decade decades
    count 1 a an one
    count 2 two
    count 3 three
    count 4 four
    count 5 five
    count 6 six
    count 7 seven
    count 8 eight
    count 9 nine
    count 10 ten
    count 11 eleven
    count 12 twelve
    count 15 fifteen
    count 20 twenty
    count 30 thirty
    pair couple
    some few several
    ordinal 1 first
    ordinal 2 second
    ordinal 3 third
    ordinal 4 fourth
    ordinal 5 fifth
    ordinal 6 sixth
    ordinal 7 seventh
    ordinal 8 eighth
    ordinal 9 ninth
    ordinal 10 tenth
    ordinal 20 twentieth
    day 0 today
    day 1 tomorrow
    day -1 yesterday
    night 0 tonight
    part morning morning
    part afternoon afternoon
    part evening evening
    part night night
    last last previous
    past past
    this this
    next next coming
    ago ago
    later in
    in in during throughout of by
    on on
    of of
    article the
    early early beginning start
    mid mid middle
    late late end
    since since
    before before
    after after
    until until till
    between between
    from from
    to to until till through
    and and
    every every each
    future will ll shall going gonna plan plans planning upcoming
    suffix st nd rd th
    decade s
    counted people euro feet foot meter percent times men women km kg mb gb eur usd
    """
}
