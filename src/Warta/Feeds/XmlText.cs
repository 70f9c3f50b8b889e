using System.Text;
using System.Xml;

namespace Warta.Feeds;

/// <summary>Writing what people wrote: characters that XML has no place for are left out, so that none of them can break a feed.</summary>
internal static class XmlText
{
    /// <summary>UTF-8 without a byte order mark, which some readers stumble over.</summary>
    public static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), Indent = true, IndentChars = " ", NewLineChars = "\n" };

    public static string Clean(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i])) continue;
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i])) i++;
            else return Without(text);
        }

        return text;
    }

    public static void Text(this XmlWriter xml, string name, string text) => xml.WriteElementString(name, Clean(text));

    /// <param name="prefix">Of a namespace that the root element declares.</param>
    public static void Text(this XmlWriter xml, string prefix, string name, string text) => xml.WriteElementString(prefix, name, null, Clean(text));

    /// <summary>An element without content.</summary>
    public static void Empty(this XmlWriter xml, string? prefix, string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        xml.WriteStartElement(prefix, name, null);
        foreach (var (attribute, value) in attributes) xml.WriteAttributeString(attribute, Clean(value));
        xml.WriteEndElement();
    }

    private static string Without(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // Half a surrogate pair has become U+FFFD; of the rest only single characters can be refused.
            if (!rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value)) clean.Append(rune);
        }

        return clean.ToString();
    }
}
