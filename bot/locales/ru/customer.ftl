### What customers read.

menu-book = 📅 Записаться
menu-my = 🗓 Мои записи
menu-about = ℹ️ О нас

greeting-new =
    Здравствуйте, { $name }!
    Здесь можно записаться в «{ $title }»: за минуту и в любое время суток.

    Нажмите «Записаться», и я покажу ближайшее свободное время.

greeting-back =
    С возвращением, { $name }!
    «{ $title }» на связи. Что сделать?

greeting-admin = Вы управляете этим ботом: услуги, часы, записи и всё остальное – под кнопкой «⚙️ Управление» внизу.

help =
    <b>Что я умею</b>

    /book – записаться
    /my – мои записи: перенести или отменить
    /about – услуги, часы работы, адрес
    /settings – язык и мои данные
    /cancel – прервать запись

    Те же действия – на кнопках внизу.

unknown = Не понял сообщение. Воспользуйтесь кнопками внизу или командой /help.
only-private = Я записываю в личных сообщениях: { $link }
slow-down = Слишком быстро. Подождите несколько секунд и продолжайте.
failed = Не получилось выполнить действие: ошибка на нашей стороне. Попробуйте ещё раз чуть позже.
answer-too-long = Слишком длинно: до { $count } знаков. Напишите короче.
outdated = Эта кнопка устарела. Вот свежее меню.
dialogue-left = Хорошо, запись прервана.
nothing-to-leave = Сейчас ничего не оформляется.
flow-cancelled = Запись прервана. Чтобы начать снова, нажмите «Записаться».
button-back = ‹ Назад
button-cancel = ✕ Прервать
button-services = ‹ К услугам
button-another-day = 📆 Другой день
button-nearest = ⏱ Ближайшее время
button-confirm = ✅ Записаться
button-move = ✅ Перенести
button-other-time = ‹ Другое время
button-my = 🗓 Мои записи
button-book-again = 📅 Записаться
choose-service = <b>Что вас интересует?</b>

choose-service-of =
    <b>{ $title }</b>
    Что вас интересует?

category-other = Другое
with-member = К специалисту: { $name }
link-gone = По этой ссылке сейчас записаться нельзя, но можно выбрать другое: нажмите «Записаться».
nothing-to-book = Сейчас записаться нельзя: нет доступных услуг. { $contact }

choose-staff =
    <b>{ $service }</b>
    К кому записать?

anyone = Неважно, кто

choose-nearest =
    <b>{ $service }</b>{ $facts }

    Ближайшее свободное время:

choose-nearest-move =
    Переносим запись: <b>{ $service }</b>
    Сейчас: { $when }

    Ближайшее свободное время:

no-free-time =
    <b>{ $service }</b>
    На ближайшие { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[many] { $days } дней
    } свободного времени нет. { $contact }

choose-day =
    <b>{ $service }</b>
    Выберите день. Числами отмечены дни со свободным временем.

choose-time =
    <b>{ $service }</b>
    { $date }. Выберите время:

part-morning = Утро
part-day = День
part-evening = Вечер
day-taken = В этот день свободного времени нет.
day-past = Этот день уже прошёл.
day-far = Так далеко запись ещё не открыта.
day-no-longer-free = На этот день свободного времени уже нет. Выберите другой.

summary =
    <b>Проверьте запись</b>

    { $service }
    { $when }{ $details }

    { $held }{ $rules }

summary-held = ⏳ Держим это время за вами до { $until }.
summary-changed = ⚠️ Цена или длительность только что изменились. Проверьте, пожалуйста, ещё раз.

summary-move =
    <b>Перенести запись?</b>

    { $service }
    Было: { $old }
    Будет: { $when }

rules =
    Отменить или перенести можно не позднее чем за { $hours ->
        [one] { $hours } час
        [few] { $hours } часа
       *[many] { $hours } часов
    } до начала.

rules-any-time = Отменить или перенести можно до самого начала.

rules-cancel =
    Отменить можно не позднее чем за { $hours ->
        [one] { $hours } час
        [few] { $hours } часа
       *[many] { $hours } часов
    } до начала.

rules-cancel-any-time = Отменить можно до самого начала.

rules-move =
    Перенести – не позднее чем за { $hours ->
        [one] { $hours } час
        [few] { $hours } часа
       *[many] { $hours } часов
    }.

rules-move-any-time = Перенести – до самого начала.
line-staff = Специалист: { $name }
line-price = Стоимость: { $price }
line-address = Адрес: { $address }
line-map = <a href="{ $url }">Показать на карте</a>
line-site = Сайт: <a href="{ $url }">{ $host }</a>
line-phone = Телефон: { $phone }
price-from = от { $price }
price-free = бесплатно
minutes = { $minutes } мин

booked =
    ✅ <b>Вы записаны</b>

    { $service }
    { $when }{ $details }

    { $rules }

already-booked =
    Эта запись уже оформлена.

    { $service }
    { $when }

moved =
    ✅ <b>Запись перенесена</b>

    { $service }
    Было: { $old }
    Теперь: { $when }

just-taken = Это время только что заняли. Ближайшее свободное:
just-taken-none = Это время только что заняли, и рядом свободного нет. Выберите другой день.
no-longer-possible = На это время записать уже нельзя. Выберите другое:

limit-reached =
    У вас уже { $limit ->
        [one] { $limit } предстоящая запись
        [few] { $limit } предстоящие записи
       *[many] { $limit } предстоящих записей
    } – больше одновременно нельзя. Лишнюю можно отменить в «Моих записях».

my-title = <b>Ваши записи</b>
my-none = Предстоящих записей нет.
my-past = Прошлые записи
past-title = <b>Прошлые записи</b>
past-none = Прошлых записей пока нет.
past-newer = ‹ Новее
past-older = Старее ›
status-cancelled = отменена
status-no_show = не состоялась
status-expired = не подтверждена

card =
    <b>{ $service }</b>
    { $when }{ $details }

button-reschedule = 🔁 Перенести
button-cancel-booking = ❌ Отменить

cancel-ask =
    Отменить запись?

    { $service }
    { $when }

cancel-yes = Да, отменить
cancel-no = Нет, оставить

cancelled =
    Запись отменена.

    { $service }
    { $when }

not-yours = Такой записи у вас нет.
not-active = Эта запись уже не активна.
changed = Запись с тех пор изменилась. Откройте её ещё раз.
already-started = Эта запись уже началась, изменить её нельзя.

deadline-passed =
    До начала осталось меньше { $hours ->
        [one] { $hours } часа
       *[other] { $hours } часов
    }, поэтому отменить запись здесь уже нельзя.
    { $contact }

deadline-passed-move =
    До начала осталось меньше { $hours ->
        [one] { $hours } часа
       *[other] { $hours } часов
    }, поэтому перенести запись здесь уже нельзя.
    { $contact }

contact-given = Свяжитесь с нами: { $how }. Администраторам мы уже сообщили.
contact-told = Мы сообщили администраторам, они свяжутся с вами.
contact-plain = Связаться с нами: { $how }.

about =
    <b>{ $title }</b>{ $text }{ $services }{ $hours }{ $contacts }

    <b>Правила</b>
    { $rules }
    Одновременно – не больше { $limit ->
        [one] { $limit } предстоящей записи
       *[other] { $limit } предстоящих записей
    }.

about-services = <b>Услуги</b>
about-hours = <b>Часы работы</b>
about-more = … и ещё { $count }

admin-booked =
    🆕 <b>Новая запись</b>
    { $service }{ $staff }
    { $when }
    { $customer }

admin-moved =
    🔁 <b>Запись перенесена</b>
    { $service }{ $staff }
    Было: { $old }
    Стало: { $when }
    { $customer }

admin-changed =
    ✏️ <b>Запись изменена</b>
    { $service }{ $staff }
    { $when }
    { $customer }

admin-cancelled =
    ❌ <b>Запись отменена</b>
    { $service }{ $staff }
    { $when }
    { $customer }

admin-late-change =
    ⚠️ <b>Клиент хочет отменить или перенести запись, но срок уже прошёл</b>
    { $service }{ $staff }
    { $when }
    { $customer }

command-book = Записаться
command-my = Мои записи
command-about = Услуги, часы работы, адрес
command-help = Что умеет бот
command-cancel = Прервать запись
profile-description = Запись в «{ $title }» в любое время суток: выберите услугу и удобное время, перенесите или отмените запись сами.
profile-short-description = Онлайн-запись: «{ $title }»
