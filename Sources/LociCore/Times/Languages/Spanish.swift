extension TimeVocabulary {
  static let spanish = """
    month 1 enero
    month 2 febrero
    month 3 marzo
    month 4 abril
    month 5 mayo
    month 6 junio
    month 7 julio
    month 8 agosto
    month 9 septiembre setiembre
    month 10 octubre
    month 11 noviembre
    month 12 diciembre
    weekday 0 lunes
    weekday 1 martes
    weekday 2 miércoles
    weekday 3 jueves
    weekday 4 viernes
    weekday 5 sábado
    weekday 6 domingo
    season 0 primavera
    season 1 verano
    season 2 otoño
    season 3 invierno
    unit hour hora horas
    unit day día días
    unit weekend finde
    unit week semana semanas
    unit month mes meses
    unit season trimestre
    unit year año años
    unit decade década décadas
    count 1 un una uno
    count 2 dos
    count 3 tres
    count 4 cuatro
    count 5 cinco
    count 6 seis
    count 7 siete
    count 8 ocho
    count 9 nueve
    count 10 diez
    count 11 once
    count 12 doce
    pair par
    some unos unas pocos pocas varios varias algunos algunas
    ordinal 1 primero
    day 0 hoy
    day 1 mañana
    day -1 ayer
    day -2 anteayer antier
    night -1 anoche
    part morning mañana madrugada
    part afternoon tarde
    part night noche
    last pasado pasada pasados pasadas último última últimos últimas
    this este esta
    next próximo próxima próximos próximas
    agobefore hace
    ago atrás
    later en dentro
    in en durante
    on el
    of de del
    article el la los las
    early principios inicios comienzos
    mid mediados
    late finales fines fin
    since desde
    before antes
    after después
    until hasta
    between entre
    from de del desde
    to a al hasta
    and y e
    every cada todos todas
    future voy vas va vamos van
    """
}
