using Markdig;

namespace Warta.Content;

/// <summary>Maps Markdown (CommonMark with tables) to blocks. HTML in it is text like any other.</summary>
public static class MarkdownMapper
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoLinks().Build();

    /// <exception cref="ContentException">It is nested so deep that nobody can have written it.</exception>
    public static MappedBody FromMarkdown(string markdown)
    {
        try
        {
            return HtmlMapper.FromHtml(Markdown.ToHtml(markdown, Pipeline));
        }
        catch (ArgumentException e)
        {
            throw new ContentException($"The Markdown can't be read: {e.Message.ReplaceLineEndings(" ")}");
        }
    }
}
