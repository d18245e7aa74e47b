extension TimeVocabulary {
  static let french = """
    month 1 janvier
    month 2 février
    month 3 mars
    month 4 avril
    month 5 mai
    month 6 juin
    month 7 juillet
    month 8 août
    month 9 septembre
    month 10 octobre
    month 11 novembre
    month 12 décembre
    weekday 0 lundi
    weekday 1 mardi
    weekday 2 mercredi
    weekday 3 jeudi
    weekday 4 vendredi
    weekday 5 samedi
    weekday 6 dimanche
    season 0 printemps
    season 1 été
    season 2 automne
    season 3 hiver
    unit hour heure heures
    unit day jour jours
    unit weekend weekend
    unit week semaine semaines
    unit month mois
    unit season trimestre
    unit year an ans année années
    unit decade décennie décennies
    count 1 un une
    count 2 deux
    count 3 trois
    count 4 quatre
    count 5 cinq
    count 6 six
    count 7 sept
    count 8 huit
    count 9 neuf
    count 10 dix
    count 11 onze
    count 12 douze
    some quelques plusieurs
    ordinal 1 premier
    day 0 aujourd
    day 1 demain
    day -1 hier?
    part morning matin
    part evening soir
    part night nuit
    last dernier dernière derniers dernières passé passée
    this ce cet cette
    next prochain prochaine prochains prochaines
    there y
    agobefore a?
    later dans
    in en au pendant durant
    on le
    of de du d
    article le la les l
    early début
    mid mi milieu
    late fin
    since depuis
    before avant
    after après
    until jusqu
    between entre
    from de du
    to à au
    and et
    every chaque tous
    future vais vas va allons allez vont
    suffix er e
    """
}
