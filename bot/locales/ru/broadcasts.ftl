### Messages of the business to many customers: the panel's room, and what customers read about them.

broadcast-door = 📣 Рассылка

broadcast-title =
    <b>Рассылка</b>
    Сообщение сразу многим клиентам: акция, новая услуга, график на праздники. Получат его только те, кто согласился.

    Согласились: { $count ->
        [one] { $count } клиент
        [few] { $count } клиента
       *[many] { $count } клиентов
    }. Бот спрашивает об этом один раз, после хорошей оценки визита; включить и выключить рассылку клиент может в /settings.

broadcast-new = ➕ Новая рассылка
broadcast-back = ‹ К рассылкам

broadcast-to =
    <b>Кому отправить?</b>
    Рядом – сколько клиентов получат сообщение. Метки ставятся в карточке клиента.

broadcast-to-all = Всем, кто согласился
broadcast-to-active = Кто заходил за { $days } дн.
broadcast-to-tag = 🏷 { $tag }
broadcast-tag-gone = Этой метки больше нет. Выберите другую.

broadcast-ask =
    <b>{ $audience }: { $count }</b>

    Пришлите сообщение: текст или одно фото с подписью. Жирный шрифт, курсив и ссылки сохранятся.
    Сначала я покажу, как оно будет выглядеть.

broadcast-caption-long = Подпись к фото – до { $limit } знаков, а здесь { $count }. Сократите её или пришлите текст без фото.

broadcast-sure =
    <b>Так это увидят клиенты ⤴️</b>

    { $audience }
    Получат: { $count ->
        [one] { $count } клиент
        [few] { $count } клиента
       *[many] { $count } клиентов
    }
    { $duration }

    Отправленное вернуть нельзя.

broadcast-nobody =
    <b>Так это увидят клиенты ⤴️</b>

    { $audience }: пока получателей { $count }.
    Сообщение получат только те, кто согласился. Выберите, кому ещё можно отправить.

broadcast-nobody-now = Получателей сейчас нет.

broadcast-takes =
    Займёт около { $minutes ->
        [one] { $minutes } минуты
       *[other] { $minutes } минут
    }.

broadcast-night-now = Сейчас ночь, поэтому отправка начнётся в { $time }.
broadcast-night-pause = Ночью, с { $from } до { $to }, ничего не отправляется: рассылка подождёт утра.
broadcast-send = ✅ Отправить ({ $count })
broadcast-change = ✏️ Другое сообщение
broadcast-started = Рассылка началась.
broadcast-busy = Одна рассылка уже идёт. Дождитесь её конца или остановите её.
broadcast-gone = Этой рассылки больше нет.

broadcast-progress =
    <b>{ $state }</b>{ $wait }
    { $audience }

    { $counts }

broadcast-state-running = ▶️ Рассылка идёт
broadcast-state-stopped = ⏹ Рассылка остановлена
broadcast-state-done = ✅ Рассылка закончена
broadcast-waits = Сейчас ночь: продолжится в { $time }.
broadcast-count-delivered = Доставлено: { $count }
broadcast-count-blocked = Заблокировали бота: { $count }
broadcast-count-failed = Не дошло: { $count }
broadcast-count-left = Осталось: { $count }
broadcast-refresh = 🔄 Обновить
broadcast-stop = ⏹ Остановить

broadcast-stop-sure =
    <b>Остановить рассылку?</b>
    Кому сообщение уже ушло, у тех оно останется. Остальным не уйдёт, и продолжить её будет нельзя.

broadcast-stop-yes = Да, остановить
broadcast-stop-no = Нет, пусть идёт
broadcast-stopped = Рассылка остановлена.

news-ask =
    Можно иногда писать вам о новостях и акциях «{ $title }»?
    Отказаться потом можно одной кнопкой под любым таким сообщением.

news-yes = Да, пишите
news-no = Нет, спасибо
news-said-yes = Спасибо! Будем писать изредка и по делу. Передумаете – нажмите «Отписаться» под сообщением.
news-said-no = Хорошо, о новостях и акциях писать не будем. Всё о ваших записях приходить продолжит. Изменить это можно в /settings.
news-toast-yes = Будем присылать новости и акции.
news-toast-no = Больше не будем присылать.
news-switch-yes = 🔔 Присылать новости и акции
news-switch-no = 🔕 Не присылать новости и акции
news-unsubscribe = 🔕 Отписаться
