using DaprSocial.Faults.Checking;

namespace DaprSocial.Faults.Tests.Checking;

public sealed class LastEventsTests
{
    [Fact]
    public void Find_SentenceWithIdsAndRequests_TakesEachOnce()
    {
        const string One = "01890000-0000-7000-8000-000000000001";
        const string Other = "01890000-0000-7000-8000-000000000002";

        var (ids, requests) = LastEvents.Find(
            $"LikePost by {One} (request demo.1a.scenario.7): post {Other} of {One}, request demo.1a.8.");

        Assert.Equal([Guid.Parse(One), Guid.Parse(Other)], ids);
        Assert.Equal(["demo.1a.scenario.7", "demo.1a.8"], requests);
    }

    [Fact]
    public void Find_SentenceWithNeither_TakesNothing()
    {
        var (ids, requests) = LastEvents.Find("users#1 ended with 134; see its log");

        Assert.Empty(ids);
        Assert.Empty(requests);
    }
}
