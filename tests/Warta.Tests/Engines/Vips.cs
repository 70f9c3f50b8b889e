using Warta.Media;
using Xunit;

namespace Warta.Engines;

/// <summary>A test that makes real pictures. Where vips isn't installed it is skipped; in CI it fails.</summary>
internal static class VipsRequirement
{
    public static string? SkipReason => MediaFolder.CanMake || Requirements.InCI ? null : "vips is not here: install Debian's package libvips-tools";
}

[AttributeUsage(AttributeTargets.Method)]
public sealed class VipsFactAttribute : FactAttribute
{
    public VipsFactAttribute() => Skip = VipsRequirement.SkipReason;
}

/// <summary>Like <see cref="VipsFactAttribute"/>, with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class VipsTheoryAttribute : TheoryAttribute
{
    public VipsTheoryAttribute() => Skip = VipsRequirement.SkipReason;
}

/// <summary>Like <see cref="OnBothEnginesAttribute"/>, with vips.</summary>
[AttributeUsage(AttributeTargets.Method)]
[Xunit.Sdk.XunitTestCaseDiscoverer("Warta.Engines.OnBothEnginesDiscoverer", "Warta.Tests")]
public sealed class VipsOnBothEnginesAttribute : OnBothEnginesAttribute
{
    public VipsOnBothEnginesAttribute() => Skip = VipsRequirement.SkipReason;
}
