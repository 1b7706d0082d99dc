### A customer's own settings, and what is kept about them.

preferences-title =
    <b>Настройки</b>

    Язык: { $language }

preferences-language = Русский
preferences-privacy = 🔒 Мои данные
preferences-back = ‹ Настройки

privacy =
    <b>Ваши данные в «{ $title }»</b>

    Хранятся: имя и имя пользователя из Telegram, язык, записи и ваши оценки. Они нужны, чтобы записывать вас и напоминать о визитах; видят их только сотрудники «{ $title }».{ $contact }

    Вы можете получить копию или удалить всё, что о вас известно.

privacy-export = 📄 Получить копию
privacy-erase = 🗑 Удалить мои данные
privacy-file = Всё, что хранится о вас в «{ $title }».

privacy-ask =
    <b>Удалить ваши данные?</b>

    Имя, контакты, отзывы и заметки будут стёрты, вернуть их нельзя. Прошлые визиты останутся без имени – для статистики.

privacy-yes = Да, удалить
privacy-no = Нет, оставить
privacy-booked = Сначала отмените предстоящие записи: без ваших данных «{ $title }» не узнает, кого ждать.

privacy-erased =
    Ваши данные удалены.

    Если захотите записаться снова, нажмите /start.

command-settings = Язык и мои данные
command-privacy = Что о вас хранится
