using DaprSocial.Media.Blobs;
using DaprSocial.Media.Domain;
using DaprSocial.Media.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DaprSocial.Media.Uploads;

/// <summary>
/// Removes what crashes and idle callers leave: uploads that expired, files without an upload, blobs that nobody needs.
/// Several instances may do so at once.
/// </summary>
internal sealed class MediaCollector(
    UploadStore uploads, UploadFiles files, BlobKeeper keeper, IBlobStore store, IOptions<MediaOptions> options,
    TimeProvider clock, ILogger<MediaCollector> logger)
    : BackgroundService
{
    private const int CountMax = 1000;

    // Every blob is asked for, which is dear in a large store; only a restored database has use for it.
    private static readonly TimeSpan _surveyPeriod = TimeSpan.FromHours(24);

    private DateTimeOffset _nextSurvey;

    /// <summary>Looks once.</summary>
    /// <returns>How much it removed.</returns>
    public async Task<int> CollectAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var expired = await uploads.DeleteExpiredAsync(now, CountMax, cancellationToken);
        var left = await DeleteFilesAsync(cancellationToken)
            + await store.DeleteUnfinishedAsync(now - Upload.Lifetime, cancellationToken);
        var blobs = await keeper.CollectAsync(
            await keeper.ListNeedlessAsync(CountMax, cancellationToken), cancellationToken);
        if (now >= _nextSurvey)
        {
            blobs += await SurveyAsync(now - Upload.Lifetime, cancellationToken);
            _nextSurvey = now + _surveyPeriod;
        }

        if (expired + left + blobs > 0)
            MediaLog.Collected(logger, expired, left, blobs);
        return expired + left + blobs;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.CollectPeriodSeconds), clock);
        do
        {
            try
            {
                await CollectAsync(stoppingToken);
            }
            catch (Exception exception)
                when (exception is NpgsqlException or IOException or Amazon.Runtime.AmazonClientException
                    or Amazon.Runtime.AmazonServiceException or HttpRequestException)
            {
                MediaLog.CollectFailed(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>
    /// Files of uploads that are not under way. An upload's row is there before its file, and longer.
    /// </summary>
    private async Task<int> DeleteFilesAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var some in files.List().Chunk(CountMax))
        {
            var open = await uploads.ListOpenAsync([.. some.Select(file => file.Id).Distinct()], cancellationToken);
            foreach (var (_, entry) in some.Where(file => !open.Contains(file.Id)))
            {
                UploadFiles.Delete(entry);
                count++;
            }
        }

        return count;
    }

    private async Task<int> SurveyAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var (count, some) = (0, new List<StoredBlob>());
        await foreach (var blob in store.ListAsync(cancellationToken))
        {
            some.Add(blob);
            if (some.Count < CountMax)
                continue;
            count += await keeper.CollectUnknownAsync(some, before, cancellationToken);
            some.Clear();
        }

        return count + await keeper.CollectUnknownAsync(some, before, cancellationToken);
    }
}
