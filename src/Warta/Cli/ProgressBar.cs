using System.Diagnostics;
using Warta.Exchange;

namespace Warta.Cli;

/// <summary>
/// A line that shows how far a long work is, how fast, and how long it will take. On a terminal it is redrawn in place; in a log it is a line every ten seconds.
/// </summary>
public sealed class ProgressBar(TextWriter output, bool isTerminal) : IProgress<ImportProgress>, IDisposable
{
    private const int Width = 28;
    private readonly Lock _lock = new();
    private Stopwatch _phase = Stopwatch.StartNew();
    private string _name = "";
    private long _drawnAt = long.MinValue;
    private int _drawnWidth;
    private long _before;

    public void Report(ImportProgress value)
    {
        lock (_lock)
        {
            if (_name != value.Phase)
            {
                EndLine();
                // The first phase has run since this was made; a later one begins with its first step.
                if (_name.Length > 0) (_phase, _before) = (Stopwatch.StartNew(), value.Items);
                (_name, _drawnAt) = (value.Phase, long.MinValue);
            }

            var elapsed = _phase.ElapsedMilliseconds;
            if (_drawnAt != long.MinValue && elapsed - _drawnAt < (isTerminal ? 100 : 10_000) && value.Fraction < 1) return;
            _drawnAt = elapsed;
            var rate = elapsed < 200 ? "" : $"  {(value.Items - _before) / (elapsed / 1000.0):N0}/s";
            var left = value.Fraction is > 0.01 and < 1 ? TimeSpan.FromMilliseconds(elapsed / value.Fraction * (1 - value.Fraction)) : TimeSpan.Zero;
            var text = $"{value.Phase,-8} {Bar(value.Fraction)} {value.Fraction,4:P0}  {value.Items:N0}{rate}" + (left > TimeSpan.FromSeconds(1) ? $"  {left:m\\:ss} left" : "");
            if (!isTerminal)
            {
                output.WriteLine(text);
                return;
            }

            output.Write("\r" + text.PadRight(_drawnWidth));
            _drawnWidth = text.Length;
        }
    }

    public void Dispose()
    {
        lock (_lock) EndLine();
    }

    private void EndLine()
    {
        if (isTerminal && _drawnWidth > 0) output.WriteLine();
        _drawnWidth = 0;
    }

    private static string Bar(double fraction)
    {
        var full = (int)Math.Round(Math.Clamp(fraction, 0, 1) * Width);
        return "[" + new string('█', full) + new string('·', Width - full) + "]";
    }
}
