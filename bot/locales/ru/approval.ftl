### Customers who book only with the business's approval, or not at all.

approval-denied = Записать вас через бота сейчас не получится. Пожалуйста, свяжитесь с нами напрямую. { $contact }
approval-remark = Запись подтверждает администратор: мы сразу передадим ему вашу просьбу и сообщим ответ.

approval-awaits =
    ⏳ <b>Ждёт подтверждения</b>

    { $service }
    { $when }{ $details }

    Время за вами. Администратор ответит, и мы сразу напишем.

approval-waits-still = ⏳ Эта запись ждёт подтверждения. Мы напишем, как только администратор ответит.
approval-yes = ✅ Подтвердить
approval-no = ❌ Отклонить
approval-approved = Запись подтверждена.

approval-decline-ask =
    <b>Отклонить запись?</b>

    { $service }
    { $when }
    { $customer }

    Время освободится. { $reach }
    Можно указать причину: просто напишите её сообщением.

approval-decline-plain = Да, отклонить без причины

approval-decline-sure =
    <b>Отклонить запись?</b>

    { $service }
    { $when }
    { $customer }

    Причина: { $reason }
    { $reach }

approval-decline-yes = Да, отклонить
approval-declined = Запись отклонена.

approval-expired =
    ⌛ <b>Запись не подтвердили вовремя</b>

    { $service }
    { $when }

    Извините: запись снята, ждать её не нужно. Можно выбрать другое время. { $contact }

schedule-tell-approved =
    ✅ <b>Ваша запись подтверждена</b>

    { $service }
    { $when }{ $details }

    { $rules }

schedule-tell-declined =
    <b>Записать вас на это время не получится</b>

    { $service }
    { $when }{ $why }

    Извините. Можно выбрать другое время. { $contact }

admin-asked =
    ⏳ <b>Новая запись ждёт вашего подтверждения</b>
    { $service }{ $staff }
    { $when }
    { $customer }

admin-asked-move =
    ⏳ <b>Клиент переносит запись, нужно ваше подтверждение</b>
    { $service }{ $staff }
    Было: { $old }
    Просит: { $when }
    { $customer }

admin-approved =
    ✅ <b>Запись подтверждена</b>
    { $service }{ $staff }
    { $when }
    { $customer }

admin-not-approved =
    ⌛ <b>Запись снята: её никто не подтвердил</b>
    { $service }
    { $when }
    { $customer }
