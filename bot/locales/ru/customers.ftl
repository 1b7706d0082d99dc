### The panel's customers: search, a customer's card, notes, tags, who may book.

customers-door = 🙋 Клиенты

customers-recent =
    <b>Клиенты</b>
    Ниже – кто был здесь недавно. Чтобы найти другого, напишите имя, телефон (хватит последних цифр) или @имя.

customers-none =
    <b>Клиенты</b>
    Пока никого нет. Клиенты появятся здесь, как только напишут боту или вы запишете их сами.

customers-found =
    <b>Клиенты: «{ $query }»</b>
    Если нужен кто-то другой, просто напишите ещё раз.

customers-nobody = По «{ $query }» никого не нашлось. Напишите часть имени, номер или его последние цифры, например: 45-67
customers-search-lost = Что искали, не сохранилось. Напишите ещё раз.
customers-gone = Такого клиента нет.
customers-back = ‹ К клиентам
customers-card-back = ‹ К клиенту
customers-card-button = 👤 Клиент

customers-card =
    <b>{ $name }</b>{ $facts }

    { $outcomes }{ $more }

customers-since = Впервые: { $date }
customers-spent = Оплачено визитов: { $sum }
customers-last = Последний визит: { $date }
customers-next = Следующая запись: { $when }
customers-tags-line = Метки: { $tags }
customers-notes-line = Заметка: { $notes }
customers-rule-line-deny = ⛔ Записываться через бота не может
customers-rule-line-approval = ✋ Записывается с вашего подтверждения
customers-by-phone = В боте не был(а): написать через бота нельзя
customers-is-gone = Заблокировал(а) бота: написать через бота нельзя
customers-bookings-button = 🗓 Записи: { $count }
customers-bookings = <b>Записи: { $name }</b>

customers-bookings-none =
    <b>Записи: { $name }</b>
    Записей ещё не было.

customers-notes-button = 📝 Заметка

customers-notes-ask =
    Напишите заметку о клиенте, до { $count } знаков. Её видят только администраторы; если клиент запросит копию своих данных, она будет и там.
    Например: «Аллергия на краску, любит кофе без сахара».{ $now }

customers-notes-now = Сейчас: { $notes }
customers-notes-clear = 🗑 Убрать заметку
customers-notes-cleared = Заметки больше нет.
note-changed-meanwhile = Пока вы писали, заметку изменил другой администратор. Ваша ещё не сохранена: посмотрите, что в ней сейчас, и напишите заново.
customers-tags-button = 🏷 Метки

customers-tags-ask =
    <b>{ $name }</b>
    Метки: { $tags }

    По меткам можно собрать клиентов для рассылки. Чтобы добавить метку, выберите её или напишите новую, например: постоянный

customers-tags-none = пока нет
customers-tag-wrong = Метка – это слово или два, до { $count } знаков. Например: постоянный
customers-tag-has-it = Такая метка уже есть.
customers-tag-too-many = Больше 10 меток у клиента не бывает. Сначала уберите лишнюю.
customers-tag-gone = Этой метки больше нет. Вот какие есть сейчас.
customers-rule-button = 🚦 Можно ли записываться

customers-rule =
    <b>{ $name }</b>
    Может ли этот клиент записываться через бота?

    С подтверждением – время за ним придержится, но запись состоится, только если вы согласитесь.
    Нельзя – бот вежливо попросит связаться с вами; что вы так решили, он не скажет.

    Записи, которые уже есть, останутся. Сами вы можете записать клиента всегда.

customers-rule-none = Можно, как всем
customers-rule-approval = ✋ Только с подтверждением
customers-rule-deny = ⛔ Нельзя
customers-rule-saved = Сохранено.
