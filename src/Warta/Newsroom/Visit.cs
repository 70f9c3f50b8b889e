using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Warta.Accounts;
using Warta.Composition;
using Warta.Content;
using Warta.Publishing;

namespace Warta.Newsroom;

/// <summary>What an endpoint of the newsroom needs; <see cref="NewsroomRoutes"/> refuses one that says nothing.</summary>
/// <param name="Permission">Null: whoever is signed in.</param>
/// <param name="IsGrave">Asks again who it is, if that was long ago.</param>
internal sealed record Needs(Permission? Permission, bool IsGrave = false)
{
    /// <summary>Pages before the door: sign-in, set-up, invitations.</summary>
    public static readonly Needs Nothing = new(null, false) { IsOpen = true };

    public bool IsOpen { get; private init; }

    /// <summary>In bytes; larger ones aren't read. No request to the port may have more than 32 MB.</summary>
    public long LongestForm { get; init; } = 12 << 20;

    /// <summary>What is read of somebody who isn't signed in.</summary>
    public const long LongestOfStrangers = 64 << 10;
}

/// <summary>One request to the newsroom.</summary>
internal sealed class Visit(HttpContext context, Site site)
{
    private const string SaidCookie = "warta-said";

    public HttpContext Context => context;
    public Site Site => site;
    public Press Press => site.Press;
    public HttpRequest Request => context.Request;
    public Person? Person { get; } = Door.Who(context, site.Press);

    /// <summary>Who is signed in, on pages where somebody has to be.</summary>
    public Person Me => Person!;
    public string Actor => Person?.Actor ?? "newsroom";

    /// <summary>The form that was sent; empty for a page that is only looked at.</summary>
    public IFormCollection Form { get; init; } = FormCollection.Empty;

    public string Field(string name) => Form[name].ToString().Replace("\0", "", StringComparison.Ordinal);

    /// <summary>The title that this is about: the host's, or where the paper is managed the one that was chosen.</summary>
    public Title Title => Request.Path.StartsWithSegments(Manage.Root, StringComparison.Ordinal) && site.Titles.Titles.FirstOrDefault(title => title.Slug == Request.Query["title"]) is { } chosen ? chosen : site.Titles.ByHost(Request.Host.Host);

    public string Language => Person?.Language is { Length: > 0 } own ? own : Languages.Primary(Title.Language) == "en" ? "en" : "id";

    public Frame Frame(string said = "", bool isError = false)
    {
        var undo = "";
        if (said.Length == 0 && Request.Cookies[SaidCookie] is { Length: > 0 } kept)
        {
            var parts = kept.Split('|');
            said = Uri.UnescapeDataString(parts[0]);
            if (parts.Length > 1 && Uri.UnescapeDataString(parts[1]) is var address && Local(address) == address) undo = address;
            context.Response.Cookies.Delete(SaidCookie, new CookieOptions { Path = "/newsroom" });
        }

        return new Frame(Person, Title, site.Titles.Titles, Language, Door.FormProof(context), Request.Path.Value ?? "") { Said = said, IsError = isError, Undo = undo };
    }

    public string T(string indonesian, string english) => Language == "en" ? english : indonesian;

    /// <summary>Why something is refused, in the language of whoever asked for it.</summary>
    public string Why(ContentException e) => Language == "en" ? e.Message : Refusals.InIndonesian(e);

    public static RazorComponentResult Page<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TPage>(int status, params (string, object?)[] values) where TPage : IComponent =>
        new RazorComponentResult<TPage>(values.ToDictionary(value => value.Item1, value => value.Item2)) { StatusCode = status, PreventStreamingRendering = true };

    /// <summary>A script of ours asks, not a person: it is answered in JSON, and never led elsewhere.</summary>
    public bool WantsJson => Request.Headers.Accept.ToString().Contains("application/json", StringComparison.Ordinal);

    /// <summary>No, in words.</summary>
    public IResult Refuse(int status, string heading, string text) => WantsJson
        ? Results.Json(new { message = text }, statusCode: status)
        : Page<Plain>(status, ("Frame", Frame(text, isError: status != 404)), ("Heading", heading));

    /// <summary>His role doesn't reach here; the audit trail says that he tried.</summary>
    public IResult Forbid(Permission permission, long? articleId = null)
    {
        Press.Run(Actor, act => act.Record("refused", Title.Id, articleId, new { permission = permission.ToString(), path = Request.Path.Value }));
        return Refuse(403, T("Bukan wewenang Anda", "Not yours to do"), T("Peran Anda tidak mengizinkannya di sini. Tanyakan kepada admin redaksi.", "Your role doesn't allow it here. Ask an admin of the newsroom."));
    }

    /// <summary>Done: on to a page that says so. A reload does nothing twice.</summary>
    /// <param name="undo">Where an empty form takes it back: an address of the newsroom.</param>
    public IResult Go(string to, string said = "", string undo = "")
    {
        if (said.Length > 0)
        {
            var kept = Uri.EscapeDataString(said) + (undo.Length > 0 ? "|" + Uri.EscapeDataString(undo) : "");
            context.Response.Cookies.Append(SaidCookie, kept, new CookieOptions { HttpOnly = true, Secure = Request.IsHttps, SameSite = SameSiteMode.Strict, Path = "/newsroom", MaxAge = TimeSpan.FromMinutes(1) });
        }

        return Results.Redirect(Local(to), permanent: false, preserveMethod: false);
    }

    /// <summary>An address of the newsroom; anything else leads to its front.</summary>
    public static string Local(string to) => to.StartsWith("/newsroom", StringComparison.Ordinal) && !to.Contains('\\') && !to.Contains("//", StringComparison.Ordinal) && to.All(c => c is > ' ' and < '\u007f') ? to : "/newsroom";
}
