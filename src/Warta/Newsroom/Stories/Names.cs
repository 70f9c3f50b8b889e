using Warta.Storage;

namespace Warta.Newsroom;

/// <summary>People as they are called, from what the log calls them: "user:anna@example.com", "token:…", "import".</summary>
public sealed class Names
{
    private const string User = "user:";
    private readonly Dictionary<string, string> _names;

    public Names(Session session, IEnumerable<string> actors)
    {
        var emails = actors.Where(actor => actor.StartsWith(User, StringComparison.Ordinal)).Select(actor => actor[User.Length..]).Distinct().ToList();
        _names = emails.Count == 0 ? [] : session.Query<(string Email, string Name)>("SELECT email, name FROM users WHERE email IN [[texts:emails]]", new { emails = session.Texts(emails) }).ToDictionary(row => User + row.Email, row => row.Name);
    }

    public string Of(string actor) => _names.TryGetValue(actor, out var name) ? name
        : actor.StartsWith(User, StringComparison.Ordinal) ? actor[User.Length..]
        : actor.StartsWith("token:", StringComparison.Ordinal) ? $"API ({actor["token:".Length..]})" : actor;

    public static string Of(Session session, string actor) => new Names(session, [actor]).Of(actor);
}
