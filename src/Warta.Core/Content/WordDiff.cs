namespace Warta.Content;

public enum DiffKind
{
    Same,
    Added,
    Removed,
}

/// <summary>Words that stand in both texts, in the newer only, or in the older only.</summary>
public readonly record struct DiffRun(DiffKind Kind, string Text);

/// <summary>
/// Two texts compared word by word. What both have once only holds them together, between that what both have at all (a patience diff, then the longest common
/// subsequence of what is left); so it is quick on texts that have little in common, and people read what it finds.
/// </summary>
public static class WordDiff
{
    /// <summary>Cells of the table for what the anchors leave. Two stretches beyond that have nothing in common that would be worth the time.</summary>
    private const int LargestTable = 1 << 20;

    /// <returns>The runs in reading order; those of one kind that follow each other are one. The older text is what is same or removed, the newer what is same or added.</returns>
    public static List<DiffRun> Of(string older, string newer)
    {
        var (a, b) = (Cut(older), Cut(newer));
        var runs = new Runs();
        Between(a, 0, a.Count, b, 0, b.Count, runs);
        return runs.Done();
    }

    /// <summary>Pairs of equal items, in the order of both: each of the one with at most one of the other.</summary>
    internal static List<(int A, int B)> Pairs<T>(IReadOnlyList<T> a, IReadOnlyList<T> b) where T : notnull
    {
        var pairs = new List<(int, int)>();
        Match(a, 0, a.Count, b, 0, b.Count, pairs);
        return pairs;
    }

    /// <summary>Words with the marks and blanks around them apart: "naik," is two, so a comma that goes takes no word along.</summary>
    private static List<string> Cut(string text)
    {
        var tokens = new List<string>(text.Length / 4);
        for (int i = 0, from; i < text.Length;)
        {
            from = i;
            if (IsWord(text[i]))
                while (i < text.Length && IsWord(text[i])) i++;
            else if (char.IsWhiteSpace(text[i]))
                while (i < text.Length && char.IsWhiteSpace(text[i])) i++;
            else i += char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
            tokens.Add(text[from..i]);
        }

        return tokens;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    private static void Between(List<string> a, int fromA, int toA, List<string> b, int fromB, int toB, Runs runs)
    {
        var pairs = new List<(int A, int B)>();
        Match(a, fromA, toA, b, fromB, toB, pairs);
        var (i, j) = (fromA, fromB);
        foreach (var (atA, atB) in pairs.Append((toA, toB)))
        {
            for (; i < atA; i++) runs.Add(DiffKind.Removed, a[i]);
            for (; j < atB; j++) runs.Add(DiffKind.Added, b[j]);
            if (atA < toA) runs.Add(DiffKind.Same, a[atA]);
            (i, j) = (atA + 1, atB + 1);
        }
    }

    private static void Match<T>(IReadOnlyList<T> a, int fromA, int toA, IReadOnlyList<T> b, int fromB, int toB, List<(int, int)> pairs) where T : notnull
    {
        var same = EqualityComparer<T>.Default;
        while (fromA < toA && fromB < toB && same.Equals(a[fromA], b[fromB])) pairs.Add((fromA++, fromB++));
        var (endA, endB) = (toA, toB);
        while (fromA < endA && fromB < endB && same.Equals(a[endA - 1], b[endB - 1])) (endA, endB) = (endA - 1, endB - 1);

        if (fromA < endA && fromB < endB)
        {
            var anchors = Anchors(a, fromA, endA, b, fromB, endB);
            if (anchors.Count == 0) Longest(a, fromA, endA, b, fromB, endB, pairs);
            else
            {
                foreach (var (atA, atB) in anchors)
                {
                    Match(a, fromA, atA, b, fromB, atB, pairs);
                    pairs.Add((atA, atB));
                    (fromA, fromB) = (atA + 1, atB + 1);
                }

                Match(a, fromA, endA, b, fromB, endB, pairs);
            }
        }

        while (endA < toA) pairs.Add((endA++, endB++));
    }

    /// <summary>What stands in each exactly once, as much of it as stands in the same order in both.</summary>
    private static List<(int A, int B)> Anchors<T>(IReadOnlyList<T> a, int fromA, int toA, IReadOnlyList<T> b, int fromB, int toB) where T : notnull
    {
        var places = new Dictionary<T, (int A, int B)>();
        const int none = -1, several = -2;
        for (var i = fromA; i < toA; i++) places[a[i]] = (places.ContainsKey(a[i]) ? several : i, none);
        for (var j = fromB; j < toB; j++)
        {
            if (places.TryGetValue(b[j], out var place)) places[b[j]] = (place.A, place.B == none ? j : several);
        }

        // The longest rising sequence of places in b, by piles (patience sorting).
        var (piles, before) = (new List<(int A, int B)>(), new Dictionary<int, (int A, int B)>());
        for (var i = fromA; i < toA; i++)
        {
            if (places[a[i]] is not { A: >= 0, B: >= 0 } place) continue;
            var (low, high) = (0, piles.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (piles[middle].B < place.B) low = middle + 1;
                else high = middle;
            }

            if (low > 0) before[place.B] = piles[low - 1];
            if (low == piles.Count) piles.Add(place);
            else piles[low] = place;
        }

        var anchors = new List<(int, int)>();
        if (piles.Count == 0) return anchors;
        for (var last = piles[^1]; ; last = before[last.B])
        {
            anchors.Add(last);
            if (!before.ContainsKey(last.B)) break;
        }

        anchors.Reverse();
        return anchors;
    }

    private static void Longest<T>(IReadOnlyList<T> a, int fromA, int toA, IReadOnlyList<T> b, int fromB, int toB, List<(int, int)> pairs) where T : notnull
    {
        var (height, width) = (toA - fromA, toB - fromB);
        if ((long)height * width > LargestTable) return;
        var same = EqualityComparer<T>.Default;
        var table = new int[height + 1, width + 1];
        for (var i = height - 1; i >= 0; i--)
        {
            for (var j = width - 1; j >= 0; j--)
                table[i, j] = same.Equals(a[fromA + i], b[fromB + j]) ? table[i + 1, j + 1] + 1 : Math.Max(table[i + 1, j], table[i, j + 1]);
        }

        for (int i = 0, j = 0; i < height && j < width;)
        {
            if (same.Equals(a[fromA + i], b[fromB + j])) pairs.Add((fromA + i++, fromB + j++));
            else if (table[i + 1, j] >= table[i, j + 1]) i++;
            else j++;
        }
    }

    /// <summary>Gathers runs. A blank between two changed words is changed with them: single blanks that stayed would tear a changed phrase apart.</summary>
    private sealed class Runs
    {
        private readonly List<DiffRun> _runs = [];
        private readonly System.Text.StringBuilder _same = new(), _removed = new(), _added = new();

        public void Add(DiffKind kind, string text)
        {
            if (kind == DiffKind.Same && (_removed.Length > 0 || _added.Length > 0))
            {
                if (_same.Length == 0 && string.IsNullOrWhiteSpace(text))
                {
                    _same.Append(text);
                    return;
                }

                Change();
            }
            else if (kind != DiffKind.Same && _same.Length > 0)
            {
                if (_removed.Length > 0 && _added.Length > 0)
                {
                    _removed.Append(_same);
                    _added.Append(_same);
                    _same.Clear();
                }
                else
                {
                    Change();
                    Same();
                }
            }

            (kind switch
            {
                DiffKind.Same => _same,
                DiffKind.Added => _added,
                _ => _removed,
            }).Append(text);
        }

        public List<DiffRun> Done()
        {
            Change();
            Same();
            return _runs;
        }

        private void Change()
        {
            Put(DiffKind.Removed, _removed);
            Put(DiffKind.Added, _added);
        }

        private void Same() => Put(DiffKind.Same, _same);

        private void Put(DiffKind kind, System.Text.StringBuilder text)
        {
            if (text.Length > 0) _runs.Add(new DiffRun(kind, text.ToString()));
            text.Clear();
        }
    }
}
