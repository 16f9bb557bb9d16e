using DaprSocial.Testing;
using DaprSocial.Wire.Tests.Http2;

namespace DaprSocial.Wire.Tests;

/// <summary>Runs when no other test does: services that start beside it grow the heap, too.</summary>
[Collection(Alone)]
public sealed class MemoryTests(RunningService service) : IClassFixture<RunningService>
{
    private const string Alone = "alone";

    [Fact]
    public async Task Memory_AfterThousandsOfBadRequests_IsWhatItWas()
    {
        var sizes = new List<long>();
        for (var round = 0; round < 4; round++)
        {
            await SendBadAsync(1_000);
            sizes.Add(MemoryAfterCollection());
        }

        // Pools fill at first. But what each request left behind would be there after every round.
        var growth = sizes.Zip(sizes.Skip(1), (before, after) => after - before).Min();
        Assert.InRange(growth, long.MinValue, 200_000);
    }

    private static long MemoryAfterCollection()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private async Task SendBadAsync(int count)
    {
        var random = new Random(count);
        using var connection = await RawConnection.StartAsync(service.Port);
        for (var i = 0; i < count; i++)
        {
            await connection
                .CallAsync(Requests.Fields(), FuzzTests.Spoil(GrpcFrame.Of(Requests.Message), random)).InTimeAsync();
        }
    }

    [CollectionDefinition(Alone, DisableParallelization = true)]
    public sealed class AloneCollection;
}
