using Warta.Content;

namespace Warta.Publishing;

/// <summary>The story's state forbids the verb: it is under embargo, taken down, not live. The message says what to do first.</summary>
public class PublishingException : ContentException
{
    public PublishingException(string message) : base(message)
    {
    }

    public PublishingException(Sentence sentence) : base(sentence)
    {
    }
}

/// <summary>No article has this id or uri.</summary>
public sealed class NoSuchArticleException(string article) : ContentException($"There is no article {article}.");

/// <summary>The picture was erased by law.</summary>
public sealed class PurgedPictureException() : PublishingException("This picture was purged here, and may not come back.");
