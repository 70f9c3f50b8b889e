namespace Warta.Content;

/// <summary>The words of the interface that readers see, in one language. The language is the title's, not the story's.</summary>
public sealed record Words
{
    public required string ReadAlso { get; init; }
    public required string Related { get; init; }
    public required string Popular { get; init; }
    public required string Picks { get; init; }
    public required string Latest { get; init; }
    public required string Home { get; init; }
    public required string Menu { get; init; }
    public required string Index { get; init; }
    public required string SkipToContent { get; init; }
    public required string Tags { get; init; }
    public required string Author { get; init; }
    public required string More { get; init; }
    public required string Updated { get; init; }
    public required string MinutesToRead { get; init; }
    public required string Page { get; init; }
    public required string Of { get; init; }
    public required string Next { get; init; }
    public required string Previous { get; init; }
    public required string AllPages { get; init; }
    public required string Advertorial { get; init; }
    public required string ShowEmbed { get; init; }
    public required string EmbedNotice { get; init; }
    public required string NoStories { get; init; }
    public required string NotFoundHeading { get; init; }
    public required string NotFoundText { get; init; }
    public required string AwayHeading { get; init; }
    public required string AwayText { get; init; }
    public required string GoneHeading { get; init; }
    public required string GoneText { get; init; }
    public required string GoneReason { get; init; }
    public required string Writer { get; init; }
    public required string Editor { get; init; }
    public required string Photographer { get; init; }
    public required string Photo { get; init; }
    public required string Breadcrumbs { get; init; }
    public required string Search { get; init; }
    public required string SearchEmpty { get; init; }
    public required string SearchPrompt { get; init; }
    public required string SearchFound { get; init; }
    public required string SearchNewest { get; init; }

    /// <summary>Behind a number, as small as 1: other versions of a story that was found.</summary>
    public required string Versions { get; init; }
    public required string SearchMended { get; init; }
    public required string SearchExactly { get; init; }
    public required string SearchPartial { get; init; }
    public required string SearchAdvice { get; init; }
    public required string SearchNarrow { get; init; }
    public required string FromDay { get; init; }
    public required string ToDay { get; init; }
    public required string Sort { get; init; }
    public required string SortRelevance { get; init; }
    public required string SortDate { get; init; }
    public required string CancelledBySource { get; init; }
    public required string Advertisement { get; init; }
    public required string PrivacySettings { get; init; }
    public required string ConsentHeading { get; init; }
    public required string ConsentText { get; init; }
    public required string ConsentAgree { get; init; }
    public required string ConsentRefuse { get; init; }
    public required string ConsentSave { get; init; }
    public required string ConsentAds { get; init; }
    public required string ConsentAnalytics { get; init; }
    public required string Share { get; init; }
    public required string CopyLink { get; init; }
    public required string Copied { get; init; }
    public required string GoToPage { get; init; }
    public required string Go { get; init; }
    public required string Date { get; init; }
    public required string PreviousDay { get; init; }
    public required string NextDay { get; init; }
    public required string AllSections { get; init; }
    public required string PopularBySection { get; init; }
    public required string Erratum { get; init; }
    public required string Correction { get; init; }
    public required string Reply { get; init; }
    public required string AskedBy { get; init; }
    public required string ReplyFrom { get; init; }
    public required string SeeAlso { get; init; }
    public required string Unverified { get; init; }
    public required string Corrections { get; init; }
    public required string CorrectionsText { get; init; }
    public required string NoCorrections { get; init; }
    public required string Takedowns { get; init; }
    public required string TakedownsText { get; init; }
    public required string NoTakedowns { get; init; }
    public required string TakenDown { get; init; }
    public required string Erased { get; init; }
    public required string Suggestions { get; init; }

    /// <summary>Whose picture it is, as it stands under it: "Foto: Budi Santoso". A credit that says itself what it is ("Ilustrasi: Sekar Ayu") stays so.</summary>
    public string CreditLine(string credit) => credit.Length == 0 || credit.Contains(": ", StringComparison.Ordinal) ? credit : $"{Photo}: {credit}";

    /// <summary>The words of a language; a language that we have no words for gets English.</summary>
    public static Words In(string language) => Languages.Primary(language) switch
    {
        "id" => Indonesian,
        "ar" => Arabic,
        _ => English,
    };

    private static readonly Words Indonesian = new()
    {
        ReadAlso = "Baca Juga",
        Related = "Berita Terkait",
        Popular = "Terpopuler",
        Picks = "Pilihan",
        Latest = "Terkini",
        Home = "Beranda",
        Menu = "Kanal",
        Index = "Indeks",
        SkipToContent = "Langsung ke isi",
        Tags = "Topik",
        Author = "Penulis",
        More = "Selengkapnya",
        Updated = "Diperbarui",
        MinutesToRead = "menit baca",
        Page = "Halaman",
        Of = "dari",
        Next = "Berikutnya",
        Previous = "Sebelumnya",
        AllPages = "Tampilkan semua",
        Advertorial = "Advertorial",
        ShowEmbed = "Tampilkan konten",
        EmbedNotice = "Konten ini dimuat dari",
        NoStories = "Belum ada berita di sini.",
        NotFoundHeading = "Halaman tidak ditemukan",
        NotFoundText = "Alamat yang Anda buka tidak ada, atau beritanya sudah dipindahkan. Berita terbaru ada di bawah ini.",
        AwayHeading = "Sebentar, ya",
        AwayText = "Situs ini sedang sangat ramai atau dalam perawatan. Muat ulang halaman ini beberapa detik lagi.",
        GoneHeading = "Berita ini telah dicabut",
        GoneText = "Redaksi mencabut berita di alamat ini pada",
        GoneReason = "Alasan",
        Writer = "Penulis",
        Editor = "Penyunting",
        Photographer = "Fotografer",
        Photo = "Foto",
        Breadcrumbs = "Anda di sini",
        Search = "Cari",
        SearchEmpty = "Tidak ada berita yang cocok dengan pencarian ini.",
        SearchPrompt = "Ketik kata yang Anda cari.",
        SearchFound = "berita ditemukan",
        SearchNewest = "berita terbaru yang cocok; persempit dengan kanal atau tanggal untuk mencari yang lebih lama",
        Versions = "versi",
        SearchMended = "Menampilkan hasil untuk",
        SearchExactly = "Cari persis",
        SearchPartial = "Hanya sedikit berita yang memuat semua kata itu. Berikut yang memuat sebagian besar.",
        SearchAdvice = "Periksa ejaannya, coba kata yang lebih umum, atau kosongkan kanal, penulis, dan tanggal.",
        SearchNarrow = "Persempit",
        FromDay = "Dari tanggal",
        ToDay = "Sampai tanggal",
        Sort = "Urutkan",
        SortRelevance = "Paling cocok",
        SortDate = "Terbaru",
        CancelledBySource = "Dibatalkan oleh sumbernya.",
        Advertisement = "Iklan",
        PrivacySettings = "Pengaturan privasi",
        ConsentHeading = "Bolehkah pihak lain ikut memuat sesuatu di halaman ini?",
        ConsentText = "Pihak di bawah ini baru dimuat bila Anda setuju. Tanpa itu pun semua berita tetap dapat dibaca, dan pilihan Anda bisa diubah kapan saja di kaki halaman.",
        ConsentAgree = "Setuju",
        ConsentRefuse = "Tolak",
        ConsentSave = "Simpan pilihan",
        ConsentAds = "Iklan",
        ConsentAnalytics = "Pengukuran kunjungan",
        Share = "Bagikan",
        CopyLink = "Salin tautan",
        Copied = "Tautan disalin.",
        GoToPage = "Ke halaman",
        Go = "Buka",
        Date = "Tanggal",
        PreviousDay = "Hari sebelumnya",
        NextDay = "Hari berikutnya",
        AllSections = "Semua kanal",
        PopularBySection = "Terpopuler per kanal",
        Erratum = "Ralat",
        Correction = "Koreksi",
        Reply = "Hak Jawab",
        AskedBy = "Atas permintaan",
        ReplyFrom = "Dari",
        SeeAlso = "Lihat",
        Unverified = "Masih memerlukan verifikasi",
        Corrections = "Ralat, Koreksi, dan Hak Jawab",
        CorrectionsText = "Setiap ralat, koreksi, dan hak jawab yang kami muat, dengan waktu pemuatan dan tautan ke beritanya.",
        NoCorrections = "Belum ada ralat, koreksi, atau hak jawab.",
        Takedowns = "Berita yang Dicabut",
        TakedownsText = "Berita yang kami cabut, dengan waktu dan alasannya. Judul dan isinya tidak kami ulangi di sini.",
        NoTakedowns = "Belum ada berita yang dicabut.",
        TakenDown = "Satu berita dicabut",
        Erased = "Satu berita dihapus seluruhnya",
        Suggestions = "Mungkin yang Anda cari",
    };

    private static readonly Words English = new()
    {
        ReadAlso = "Read also",
        Related = "Related stories",
        Popular = "Most read",
        Picks = "Editors’ picks",
        Latest = "Latest",
        Home = "Home",
        Menu = "Sections",
        Index = "Index",
        SkipToContent = "Skip to content",
        Tags = "Topics",
        Author = "Author",
        More = "More",
        Updated = "Updated",
        MinutesToRead = "min read",
        Page = "Page",
        Of = "of",
        Next = "Next",
        Previous = "Previous",
        AllPages = "Show all",
        Advertorial = "Advertorial",
        ShowEmbed = "Show this content",
        EmbedNotice = "This content is loaded from",
        NoStories = "There are no stories here yet.",
        NotFoundHeading = "Page not found",
        NotFoundText = "There is nothing at this address, or the story has moved. The latest stories are below.",
        AwayHeading = "Back in a moment",
        AwayText = "This site is very busy, or being looked after. Please load this page again in a few seconds.",
        GoneHeading = "This story has been taken down",
        GoneText = "The editors took down the story at this address on",
        GoneReason = "Reason",
        Writer = "Reporter",
        Editor = "Editor",
        Photographer = "Photographer",
        Photo = "Photo",
        Breadcrumbs = "You are here",
        Search = "Search",
        SearchEmpty = "No story matches this search.",
        SearchPrompt = "Type the words you are looking for.",
        SearchFound = "stories found",
        SearchNewest = "newest stories that match; narrow by section or date to find older ones",
        Versions = "similar",
        SearchMended = "Showing results for",
        SearchExactly = "Search exactly for",
        SearchPartial = "Few stories hold all of these words. These hold most of them.",
        SearchAdvice = "Check the spelling, try a more general word, or clear section, author and dates.",
        SearchNarrow = "Narrow down",
        FromDay = "From",
        ToDay = "To",
        Sort = "Sort by",
        SortRelevance = "Best match",
        SortDate = "Newest",
        CancelledBySource = "Cancelled by its source.",
        Advertisement = "Advertisement",
        PrivacySettings = "Privacy settings",
        ConsentHeading = "May others load something on this page?",
        ConsentText = "Those named below load only if you agree. Every story can be read without them, and you can change your mind at any time at the foot of the page.",
        ConsentAgree = "Agree",
        ConsentRefuse = "Refuse",
        ConsentSave = "Save choice",
        ConsentAds = "Advertising",
        ConsentAnalytics = "Measuring visits",
        Share = "Share",
        CopyLink = "Copy link",
        Copied = "Link copied.",
        GoToPage = "Go to page",
        Go = "Go",
        Date = "Date",
        PreviousDay = "Previous day",
        NextDay = "Next day",
        AllSections = "All sections",
        PopularBySection = "Most read by section",
        Erratum = "Erratum",
        Correction = "Correction",
        Reply = "Right of reply",
        AskedBy = "At the request of",
        ReplyFrom = "From",
        SeeAlso = "See",
        Unverified = "Still awaiting verification",
        Corrections = "Corrections and replies",
        CorrectionsText = "Every erratum, correction and right of reply that we have published, with its time and a link to the story.",
        NoCorrections = "There are no corrections or replies yet.",
        Takedowns = "Stories taken down",
        TakedownsText = "Stories that we have taken down, with the time and the reason. We do not repeat their headlines or their words here.",
        NoTakedowns = "No story has been taken down.",
        TakenDown = "A story was taken down",
        Erased = "A story was erased entirely",
        Suggestions = "You may have been looking for",
    };

    private static readonly Words Arabic = new()
    {
        ReadAlso = "اقرأ أيضًا",
        Related = "أخبار ذات صلة",
        Popular = "الأكثر قراءة",
        Picks = "اختيارات المحررين",
        Latest = "آخر الأخبار",
        Home = "الرئيسية",
        Menu = "الأقسام",
        Index = "الفهرس",
        SkipToContent = "انتقل إلى المحتوى",
        Tags = "مواضيع",
        Author = "الكاتب",
        More = "المزيد",
        Updated = "آخر تحديث",
        MinutesToRead = "دقائق قراءة",
        Page = "صفحة",
        Of = "من",
        Next = "التالي",
        Previous = "السابق",
        AllPages = "عرض الكل",
        Advertorial = "مادة إعلانية",
        ShowEmbed = "عرض المحتوى",
        EmbedNotice = "يُحمَّل هذا المحتوى من",
        NoStories = "لا توجد أخبار هنا بعد.",
        NotFoundHeading = "الصفحة غير موجودة",
        NotFoundText = "لا يوجد شيء في هذا العنوان، أو نُقل الخبر. آخر الأخبار في الأسفل.",
        AwayHeading = "لحظة من فضلك",
        AwayText = "الموقع مزدحم جدًا أو قيد الصيانة. أعد تحميل هذه الصفحة بعد ثوانٍ قليلة.",
        GoneHeading = "سُحب هذا الخبر",
        GoneText = "سحب المحررون الخبر المنشور في هذا العنوان بتاريخ",
        GoneReason = "السبب",
        Writer = "المراسل",
        Editor = "المحرر",
        Photographer = "المصور",
        Photo = "صورة",
        Breadcrumbs = "أنت هنا",
        Search = "بحث",
        SearchEmpty = "لا يوجد خبر يطابق هذا البحث.",
        SearchPrompt = "اكتب الكلمات التي تبحث عنها.",
        SearchFound = "خبرًا",
        SearchNewest = "من أحدث الأخبار المطابقة؛ حدّد القسم أو التاريخ للوصول إلى الأقدم",
        Versions = "أخرى",
        SearchMended = "نتائج البحث عن",
        SearchExactly = "ابحث تمامًا عن",
        SearchPartial = "قليل من الأخبار يضم كل هذه الكلمات، وهذه تضم أكثرها.",
        SearchAdvice = "تحقق من الإملاء، أو جرّب كلمة أعم، أو أزل القسم والكاتب والتاريخ.",
        SearchNarrow = "تحديد البحث",
        FromDay = "من",
        ToDay = "إلى",
        Sort = "الترتيب",
        SortRelevance = "الأكثر مطابقة",
        SortDate = "الأحدث",
        CancelledBySource = "ألغاه مصدره.",
        Advertisement = "إعلان",
        PrivacySettings = "إعدادات الخصوصية",
        ConsentHeading = "هل تسمح لجهات أخرى بتحميل محتوى في هذه الصفحة؟",
        ConsentText = "لا تُحمَّل الجهات المذكورة أدناه إلا بموافقتك. جميع الأخبار متاحة للقراءة من دونها، ويمكنك تغيير اختيارك في أي وقت من أسفل الصفحة.",
        ConsentAgree = "أوافق",
        ConsentRefuse = "أرفض",
        ConsentSave = "احفظ الاختيار",
        ConsentAds = "الإعلانات",
        ConsentAnalytics = "قياس الزيارات",
        Share = "شارك",
        CopyLink = "انسخ الرابط",
        Copied = "نُسخ الرابط.",
        GoToPage = "إلى صفحة",
        Go = "اذهب",
        Date = "التاريخ",
        PreviousDay = "اليوم السابق",
        NextDay = "اليوم التالي",
        AllSections = "كل الأقسام",
        PopularBySection = "الأكثر قراءة حسب القسم",
        Erratum = "تصويب",
        Correction = "تصحيح",
        Reply = "حق الرد",
        AskedBy = "بطلب من",
        ReplyFrom = "من",
        SeeAlso = "انظر",
        Unverified = "ما زال بحاجة إلى التحقق",
        Corrections = "تصويبات وتصحيحات وردود",
        CorrectionsText = "كل تصويب وتصحيح وحق رد نشرناه، مع وقت نشره ورابط الخبر.",
        NoCorrections = "لا توجد تصويبات أو تصحيحات أو ردود بعد.",
        Takedowns = "أخبار سُحبت",
        TakedownsText = "الأخبار التي سحبناها، مع الوقت والسبب. لا نكرر هنا عناوينها ولا نصوصها.",
        NoTakedowns = "لم يُسحب أي خبر.",
        TakenDown = "سُحب خبر",
        Erased = "حُذف خبر بالكامل",
        Suggestions = "ربما كنت تبحث عن",
    };
}
