namespace Warta.Content;

/// <summary>Something that a person or a program gave can't be kept; the message says what, and what would do.</summary>
public class ContentException : Exception
{
    public ContentException(string message, Exception? inner = null) : base(message, inner) => Sentence = Sentence.Of(message);

    public ContentException(Sentence sentence, Exception? inner = null) : base(sentence.ToString(), inner) => Sentence = sentence;

    /// <summary>The message with its gaps told apart, for those who say it in another language.</summary>
    public Sentence Sentence { get; }
}
