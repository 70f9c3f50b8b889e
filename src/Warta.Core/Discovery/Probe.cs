namespace Warta.Discovery;

/// <summary>A text whose neighbours are looked for; it needn't be published, nor saved.</summary>
/// <param name="ArticleId">The story that it is a version of; 0 for none yet.</param>
/// <param name="At">Stories published until then are looked at.</param>
public sealed record Probe(long ArticleId, string Language, string Headline, string Text, DateTimeOffset At, long SectionId, IReadOnlyList<long> TagIds);

/// <summary>A live story near to a <see cref="Probe"/>.</summary>
/// <param name="Score">To compare with the others of the same probe only.</param>
/// <param name="Shared">The words that weighed most, as they stand in the probe, at most <see cref="SharedWords.Most"/>.</param>
public sealed record Candidate(long ArticleId, double Score, IReadOnlyList<string> Shared);
