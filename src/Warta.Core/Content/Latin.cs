namespace Warta.Content;

/// <summary>Latin letters without their marks, as people type them: "é" → "e", "ß" → "ss".</summary>
internal static class Latin
{
    // Latin-1 Supplement and Latin Extended-A, from U+00C0 on; a dot is a sign, or a letter that becomes two.
    private const string Plains =
        "aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.yaaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkkkllllllllllnnnnnnnnnoooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

    private static readonly string?[] Table = Plains.Select((plain, i) => plain == '.' ? InTwo((char)(i + 0xC0)) : plain.ToString()).ToArray();

    /// <summary>Lower case, one letter or two; null for a character that isn't such a letter.</summary>
    public static string? Plain(char letter) => letter is >= '\u00C0' and < '\u0180' ? Table[letter - 0xC0] : null;

    private static string? InTwo(char letter) => letter switch
    {
        'Æ' or 'æ' => "ae",
        'Þ' or 'þ' => "th",
        'ß' => "ss",
        'Ĳ' or 'ĳ' => "ij",
        'Œ' or 'œ' => "oe",
        _ => null,
    };
}
