namespace Warta.Publishing;

/// <summary>The stations of a story on its way from its writer to its readers. Scheduled and live are no stages: they follow from releases and publications.</summary>
public static class Stage
{
    /// <summary>Its writer's (<i>Draf</i>).</summary>
    public const string Draft = "draft";

    /// <summary>Handed in (<i>Masuk Desk</i>).</summary>
    public const string Submitted = "submitted";

    /// <summary>In an editor's hands (<i>Disunting</i>).</summary>
    public const string Editing = "editing";

    /// <summary>Its writer's again, with a note (<i>Dikembalikan</i>).</summary>
    public const string Returned = "returned";

    /// <summary>Good to go out (<i>Siap Tayang</i>).</summary>
    public const string Ready = "ready";

    /// <summary>In the order of the desk's board.</summary>
    public static readonly IReadOnlyList<string> All = [Draft, Returned, Submitted, Editing, Ready];

    /// <summary>Whoever began the story writes on; nobody at the desk counts on it yet.</summary>
    public static bool IsWriters(string stage) => stage is Draft or Returned;
}
