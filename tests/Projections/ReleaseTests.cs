using DaprSocial.Errors;
using DaprSocial.Errors.V1;
using DaprSocial.Events;
using DaprSocial.Events.V1;
using DaprSocial.Identifiers;
using DaprSocial.Testing;
using DaprSocial.Users.V1;
using Google.Protobuf;

namespace DaprSocial.Projections.Tests;

public sealed class ReleaseTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private static readonly StreamKey _ada = new(Topics.Users, Uuid.Create(1));

    private ProjectionWorld _world = null!;
    private ProjectionHost _host = null!;

    public async Task InitializeAsync()
    {
        _world = await ProjectionWorld.CreateAsync(fixture.Database);
        _host = _world.CreateHost();
        await _host.StartVersionsAsync();
    }

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task List_ParkedStream_SaysWhereAndWhy()
    {
        var poison = await ParkAsync();

        var (streams, count) = await _host.Admin.ListParkedAsync(10, CancellationToken.None);

        var parked = Assert.Single(streams);
        Assert.Equal(1, count);
        Assert.Equal(
            (_ada.Topic, poison.Stream, 1, poison.EventId, "daprsocial.users.v1.ProfileUpdated"),
            (parked.Topic, parked.Stream, parked.Version, parked.EventId, parked.Type));
        Assert.Equal("InvalidOperationException: The event is poison.", parked.Reason);
        Assert.Equal(_world.Clock.GetUtcNow(), parked.ParkTime.ToDateTimeOffset());
        Assert.Equal(1, (await _host.Admin.ListAsync(CancellationToken.None)).Single().ParkedStreamCount);
    }

    [Fact]
    public async Task Retry_EventIsMendedByNow_GoesOnToTheHead()
    {
        Mend(await ParkAsync());
        _world.Append(_ada.Stream);

        Assert.False(await _host.Admin.RetryAsync(_ada, CancellationToken.None).InTimeAsync());

        await _world.AssertAppliedOnceAsync(_ada.Stream, 2);
        Assert.Empty((await _host.Admin.ListParkedAsync(10, CancellationToken.None)).Streams);
    }

    [Fact]
    public async Task Retry_EventFailsAgain_ParksAgain()
    {
        await ParkAsync();

        Assert.True(await ThroughDelaysAsync(_host.Admin.RetryAsync(_ada, CancellationToken.None)));

        await _world.AssertAppliedOnceAsync(_ada.Stream, 0);
        Assert.Single((await _host.Admin.ListParkedAsync(10, CancellationToken.None)).Streams);
    }

    [Fact]
    public async Task Skip_ParkedEvent_GoesOnAfterIt()
    {
        await ParkAsync();
        _world.Append(_ada.Stream, "after");

        Assert.False(await _host.Admin.SkipAsync(_ada, 1, CancellationToken.None).InTimeAsync());

        Assert.Equal(2, await _world.CheckpointAsync(_ada.Stream));
        Assert.Equal((1, 2), await _world.ReadAsync<(long, long)>("select count, version_sum from counter"));
    }

    [Fact]
    public async Task Skip_TwoVersions_BothGoOn()
    {
        await ParkAsync();
        await ThroughDelaysAsync(RebuildAsync());

        Assert.False(await _host.Admin.SkipAsync(_ada, 1, CancellationToken.None).InTimeAsync());

        foreach (var version in (int[])[1, 2])
            Assert.Equal(1, await _world.ReadInAsync<long>(version, "select version from checkpoint"));
    }

    [Fact]
    public async Task Skip_AnotherVersionThanItParkedAt_IsRefused()
    {
        await ParkAsync();

        Assert.Equal(
            ErrorReason.ProjectionState, await RefusalAsync(_host.Admin.SkipAsync(_ada, 2, CancellationToken.None)));

        Assert.Single((await _host.Admin.ListParkedAsync(10, CancellationToken.None)).Streams);
    }

    [Fact]
    public async Task Retry_StreamIsNotParked_IsRefused() => Assert.Equal(
        ErrorReason.ProjectionState, await RefusalAsync(_host.Admin.RetryAsync(_ada, CancellationToken.None)));

    [Fact]
    public async Task DeadLetters_UndecodableDeliveries_AreKeptNewestFirst()
    {
        await _host.DeliverAsync(Topics.Users, ByteString.CopyFromUtf8("not an event"));
        await _host.DeliverAsync(Topics.Posts, ByteString.CopyFrom(new byte[100_000]));

        var letters = await _host.ReadDeadLettersAsync(10);

        Assert.Equal([Topics.Posts, Topics.Users], letters.Select(letter => letter.Topic));
        Assert.Equal([64 * 1024, "not an event".Length], letters.Select(letter => letter.Payload.Length));
        Assert.All(letters, letter => Assert.NotEmpty(letter.Reason));
        Assert.Single(await _host.ReadDeadLettersAsync(1));
    }

    private static void Mend(Event poison) =>
        poison.Payload = EventJson.Encode(new ProfileUpdated { User = new User { Bio = "mended" } });

    private static async Task<ErrorReason> RefusalAsync(Task refused) =>
        (await Assert.ThrowsAsync<ServiceException>(() => refused.InTimeAsync())).Reason;

    private async Task<Event> ParkAsync()
    {
        var poison = _world.Append(_ada.Stream, handle: ProjectionWorld.Poison);
        await ThroughDelaysAsync(_host.DeliverToVersionsAsync(poison));
        return poison;
    }

    private Task RebuildAsync() => _host.Admin.RebuildAsync(-1, _ => Task.CompletedTask, CancellationToken.None);

    private async Task ThroughDelaysAsync(Task failing)
    {
        await _world.AdvanceThroughDelaysAsync();
        await failing.InTimeAsync();
    }

    private async Task<bool> ThroughDelaysAsync(Task<bool> failing)
    {
        await ThroughDelaysAsync((Task)failing);
        return await failing;
    }
}
