extension TimeVocabulary {
  static let portuguese = """
    month 1 janeiro
    month 2 fevereiro
    month 3 março?
    month 4 abril
    month 5 maio
    month 6 junho
    month 7 julho
    month 8 agosto
    month 9 setembro
    month 10 outubro
    month 11 novembro
    month 12 dezembro
    weekday 0 segunda?
    weekday 1 terça?
    weekday 2 quarta?
    weekday 3 quinta?
    weekday 4 sexta?
    weekday 5 sábado
    weekday 6 domingo
    workday feira
    season 0 primavera
    season 1 verão
    season 2 outono
    season 3 inverno
    unit hour hora horas
    unit day dia dias
    unit week semana semanas
    unit month mês meses
    unit season trimestre
    unit year ano anos
    unit decade década décadas
    count 1 um uma
    count 2 dois duas
    count 3 três
    count 4 quatro
    count 5 cinco
    count 6 seis
    count 7 sete
    count 8 oito
    count 9 nove
    count 10 dez
    count 11 onze
    count 12 doze
    some alguns algumas vários várias
    ordinal 1 primeiro
    day 0 hoje
    day 1 amanhã
    day -1 ontem
    day -2 anteontem
    part morning manhã
    part afternoon tarde
    part night noite
    last passado passada passados último última últimos últimas
    this este esta neste nesta
    next próximo próxima próximos próximas
    agobefore há
    ago atrás
    later em
    in em no na durante
    on no na
    of de do da
    article o a os as
    early início começo
    mid meados
    late fim final
    since desde
    before antes
    after depois após
    until até
    between entre
    from de do da
    to a ao até
    and e
    every cada todo toda todos
    future vou vais vai vamos vão
    """
}
