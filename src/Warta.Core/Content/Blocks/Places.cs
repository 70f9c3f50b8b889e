namespace Warta.Content;

/// <summary>Cities that stories are datelined from. Not a gazetteer: a city that is missing here is still recognised in capitals, or beside an outlet.</summary>
internal static class Places
{
    public static readonly string[] Cities =
    [
        // Indonesia
        "Jakarta", "Jakarta Barat", "Jakarta Pusat", "Jakarta Selatan", "Jakarta Timur", "Jakarta Utara", "Bandung", "Bandung Barat", "Bogor", "Depok",
        "Tangerang", "Tangerang Selatan", "Bekasi", "Cikarang", "Karawang", "Cikampek", "Purwakarta", "Subang", "Cirebon", "Indramayu", "Majalengka", "Kuningan", "Sumedang", "Garut",
        "Tasikmalaya", "Ciamis", "Banjar", "Pangandaran", "Sukabumi", "Cianjur", "Lembang", "Cimahi", "Serang", "Cilegon", "Merak", "Pandeglang", "Lebak", "Semarang", "Ungaran", "Salatiga", "Solo",
        "Surakarta", "Sukoharjo", "Karanganyar", "Boyolali", "Klaten", "Wonogiri", "Sragen", "Magelang", "Temanggung", "Wonosobo", "Purworejo", "Kebumen", "Cilacap", "Banyumas", "Purwokerto",
        "Purbalingga", "Banjarnegara", "Tegal", "Brebes", "Pemalang", "Pekalongan", "Batang", "Kendal", "Demak", "Kudus", "Jepara", "Pati", "Rembang", "Blora", "Grobogan", "Yogyakarta", "Jogja",
        "Sleman", "Bantul", "Gunungkidul", "Kulon Progo", "Surabaya", "Sidoarjo", "Gresik", "Lamongan", "Tuban", "Bojonegoro", "Mojokerto", "Jombang", "Kediri", "Nganjuk", "Madiun", "Ngawi", "Magetan",
        "Ponorogo", "Pacitan", "Trenggalek", "Tulungagung", "Blitar", "Malang", "Batu", "Pasuruan", "Probolinggo", "Lumajang", "Jember", "Bondowoso", "Situbondo", "Banyuwangi", "Bangkalan",
        "Sampang", "Pamekasan", "Sumenep", "Denpasar", "Bali", "Badung", "Gianyar", "Ubud", "Tabanan", "Singaraja", "Buleleng", "Mataram", "Lombok", "Mandalika", "Bima", "Sumbawa", "Kupang", "Labuan Bajo",
        "Ende", "Maumere", "Sikka", "Flores", "Banda Aceh", "Aceh", "Lhokseumawe", "Medan", "Deli Serdang", "Binjai", "Pematangsiantar", "Toba", "Sibolga", "Nias", "Padang", "Bukittinggi",
        "Payakumbuh", "Padang Pariaman", "Agam", "Pekanbaru", "Dumai", "Siak", "Batam", "Tanjungpinang", "Bintan", "Natuna", "Jambi", "Palembang", "Prabumulih", "Lubuklinggau", "Bengkulu", "Lampung",
        "Bandar Lampung", "Pangkalpinang", "Belitung", "Pontianak", "Singkawang", "Sambas", "Ketapang", "Palangka Raya", "Palangkaraya", "Sampit", "Banjarmasin", "Banjarbaru", "Balikpapan",
        "Samarinda", "Bontang", "Kutai Kartanegara", "Nusantara", "Tarakan", "Nunukan", "Manado", "Bitung", "Minahasa", "Gorontalo", "Palu", "Poso", "Donggala", "Sigi", "Makassar", "Gowa", "Maros", "Parepare",
        "Palopo", "Bone", "Mamuju", "Majene", "Kendari", "Kolaka", "Baubau", "Ambon", "Ternate", "Tidore", "Sofifi", "Sorong", "Manokwari", "Jayapura", "Sentani", "Wamena", "Timika", "Mimika", "Merauke", "Nabire", "Biak",
        "Klungkung", "Rokan Hulu", "Halmahera Selatan", "Banten", "Jawa Barat", "Jawa Tengah", "Jawa Timur", "Sumatera Utara", "Sumatera Barat", "Sumatera Selatan", "Riau", "Papua",
        // Asia and the Middle East
        "Singapura", "Singapore", "Kuala Lumpur", "Johor Bahru", "Penang", "Bangkok", "Phuket", "Hanoi", "Ho Chi Minh", "Ho Chi Minh City", "Manila", "Phnom Penh", "Vientiane", "Yangon", "Naypyidaw",
        "Dili", "Bandar Seri Begawan", "Tokyo", "Osaka", "Kyoto", "Suita", "Saitama", "Yokohama", "Nagoya", "Hiroshima", "Sapporo", "Seoul", "Busan", "Pyongyang", "Beijing", "Shanghai", "Wuhan", "Chongqing", "Hong Kong",
        "Hongkong", "Taipei", "New Delhi", "Mumbai", "Kolkata", "Islamabad", "Karachi", "Lahore", "Dhaka", "Kathmandu", "Kolombo", "Colombo", "Kabul", "Teheran", "Tehran", "Baghdad", "Damaskus", "Damascus", "Aleppo",
        "Beirut", "Amman", "Yerusalem", "Jerusalem", "Tel Aviv", "Gaza", "Gaza City", "Rafah", "Ramallah", "Makkah", "Mekkah", "Madinah", "Jeddah", "Riyadh", "Doha", "Dubai", "Abu Dhabi", "Kuwait City", "Manama", "Muscat", "Sanaa", "Tashkent",
        // Europe, Africa, the Americas, Oceania
        "London", "Manchester", "Liverpool", "Birmingham", "Glasgow", "Edinburgh", "Dublin", "Paris", "Marseille", "Lyon", "Madrid", "Barcelona", "Sevilla", "Valencia", "Bilbao", "Lisbon", "Lisabon",
        "Porto", "Roma", "Rome", "Milan", "Turin", "Torino", "Naples", "Napoli", "Genoa", "Bologna", "Bergamo", "Firenze", "Florence", "Reggio Emilia", "Venesia", "Misano", "Mugello", "Loreto", "Ravenna", "Memmingen", "Le Mans", "Mijas", "Vatikan", "Vatican City",
        "Berlin", "Munich", "Muenchen", "Dortmund", "Hamburg", "Frankfurt", "Leverkusen", "Leipzig", "Wina", "Vienna", "Zurich", "Jenewa", "Geneva", "Bern", "Brussel", "Brussels", "Amsterdam", "Rotterdam", "Den Haag",
        "The Hague", "Kopenhagen", "Copenhagen", "Stockholm", "Oslo", "Helsinki", "Warsawa", "Warsaw", "Praha", "Prague", "Budapest", "Bukares", "Bucharest", "Sofia", "Athena", "Athens", "Istanbul", "Ankara", "Kyiv", "Kiev", "Moskow",
        "Moscow", "St Petersburg", "Minsk", "Baku", "Kairo", "Cairo", "Tripoli", "Tunis", "Aljir", "Rabat", "Casablanca", "Khartoum", "Addis Ababa", "Nairobi", "Lagos", "Abuja", "Cape Town", "Johannesburg", "Washington",
        "Washington DC", "Washington D.C.", "New York", "Los Angeles", "San Francisco", "Chicago", "Miami", "Boston", "Las Vegas", "Houston", "Texas", "California", "Toronto", "Ottawa", "Mexico City", "Havana",
        "Caracas", "Bogota", "Lima", "Santiago", "Buenos Aires", "Rio de Janeiro", "Sao Paulo", "Brasilia", "Sydney", "Melbourne", "Canberra", "Perth", "Brisbane", "Wellington", "Auckland", "Port Moresby",
    ];
}
