using System.Globalization;
using DaprSocial.Sidecar.Components;
using StackExchange.Redis;
using static Dapr.Client.Autogen.Grpc.v1.StateOptions.Types;

namespace DaprSocial.Sidecar.State;

/// <summary>
/// A component of type state.redis, in daprd's layout: a hash per key with <c>data</c> and <c>version</c>, and the
/// marker <c>first-write</c> once such a write was made. The version is the etag.
/// </summary>
/// <remarks>Connects at the first use; while Redis is away, calls fail, and they come back with it.</remarks>
internal sealed class RedisStateStore(Component component) : IAsyncDisposable
{
    // As daprd: a missing key takes any etag; "0" stands for no etag, which a key with the marker does not take.
    private const string Put = """
        local version = redis.call('HGET', KEYS[1], 'version')
        local marked = redis.call('HGET', KEYS[1], 'first-write')
        if version and version ~= '' and version ~= ARGV[1] and (marked or ARGV[1] ~= '0') then
            return redis.error_reply('failed to set key ' .. KEYS[1])
        end
        redis.call('HSET', KEYS[1], 'data', ARGV[2])
        if ARGV[3] == '1' then
            redis.call('HSET', KEYS[1], 'first-write', 0)
        end
        return redis.call('HINCRBY', KEYS[1], 'version', 1)
        """;

    private const string Drop = """
        local version = redis.call('HGET', KEYS[1], 'version')
        if version and version ~= '' and version ~= ARGV[1] and ARGV[1] ~= '0' then
            return redis.error_reply('failed to delete ' .. KEYS[1])
        end
        return redis.call('DEL', KEYS[1])
        """;

    private const string NoEtag = "0";
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(2);
    private static readonly RedisValue[] _fields = ["data", "version"];

    private readonly SemaphoreSlim _connecting = new(1);
    private ConnectionMultiplexer? _connection;

    public async Task<StateValue?> GetAsync(string key, CancellationToken cancellationToken)
    {
        var fields = await DoAsync(async redis =>
        {
            try
            {
                return await redis.HashGetAsync(key, _fields);
            }
            catch (RedisServerException exception)
                when (exception.Message.StartsWith("WRONGTYPE", StringComparison.Ordinal))
            {
                // What others wrote as a plain string is readable, as with daprd.
                return [await redis.StringGetAsync(key), RedisValue.EmptyString];
            }
        }, cancellationToken);
        return fields[0].IsNull ? null : new StateValue((byte[])fields[0]!, (string?)fields[1] ?? "");
    }

    public async Task SetAsync(
        string key, ReadOnlyMemory<byte> value, string? etag, StateConcurrency concurrency,
        IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        var (expected, lifetime) = (EtagOf(etag, concurrency), LifetimeOf(metadata));
        var isFirstWrite = concurrency == StateConcurrency.ConcurrencyFirstWrite;
        await DoAsync(
            redis => redis.ScriptEvaluateAsync(
                Put, [key], [expected, value.ToArray(), isFirstWrite ? "1" : NoEtag]),
            cancellationToken, etag is { Length: > 0 });
        // A second command, as daprd's; without a lifetime the one that the key has goes on.
        if (lifetime is { } seconds)
        {
            await DoAsync(
                redis => seconds > 0
                    ? redis.KeyExpireAsync(key, TimeSpan.FromSeconds(seconds))
                    : redis.KeyPersistAsync(key),
                cancellationToken);
        }
    }

    public Task DeleteAsync(
        string key, string? etag, StateConcurrency concurrency, CancellationToken cancellationToken) =>
        DoAsync(
            redis => redis.ScriptEvaluateAsync(Drop, [key], [EtagOf(etag, concurrency)]), cancellationToken,
            etag is { Length: > 0 });

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
            await connection.CloseAsync(allowCommandsToComplete: false);
        _connection?.Dispose();
        _connecting.Dispose();
    }

    private static string EtagOf(string? etag, StateConcurrency concurrency)
    {
        if (string.IsNullOrEmpty(etag) || concurrency == StateConcurrency.ConcurrencyLastWrite)
            return NoEtag;
        return long.TryParse(etag, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? etag
            : throw new StateException(StateFailure.EtagInvalid, $"'{etag}' is no version of a key");
    }

    private long? LifetimeOf(IReadOnlyDictionary<string, string> metadata)
    {
        var text = metadata.GetValueOrDefault("ttlInSeconds") ?? component.Metadata.GetValueOrDefault("ttlInSeconds");
        if (text is null)
            return null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : throw new StateException(StateFailure.Other, $"failed parsing ttlInSeconds '{text}'");
    }

    // With an etag any failure of Redis reads as a mismatch, as with daprd.
    private async Task<T> DoAsync<T>(
        Func<IDatabase, Task<T>> work, CancellationToken cancellationToken, bool hasEtag = false)
    {
        try
        {
            var connection = await ConnectAsync(cancellationToken);
            return await work(connection.GetDatabase()).WaitAsync(_timeout, cancellationToken);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            throw new StateException(
                hasEtag ? StateFailure.EtagMismatch : StateFailure.Other, exception.Message, exception);
        }
    }

    private async Task<ConnectionMultiplexer> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_connection is { } known)
            return known;
        await _connecting.WaitAsync(cancellationToken);
        try
        {
            return _connection ??= await ConnectionMultiplexer.ConnectAsync(Options());
        }
        finally
        {
            _connecting.Release();
        }
    }

    private ConfigurationOptions Options()
    {
        var options = ConfigurationOptions.Parse(component.Metadata["redisHost"]);
        options.Password = component.Metadata.GetValueOrDefault("redisPassword");
        options.DefaultDatabase = int.Parse(
            component.Metadata.GetValueOrDefault("redisDB", "0"), CultureInfo.InvariantCulture);
        // Redis may come later than the sidecar, and may go and come back.
        options.AbortOnConnectFail = false;
        options.ConnectTimeout = (int)_timeout.TotalMilliseconds;
        return options;
    }
}
