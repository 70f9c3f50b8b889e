using System.Net;
using System.Security.Cryptography;
using System.Text;
using Warta.Accounts;
using Warta.Publishing;

namespace Warta.Newsroom;

/// <summary>
/// Who stands at the newsroom's door: the cookie of a session, and the proof that a form was ours. The cookie goes to no other site and no script; where the
/// newsroom is reached by TLS its name binds it to the host (<c>__Host-</c>).
/// </summary>
internal static class Door
{
    private const string Plain = "warta", Bound = "__Host-warta";

    private static readonly object PersonItem = new();

    /// <summary>The name of the form's field that says that the form was ours.</summary>
    public const string FormField = "_form";

    public static string CookieOf(HttpRequest request) => request.IsHttps ? Bound : Plain;

    /// <summary>Who is signed in; null for nobody. Looked up once for each request.</summary>
    public static Person? Who(HttpContext context, Press press)
    {
        if (context.Items.TryGetValue(PersonItem, out var known)) return (Person?)known;
        var person = context.Request.Cookies[CookieOf(context.Request)] is { Length: > 0 } secret ? Find(press, secret) : null;
        context.Items[PersonItem] = person;
        return person;
    }

    private static Person? Find(Press press, string secret)
    {
        var mark = false;
        var person = press.Database.Read(session => Sessions.Find(session, secret, press.Now, out mark));
        if (person is not null && mark) press.Run(person.Actor, act => act.Mark(person.Session));
        return person;
    }

    /// <summary>Half of a sign-in: who has given his password and owes a code.</summary>
    public static long? Half(HttpContext context, Press press) =>
        context.Request.Cookies[CookieOf(context.Request)] is { Length: > 0 } secret ? press.Database.Read(session => Sessions.Half(session, secret, press.Now)) : null;

    /// <summary>Opens: a new session each time, so that nobody's old cookie is worth anything.</summary>
    public static void Open(HttpContext context, Press press, long userId, bool isWhole)
    {
        var request = context.Request;
        var secret = press.Run(press.Database.Read(session => Users.ActorOf(session, userId)), act =>
        {
            if (request.Cookies[CookieOf(request)] is { Length: > 0 } old) act.Sql.Run("DELETE FROM sessions WHERE hash = @p1", Secret.HashOf(old));
            return act.Begin(userId, isWhole, AddressOf(context), request.Headers.UserAgent.ToString());
        });
        context.Response.Cookies.Append(CookieOf(request), secret, Options(request, isWhole ? Sessions.Longest : Sessions.SecondFactor));
    }

    public static void Close(HttpContext context) => context.Response.Cookies.Delete(CookieOf(context.Request), Options(context.Request, null));

    public static string AddressOf(HttpContext context) => (context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : context.Connection.RemoteIpAddress ?? IPAddress.None).ToString();

    /// <summary>
    /// What a form must bring back. It follows from the session's secret, which no other site can read; before anybody is signed in, from a cookie of its own.
    /// </summary>
    public static string FormProof(HttpContext context)
    {
        var request = context.Request;
        var secret = request.Cookies[CookieOf(request)];
        if (string.IsNullOrEmpty(secret))
        {
            secret = Secret.New();
            // Asked for twice on a page, it is one.
            if (context.Items.TryGetValue(FormField, out var made)) secret = (string)made!;
            else
            {
                context.Items[FormField] = secret;
                context.Response.Cookies.Append(CookieOf(request), secret, Options(request, null));
            }
        }

        return ProofOf(secret);
    }

    /// <summary>Whether a request that changes something comes from a page of ours.</summary>
    public static bool IsOurs(HttpRequest request, string? proof)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin")) return false;
        if (request.Headers.Origin.ToString() is { Length: > 0 } origin && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase))) return false;
        return proof is not null && request.Cookies[CookieOf(request)] is { Length: > 0 } secret
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(ProofOf(secret)), Encoding.UTF8.GetBytes(proof));
    }

    private static string ProofOf(string secret) => Secret.HashOf("form " + secret);

    // Lax: whoever follows a link in a mail to the newsroom is signed in there. Every change needs the proof besides.
    private static CookieOptions Options(HttpRequest request, TimeSpan? lifetime) => new() { HttpOnly = true, Secure = request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = lifetime, IsEssential = true };
}
