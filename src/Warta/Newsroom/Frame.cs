using Warta.Accounts;
using Warta.Content;

namespace Warta.Newsroom;

/// <summary>What every page of the newsroom is given: who looks, in which language, and what a form of its own must bring back.</summary>
/// <param name="Person">Null on pages before the door.</param>
/// <param name="Title">The title that the page is about.</param>
/// <param name="Path">Where the page is, for the menu and the way back.</param>
public sealed record Frame(Person? Person, Title Title, IReadOnlyList<Title> Titles, string Language, string FormProof, string Path)
{
    /// <summary>What has just been done, or couldn't be.</summary>
    public string Said { get; init; } = "";
    public bool IsError { get; init; }

    /// <summary>Where an empty form takes back what has just been done; empty for what can't be.</summary>
    public string Undo { get; init; } = "";

    /// <summary>The text of the two that is in the reader's language.</summary>
    public string T(string indonesian, string english) => Language == "en" ? english : indonesian;

    /// <summary>A moment in the title's zone, as the newsroom writes it.</summary>
    public string When(DateTimeOffset moment) => Clock.InWords(moment, Title.Zone, Language);

    public bool May(Permission permission) => Person?.May(permission, Title.Id) == true;

    public string RoleName(string role) => role switch
    {
        "contributor" => T("Kontributor", "Contributor"),
        "reporter" => T("Reporter", "Reporter"),
        "editor" => T("Redaktur", "Editor"),
        "managing-editor" => T("Redaktur Pelaksana", "Managing editor"),
        "photo-editor" => T("Redaktur Foto", "Photo editor"),
        "advertising" => T("Iklan", "Advertising"),
        "admin" => "Admin",
        _ => role,
    };
}
