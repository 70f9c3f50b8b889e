namespace Warta.Search;

/// <summary>
/// Words that hold sentences together and tell nothing of what a story is about. They are in the index; a query drops them where it has others. Folded as
/// <see cref="Content.Terms"/> does.
/// </summary>
internal static class StopWords
{
    private static readonly HashSet<string> All =
    [
        // Indonesian
        .. """
        ada adalah agar akan aku anda antara apa apakah atas atau bagai bagaimana bagi bahwa banyak beberapa begitu belum berapa bila bisa boleh bukan dalam dan dapat
        dari daripada demi dengan di dia dong enggak gak guna hanya harus hingga ia ialah ini itu jadi jangan jika juga kah kalau kami kamu kan kapan karena ke kenapa kepada ketika
        kita kok lagi lah lain lalu lebih maka mana masih mau maupun melalui mengapa mereka merupakan meski namun nih nya oleh pada para per pernah pun saat saja sambil sampai sangat saya se
        sebab sebagai sebelum sebuah secara sedang sehingga sejak selama seorang seperti serta setelah setiap siapa sih sudah suatu supaya tak tapi telah tentang terhadap tersebut tetapi tidak
        tiap untuk usai wah ya yaitu yakni yang
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        // English
        .. """
        a about after all also am an and any are as at be because been before being but by can could did do does for from had has have he her here him his how i if in into is it its
        just me more most my no nor not of off on only or other our out over own s she should so some such t than that the their them then there these they this those through to too under until
        up very was we were what when where which while who whom why will with would you your
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        // Arabic
        .. """
        ان او اي اذا الا التي الذي الذين الي اما انه انها ايضا بعد بين تكون ثم حتي حول حيث خلال دون ذلك عن عند علي عليه غير في فيه فيها قد قبل كان كانت كل كما كيف لا لدي لقد لكن لم لن لو
        ليس ما متي مع من منذ منه منها نحو نحن هذا هذه هل هم هو هي هنا هناك و وقد يكون
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
    ];

    public static bool Holds(string word) => All.Contains(word);
}
