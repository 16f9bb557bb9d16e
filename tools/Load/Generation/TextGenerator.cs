using DaprSocial.Load.Input;

namespace DaprSocial.Load.Generation;

/// <summary>Makes short texts in several languages, so that a run needs no file.</summary>
internal static class TextGenerator
{
    private static readonly PhraseBook[] Books =
    [
        new(
            "en", " ",
            ["This morning", "On the way home", "After the rain", "Between two trains", "Somewhere in the old town"],
            ["a grey cat", "a stranger", "the baker on the corner", "my neighbour's radio", "the ferry"],
            ["knew every street.", "sang until noon.", "kept still.", "waited for nobody. 🚢", "made my day!"]),
        new(
            "de", " ",
            ["Heute früh", "Kurz vor Mitternacht", "Im dritten Stock", "Nach dem Regen", "Am Ende der Straße"],
            ["hat der Bäcker", "hat eine Amsel", "hat meine Nachbarin", "hat das alte Radio", "hat der Zug"],
            ["leise gesungen.", "auf niemanden gewartet.", "alles verändert.", "lange geschlafen. 😴"]),
        new(
            "es", " ",
            ["Esta mañana", "Camino a casa", "Después de la lluvia", "En la última fila", "Junto al río"],
            ["mi vecina", "un gato gris", "el panadero", "la radio vieja", "el tren de las seis"],
            ["cantó hasta el mediodía.", "no esperó a nadie.", "me alegró el día. 🌞", "se durmió.", "lo sabía todo."]),
        new(
            "ru", " ",
            ["Сегодня утром", "По дороге домой", "После дождя", "На краю города", "Поздно вечером"],
            ["мой сосед", "рыжий кот", "старый трамвай", "пекарь с угла", "последний поезд"],
            ["никого не ждал.", "пел до полудня.", "всё изменил.", "уснул на два часа.", "знал каждую улицу. 🐈"]),
        new(
            "zh", "",
            ["今天早上", "回家的路上", "雨停以后", "午夜之前", "在老城里"],
            ["邻居的猫", "街角的面包师", "那台旧收音机", "最后一班火车", "一位陌生人"],
            ["唱到了中午。", "谁也不等。", "让我很开心。😊", "睡了两个小时。", "记得每一条街。"]),
        new(
            "ar", " ",
            ["هذا الصباح", "في طريق العودة", "بعد المطر", "قبل منتصف الليل", "في المدينة القديمة"],
            ["قطة الجيران", "خباز الحي", "المذياع القديم", "آخر قطار", "شخص غريب"],
            ["غنى حتى الظهر.", "لم ينتظر أحدا.", "أسعد يومي.", "نام ساعتين.", "يعرف كل شارع."]),
    ];

    /// <summary>The same texts for the same seed and count; each ends in its number, so that all differ.</summary>
    public static PostTextSource Generate(string seed, int count)
    {
        var random = new SeededRandom("texts", seed);
        var texts = new PostText[count];
        for (var index = 0; index < count; index++)
        {
            var book = random.Pick(Books);
            var phrase = string.Join(
                book.Separator, random.Pick(book.Openings), random.Pick(book.Subjects), random.Pick(book.Endings));
            texts[index] = new PostText(book.Language, $"{phrase} #{index + 1}");
        }

        return PostTextSource.Create("generated", texts, skippedCount: 0);
    }
}
