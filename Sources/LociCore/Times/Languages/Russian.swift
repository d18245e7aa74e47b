extension TimeVocabulary {
  /// Months in the three cases that dates have; units in those that follow a number.
  static let russian = """
    month 1 январь января январе
    month 2 февраль февраля феврале
    month 3 март марта марте
    month 4 апрель апреля апреле
    month 5 май мая мае
    month 6 июнь июня июне
    month 7 июль июля июле
    month 8 август августа августе
    month 9 сентябрь сентября сентябре
    month 10 октябрь октября октябре
    month 11 ноябрь ноября ноябре
    month 12 декабрь декабря декабре
    weekday 0 понедельник
    weekday 1 вторник
    weekday 2 среду?
    weekday 3 четверг
    weekday 4 пятницу
    weekday 5 субботу
    weekday 6 воскресенье
    season 0 весна весны весну
    season 1 лето лета
    season 2 осень осени
    season 3 зима зимы зиму
    inseason 0 весной
    inseason 1 летом
    inseason 2 осенью
    inseason 3 зимой
    unit hour час часа часов
    unit day день дня дней
    unit week неделя неделю недели недель неделе
    unit month месяц месяца месяцев месяце
    unit season квартал квартале
    unit year год года году лет
    unit decade десятилетие десятилетия
    count 1 один одну
    count 2 два две
    count 3 три
    count 4 четыре
    count 5 пять
    count 6 шесть
    count 7 семь
    count 8 восемь
    count 9 девять
    count 10 десять
    count 11 одиннадцать
    count 12 двенадцать
    pair пару
    some несколько
    day 0 сегодня
    day 1 завтра
    day 2 послезавтра
    day -1 вчера
    day -2 позавчера
    part morning утром
    part afternoon днём
    part evening вечером
    part night ночью
    last прошлый прошлая прошлое прошлого прошлом прошлой прошлую
    this этот этого этом этой эту
    next следующий следующая следующее следующего следующем следующей следующую
    ago назад
    later через
    in в во на
    on в во
    early начале
    mid середине
    late конце
    since с со
    before до
    after после
    until до
    from с
    to до по
    and и
    every каждый каждую
    future будет будем буду будут
    suffix го е
    """
}
