using Warta.Storage;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Warta.Engines;

/// <summary>
/// A test that runs once on SQLite and once on PostgreSQL. Its method takes one parameter, the <see cref="EngineKind"/>.
/// The PostgreSQL half is skipped where there is no PostgreSQL, and fails in CI.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Warta.Engines.OnBothEnginesDiscoverer", "Warta.Tests")]
public class OnBothEnginesAttribute : FactAttribute;

/// <summary>For what only a database server can do, such as going away.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Warta.Engines.OnBothEnginesDiscoverer", "Warta.Tests")]
public sealed class OnPostgresAttribute : OnBothEnginesAttribute;

public sealed class OnBothEnginesDiscoverer(IMessageSink diagnostics) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute)
    {
        var display = discoveryOptions.MethodDisplayOrDefault();
        var options = discoveryOptions.MethodDisplayOptionsOrDefault();
        var parameters = testMethod.Method.GetParameters().ToList();

        if (parameters is not [var only] || only.ParameterType.Name != typeof(EngineKind).FullName)
            return [new ExecutionErrorTestCase(diagnostics, display, options, testMethod, "[OnBothEngines] wants a method with one parameter: EngineKind engine")];

        return [.. Enum.GetValues<EngineKind>().Where(engine => engine == EngineKind.Postgres || ((ReflectionAttributeInfo)factAttribute).Attribute is not OnPostgresAttribute).Select<EngineKind, IXunitTestCase>(engine =>
            engine == EngineKind.Postgres && Requirements.Postgres is null && Requirements.InCI
                ? new MissingPostgresTestCase(diagnostics, display, options, testMethod)
                : new OneEngineTestCase(diagnostics, display, options, testMethod, engine))];
    }
}

internal sealed class OneEngineTestCase : XunitTestCase
{
    [Obsolete("For xunit, which reads test cases back from text")]
    public OneEngineTestCase()
    {
    }

    public OneEngineTestCase(IMessageSink diagnostics, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method, EngineKind engine)
        : base(diagnostics, display, options, method, [engine])
    {
    }

    protected override string GetDisplayName(IAttributeInfo factAttribute, string displayName) => $"{displayName} ({TestMethodArguments[0]})";

    protected override string? GetSkipReason(IAttributeInfo factAttribute) =>
        base.GetSkipReason(factAttribute)
        ?? (TestMethodArguments is [EngineKind.Postgres] && Requirements.Postgres is null ? Requirements.PostgresIsMissing : null);
}

// An exception thrown while xunit sets a case up makes it drop the case in silence; this kind is reported as failed.
internal sealed class MissingPostgresTestCase : ExecutionErrorTestCase
{
    [Obsolete("For xunit, which reads test cases back from text")]
    public MissingPostgresTestCase()
    {
    }

    public MissingPostgresTestCase(IMessageSink diagnostics, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(diagnostics, display, options, method, Requirements.PostgresIsMissing)
    {
    }

    protected override string GetDisplayName(IAttributeInfo factAttribute, string displayName) => $"{displayName} ({nameof(EngineKind.Postgres)})";
}
