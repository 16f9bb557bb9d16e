using DaprSocial.Hosting;
using global::Dapr.AppCallback.Autogen.Grpc.v1;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using static global::Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types;

namespace DaprSocial.Projections;

/// <summary>
/// The versions of the projection in this process: one answers, and while a rebuild is not dropped two are fed. Follows
/// what all processes agree on in the database.
/// </summary>
internal sealed class ProjectionVersions<TBatch>(
    ProjectionParts<TBatch> parts, ProjectionVersionStore store, DeadLetterStore deadLetters,
    ILogger<ProjectionVersions<TBatch>> logger) : BackgroundService, IProjectionEngine
    where TBatch : new()
{
    private static readonly TimeSpan _refreshPeriod = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly List<(ProjectionVersion<TBatch> Version, DateTimeOffset Since)> _left = [];
    private volatile IReadOnlyList<ProjectionVersion<TBatch>> _fed = [];
    private volatile ProjectionVersion<TBatch>? _active;

    /// <summary>The version that calls read which begin now.</summary>
    public ProjectionVersion<TBatch> Active =>
        _active ?? throw new InvalidOperationException("The service has not started.");

    /// <summary>The versions that events are applied to as they come; not in processes without consumers.</summary>
    public IReadOnlyList<ProjectionVersion<TBatch>> Fed => _fed;

    private bool Consumes => parts.Identity.Roles.HasFlag(ServiceRoles.Consumers);

    private bool Answers => parts.Identity.Roles.HasFlag(ServiceRoles.Queries);

    /// <summary>
    /// A delivery. Acknowledged when every version has applied the event, or holds it back: the log has it, so a crash
    /// loses nothing.
    /// </summary>
    public async Task<TopicEventResponseStatus> HandleAsync(
        TopicEventRequest request, CancellationToken cancellationToken)
    {
        var (envelope, reason) = EventEnvelope.Decode(request.Data);
        if (envelope is null)
        {
            parts.Metrics.Undecodable.Add(1);
            ProjectionsLog.Undecodable(logger, request.Topic, reason);
            await deadLetters.AddAsync(request.Topic, reason, request.Data, cancellationToken);
            return TopicEventResponseStatus.Drop;
        }

        CrashPoint.Hit("consumer.received");
        await Task.WhenAll(_fed.Select(version => version.Engine.ApplyAsync(envelope, cancellationToken)));
        CrashPoint.Hit("consumer.ack.before");
        return TopicEventResponseStatus.Success;
    }

    /// <inheritdoc />
    public async Task<int> CatchUpAsync(CancellationToken cancellationToken)
    {
        var repaired = 0;
        foreach (var version in _fed)
            repaired += await version.Sweep.CatchUpAsync(cancellationToken);
        return repaired;
    }

    /// <summary>Makes this process follow what the database says now.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var rows = await store.ListAsync(cancellationToken);
            var active = rows.Single(row => row.State == ProjectionState.Active).Version;
            if (_active?.Number != active)
                await ActivateAsync(active, cancellationToken);
            if (Consumes)
                await FeedAsync([.. rows.Where(row => row.IsFed).Select(row => row.Version)], cancellationToken);
            await CloseLeftAsync(parts.Clock.GetUtcNow() - ProjectionVersion<TBatch>.Grace);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc />
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        parts.Metrics.Read = ReadGauges;
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var version in _fed)
            await version.StopAsync(cancellationToken);
        foreach (var version in _fed.Append(Active).Distinct())
            await version.CloseAsync();
        await CloseLeftAsync(DateTimeOffset.MaxValue);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_refreshPeriod, parts.Clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RefreshAsync(stoppingToken);
            }
            catch (NpgsqlException exception)
            {
                ProjectionsLog.StoreFailed(logger, 0, exception);
                continue;
            }

            // A loop that ended has failed, unless its version is gone: the host is to learn of it.
            foreach (var version in _fed.Where(version => version.FirstEnd is { IsCompleted: true }))
                await await version.FirstEnd!;
            if (_active?.Lag.ExecuteTask is { IsFaulted: true } failed)
                await failed;
        }
    }

    private async Task ActivateAsync(int number, CancellationToken cancellationToken)
    {
        var before = _active;
        var version = await OpenAsync(number, cancellationToken);
        if (Answers)
            await version.Lag.StartAsync(cancellationToken);
        _active = version;
        if (before is null)
            return;
        await before.Lag.StopAsync(cancellationToken);
        if (!_fed.Contains(before))
            _left.Add((before, parts.Clock.GetUtcNow()));
    }

    private IEnumerable<ProjectionReading> ReadGauges() =>
        from version in _fed.Append(Active).Distinct()
        from topic in parts.Definition.Topics
        select new ProjectionReading(
            version.Number, topic, version.Lag.LagOfTopic(topic), version.Lag.ParkedCount(topic),
            version.Engine.HeldBackCount(topic));

    private async Task FeedAsync(IReadOnlyList<int> wanted, CancellationToken cancellationToken)
    {
        foreach (var gone in _fed.Where(version => !wanted.Contains(version.Number)).ToList())
        {
            _fed = [.. _fed.Where(version => version != gone)];
            await gone.StopAsync(cancellationToken);
            _left.Add((gone, parts.Clock.GetUtcNow()));
        }

        foreach (var number in wanted.Where(number => _fed.All(version => version.Number != number)))
        {
            var version = await OpenAsync(number, cancellationToken);
            await version.StartAsync(cancellationToken);
            _fed = [.. _fed, version];
        }
    }

    private async Task CloseLeftAsync(DateTimeOffset before)
    {
        foreach (var left in _left.Where(left => left.Since <= before).ToList())
        {
            _left.Remove(left);
            await left.Version.CloseAsync();
        }
    }

    /// <summary>The version as this process has it, or opens it; its tables are brought up to date.</summary>
    private async Task<ProjectionVersion<TBatch>> OpenAsync(int number, CancellationToken cancellationToken)
    {
        var known = _fed.Append(_active).FirstOrDefault(version => version?.Number == number);
        if (known is not null)
            return known;
        var version = new ProjectionVersion<TBatch>(number, parts);
        await version.MigrateAsync(cancellationToken);
        return version;
    }
}
