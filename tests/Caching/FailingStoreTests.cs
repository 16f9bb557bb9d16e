using Dapr.Client.Autogen.Grpc.v1;
using DaprSocial.Dapr;
using DaprSocial.Testing;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using DaprService = Dapr.Client.Autogen.Grpc.v1.Dapr;

namespace DaprSocial.Caching.Tests;

/// <summary>A store that refuses is asked a bounded number of times, one that is away is left alone.</summary>
public sealed class FailingStoreTests : IAsyncLifetime
{
    private static readonly Dictionary<string, CacheEntry> _entries = new() { ["k"] = CacheWorld.State(1) };

    private readonly FakeTimeProvider _clock = FakeTimeProvider.AtRealTime();
    private readonly LogRecorder<VersionedCache> _log = new();
    private readonly ScriptedStore _store = new();
    private LoopbackServer _server = null!;
    private DaprClient _dapr = null!;
    private VersionedCache _cache = null!;

    public async Task InitializeAsync()
    {
        _clock.Advance(TimeSpan.FromSeconds(20));
        _server = await LoopbackServer.StartAsync(_store);
        _dapr = _server.CreateDaprClient();
        _cache = CacheWorld.CreateCache(_dapr, _clock, CacheMode.On, _log);
    }

    public async Task DisposeAsync()
    {
        _dapr.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Fill_OthersAreAlwaysFaster_GivesUpAfterThreeMoreReads()
    {
        _store.SaveAnswer = StatusCode.Aborted;

        await _cache.FillAsync(await LookAsync(), _entries, CancellationToken.None);

        Assert.Equal((4, 4), (_store.GetCount, _store.SaveCount));
    }

    [Fact]
    public async Task Save_Always_IsAFirstWriteWithAnEtagAndALifetime()
    {
        await _cache.FillAsync(await LookAsync(), _entries, CancellationToken.None);

        var item = Assert.Single(_store.Saved);
        Assert.Equal(StateOptions.Types.StateConcurrency.ConcurrencyFirstWrite, item.Options.Concurrency);
        Assert.Equal(("0", "60"), (item.Etag.Value, item.Metadata["ttlInSeconds"]));
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 1], item.Value.ToByteArray()[..8]);
    }

    [Theory]
    [InlineData(StatusCode.Internal)]
    [InlineData(StatusCode.Unavailable)]
    [InlineData(StatusCode.FailedPrecondition)]
    public async Task Look_StoreFails_MissesAndLeavesItAloneForASecond(StatusCode code)
    {
        _store.GetAnswer = code;
        var first = await LookAsync();
        var second = await LookAsync();
        var askedMeanwhile = _store.GetCount;
        _clock.Advance(TimeSpan.FromSeconds(1));
        _store.GetAnswer = StatusCode.OK;
        _store.Stored["k"] = CacheWorld.State(3).Encode(_clock.GetUtcNow().AddMinutes(1));

        var third = await LookAsync();

        Assert.Equal((0, 0, 1), (first.Entries.Count, second.Entries.Count, askedMeanwhile));
        Assert.Equal(3, third.Entries["k"].Version);
        Assert.Equal([LogLevel.Warning, LogLevel.Information], _log.Entries.Select(entry => entry.Level));
    }

    [Fact]
    public async Task Look_OneKeyFails_Misses()
    {
        _store.ItemError = "redis: connection refused";

        Assert.Empty((await LookAsync()).Entries);
    }

    [Fact]
    public async Task Fill_StoreFails_IsNoError()
    {
        var look = await LookAsync();
        _store.SaveAnswer = StatusCode.Internal;

        await _cache.FillAsync(look, _entries, CancellationToken.None);

        Assert.Equal((1, 1), (_store.GetCount, _store.SaveCount));
    }

    private Task<CacheLook> LookAsync() => _cache.LookAsync(["k"], CancellationToken.None);

    private sealed class ScriptedStore : DaprService.DaprBase
    {
        public StatusCode GetAnswer { get; set; }

        public StatusCode SaveAnswer { get; set; }

        public string ItemError { get; set; } = "";

        public Dictionary<string, byte[]> Stored { get; } = [];

        public List<StateItem> Saved { get; } = [];

        public int GetCount { get; private set; }

        public int SaveCount { get; private set; }

        public override Task<GetBulkStateResponse> GetBulkState(GetBulkStateRequest request, ServerCallContext context)
        {
            GetCount++;
            Refuse(GetAnswer);
            return Task.FromResult(new GetBulkStateResponse
            {
                Items =
                {
                    request.Keys.Select(key => new BulkStateItem
                    {
                        Key = key, Error = ItemError,
                        Data = Google.Protobuf.ByteString.CopyFrom(Stored.GetValueOrDefault(key, [])),
                    }),
                },
            });
        }

        public override Task<Empty> SaveState(SaveStateRequest request, ServerCallContext context)
        {
            SaveCount++;
            Refuse(SaveAnswer);
            Saved.AddRange(request.States);
            return Task.FromResult(new Empty());
        }

        private static void Refuse(StatusCode code)
        {
            if (code != StatusCode.OK)
                throw new RpcException(new Status(code, "scripted"));
        }
    }
}
