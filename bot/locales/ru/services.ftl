### The room of services: what the business offers, who gives it, links to it.

services-door = 💼 Услуги

services-list =
    <b>Услуги</b>
    Так их видят клиенты. Нажмите на услугу, чтобы изменить её.

services-none =
    <b>Услуги</b>
    Пока нет ни одной, поэтому записаться нельзя. Добавьте первую: нужны название, длительность и цена.

services-add = ➕ Добавить услугу
services-categories = 🗂 Категории
services-links = 🔗 Ссылки и QR
services-deleted = 🗑 Удалённые: { $count }
services-back = ‹ Услуги
services-gone = Этого здесь больше нет. Вот свежий список.
services-deleted-meanwhile = Эту услугу уже удалили. Её можно вернуть из удалённых.
services-member-gone = Этого специалиста здесь больше нет. Вот свежий список.

services-card =
    { $note }<b>{ $name }</b>{ $description }

    { $facts }{ $hidden }

services-is-hidden = 🙈 Скрыта: клиенты её не видят.
services-line-category = Категория: { $category }
services-line-minutes = Длительность: { $minutes } мин
services-line-price = Цена: { $price }
services-line-before = Перерыв до: { $minutes } мин
services-line-after = Перерыв после: { $minutes } мин
services-line-step = Начало: каждые { $minutes } мин
services-line-staff = Выполняют: { $names }
services-line-everybody = Выполняют: все
services-line-nobody = ⚠️ Никто не выполняет: записаться нельзя. Нажмите «Кто выполняет».
services-no-price = не показывается
services-saved = ✅ Сохранено.
services-edit-name = ✏️ Название
services-edit-description = 📝 Описание
services-edit-minutes = ⏱ Длительность
services-edit-price = 💰 Цена
services-edit-before = ☕ Перерыв до
services-edit-after = ☕ Перерыв после
services-edit-step = 🕐 Шаг записи
services-edit-category = 🗂 Категория
services-edit-staff = 👤 Кто выполняет
services-link = 🔗 Ссылка и QR
services-move-up = ▲ Выше
services-move-down = ▼ Ниже
services-place = Место в списке: { $at } из { $count }
services-hide = 🙈 Скрыть
services-show = 👁 Показать клиентам
services-hidden = Скрыто. Сделанные записи остаются.
services-shown = Клиенты видят услугу.
services-delete = 🗑 Удалить

services-ask-name =
    Как назвать услугу «{ $name }»?
    Напишите новое название, до 100 знаков. В сделанных записях останется прежнее.

services-ask-description =
    Что рассказать клиентам об услуге «{ $name }»?
    Напишите описание, до 500 знаков.

services-ask-minutes =
    Сколько длится «{ $name }»?
    Выберите или напишите, например: 90 или 1 ч 30 мин. Сделанные записи не изменятся.

services-ask-price =
    Сколько стоит «{ $name }»?
    Напишите, например: 1500, 1500,50 или от 1500. Ноль – бесплатно. В сделанных записях цена не изменится.

services-ask-before =
    Сколько минут держать свободными перед «{ $name }»?
    Выберите или напишите число от 0 до 480.

services-ask-after =
    Сколько минут держать свободными после «{ $name }», например на уборку?
    Выберите или напишите число от 0 до 480.

services-ask-step =
    Через сколько минут предлагать время начала для «{ $name }»?
    Например, 15: 10:00, 10:15, 10:30. Выберите или напишите.

services-ask-category =
    В какой категории показывать «{ $name }»?
    Выберите или напишите новую, например: Маникюр.

services-now = Сейчас: { $value }
services-none-description = Без описания
services-none-step = Как у всех услуг
services-none-price = Не показывать цену
services-none-category = Без категории
services-make-price = Показывать «{ $price }»
services-wrong-name = Название – от 1 до 100 знаков, например: Стрижка мужская.
services-wrong-description = Описание – до 500 знаков. Напишите короче.
services-wrong-minutes = Не понял длительность. Она – от 5 минут до суток, например: 60 или 1 ч 30 мин.
services-wrong-price = Не понял цену. Напишите сумму, например: 1500 или от 1500.
services-wrong-before = Перерыв – от 0 до 480 минут, например: 15.
services-wrong-after = Перерыв – от 0 до 480 минут, например: 15.
services-wrong-step = Шаг – от 5 минут до суток, например: 15.
services-wrong-category = Название категории – от 1 до 40 знаков, например: Маникюр.

services-add-name =
    <b>Новая услуга</b>
    Напишите её название, например: Стрижка мужская.

services-add-minutes =
    <b>{ $name }</b>
    Сколько она длится? Выберите или напишите, например: 90 или 1 ч 30 мин.

services-add-price =
    <b>{ $name }</b> · { $minutes } мин
    Сколько она стоит? Напишите, например: 1500 или от 1500. Ноль – бесплатно.

services-added = ✅ Услуга добавлена.
services-add-lost = Начнём сначала: прежние ответы не сохранились или услуга уже добавлена.

services-delete-ask =
    Удалить услугу «{ $name }»?
    { $count ->
        [0] Будущих записей на неё нет.
        [one] { $count } будущая запись останется в силе.
        [few] { $count } будущие записи останутся в силе.
       *[many] { $count } будущих записей останутся в силе.
    } Новых не будет. Услугу можно вернуть.

services-delete-yes = 🗑 Да, удалить
services-deleted-now = Услуга удалена.

services-deleted-list =
    <b>Удалённые услуги</b>
    Нажмите на услугу, чтобы вернуть её.

services-deleted-none = Удалённых услуг нет.
services-restored = ✅ Услуга вернулась. Пока она скрыта: проверьте её и нажмите «Показать клиентам».
services-restored-already = Эта услуга уже вернулась.

services-categories-list =
    <b>Категории</b>
    По ним клиенты выбирают услугу.

services-categories-none =
    <b>Категории</b>
    Пока ни одной: клиенты видят все услуги одним списком. Чтобы завести категорию, откройте услугу и нажмите «Категория».

services-category =
    { $note }<b>{ $name }</b>

    { $services }

services-category-rename = ✏️ Переименовать
services-category-remove = 🗑 Убрать категорию
services-categories-back = ‹ Категории

services-category-ask-name =
    Как назвать категорию «{ $name }»?
    Напишите название до 40 знаков. Если такая уже есть, они соединятся.

services-category-joined = ✅ Услуги теперь в категории «{ $name }», которая уже была.

services-category-remove-ask =
    Убрать категорию «{ $name }»?
    { $count ->
        [one] { $count } услуга останется
        [few] { $count } услуги останутся
       *[many] { $count } услуг останутся
    } без категории.

services-category-remove-yes = Да, убрать
services-category-removed = Категории больше нет, услуги остались.
services-category-gone = Этой категории больше нет. Вот свежий список.

services-staff =
    Кто выполняет «{ $name }»?
    Слева отметьте специалистов. Справа – их длительность и цена, если они свои.

services-staff-nobody =
    Кто выполняет «{ $name }»?
    ⚠️ Сейчас никто, и записаться на неё нельзя. Отметьте специалиста.

services-terms =
    { $note }<b>{ $service }</b>
    { $member }: { $facts }
    У самой услуги: { $base }

services-terms-none =
    <b>{ $service }</b>
    { $member }: не выполняет. Вернитесь назад, чтобы отметить.

services-term-minutes = ⏱ Своя длительность
services-term-price = 💰 Своя цена
services-term-reset = ↩️ Как у услуги

services-ask-term-minutes =
    { $member }: сколько длится «{ $service }»?
    У самой услуги: { $base }. Выберите или напишите, например: 90 или 1 ч 30 мин.

services-ask-term-price =
    { $member }: сколько стоит «{ $service }»?
    У самой услуги: { $base }. Напишите сумму, например: 1500.

services-wrong-own-price = Напишите сумму числом, например: 1500. «От» включается у самой услуги и действует для всех.

services-links-list =
    <b>Ссылки и QR</b>
    Ссылка сразу открывает запись: её можно разместить в соцсетях, а QR-код распечатать.

services-link-card =
    <b>{ $title }</b>
    { $link }{ $hidden }

services-link-hidden = Сейчас это скрыто от клиентов: ссылка откроет обычное приветствие.
services-link-qr = 🖨 Прислать QR-код

services-qr-caption =
    <b>{ $title }</b>
    { $link }

    Файл можно распечатать: код читается камерой телефона.

services-qr-sent = QR-код отправлен файлом.
