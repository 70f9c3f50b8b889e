using System.Diagnostics;

namespace Warta.Bench;

/// <summary>Asks for every page of an archive once, over several connections.</summary>
internal static class EachPage
{
    private const int Connections = 8;
    private static readonly TimeSpan Limit = TimeSpan.FromHours(2), Progress = TimeSpan.FromSeconds(30);

    /// <returns>How long it took, in seconds.</returns>
    public static double Ask(int port, string[] addresses)
    {
        var clock = Stopwatch.StartNew();
        var next = -1;
        var asking = Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Factory.StartNew(Ask, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        while (Task.WaitAny([asking], Progress) < 0) Console.WriteLine($"  {Math.Min(next, addresses.Length):N0} of {addresses.Length:N0} pages after {clock.Elapsed.TotalSeconds:N0} s");
        asking.GetAwaiter().GetResult();
        return clock.Elapsed.TotalSeconds;

        void Ask()
        {
            using var connection = new Connection(port);
            for (int at; (at = Interlocked.Increment(ref next)) < addresses.Length;)
            {
                if (clock.Elapsed > Limit) throw new TimeoutException($"After {Limit} {addresses.Length - at:N0} pages hadn't been asked for yet.");
                connection.Time(Connection.GzipRequest(addresses[at]));
            }
        }
    }
}
