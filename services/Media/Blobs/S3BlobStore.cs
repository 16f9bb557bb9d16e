using System.Net;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using DaprSocial.Media.Domain;

namespace DaprSocial.Media.Blobs;

/// <summary>Blobs as objects of one bucket of an S3-compatible store. An object is there when all of it is.</summary>
internal sealed class S3BlobStore : IBlobStore, IDisposable
{
    private const string Prefix = "blobs/";
    private static readonly TimeSpan _timeout = TimeSpan.FromMinutes(2);

    private readonly AmazonS3Client _client;
    private readonly string _bucket;

    public S3BlobStore(MediaOptions options)
    {
        var config = new AmazonS3Config
        {
            ServiceURL = options.S3Endpoint,
            AuthenticationRegion = options.S3Region,
            // Names of buckets as names of hosts need a DNS that not every compatible store comes with.
            ForcePathStyle = true,
            Timeout = _timeout,
            // The checksums that newer SDKs add by themselves are not known to every compatible store.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        _client = options.S3AccessKey.Length > 0
            ? new AmazonS3Client(new BasicAWSCredentials(options.S3AccessKey, options.S3SecretKey), config)
            : new AmazonS3Client(config);
        _bucket = options.S3Bucket;
    }

    public async Task PutAsync(BlobHash hash, string path, CancellationToken cancellationToken)
    {
        if (await ExistsAsync(hash, cancellationToken))
            return;
        await _client.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = _bucket, Key = KeyOf(hash), FilePath = path, UseChunkEncoding = false,
                ContentType = "application/octet-stream",
            },
            cancellationToken);
    }

    public async Task<Stream?> OpenAsync(
        BlobHash hash, long offset, long length, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _client.GetObjectAsync(
                new GetObjectRequest
                {
                    BucketName = _bucket, Key = KeyOf(hash), ByteRange = new ByteRange(offset, offset + length - 1),
                },
                cancellationToken);
            return new PartialStream(answer.ResponseStream, length);
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    // S3 itself does not tell whether there was an object.
    public Task DeleteAsync(BlobHash hash, CancellationToken cancellationToken) => _client.DeleteObjectAsync(
        new DeleteObjectRequest { BucketName = _bucket, Key = KeyOf(hash) }, cancellationToken);

    public async IAsyncEnumerable<StoredBlob> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = _bucket, Prefix = Prefix };
        do
        {
            var page = await _client.ListObjectsV2Async(request, cancellationToken);
            foreach (var found in page.S3Objects ?? [])
            {
                if (BlobHash.TryParse(found.Key[(found.Key.LastIndexOf('/') + 1)..], out var hash))
                    yield return new StoredBlob(hash, found.Size ?? 0, found.LastModified ?? DateTime.MaxValue);
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (request.ContinuationToken is { Length: > 0 });
    }

    /// <summary>Nothing to do: an upload of one part that is broken off leaves nothing.</summary>
    public Task<int> DeleteUnfinishedAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        Task.FromResult(0);

    public void Dispose() => _client.Dispose();

    private async Task<bool> ExistsAsync(BlobHash hash, CancellationToken cancellationToken)
    {
        try
        {
            await _client.GetObjectMetadataAsync(_bucket, KeyOf(hash), cancellationToken);
            return true;
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private static string KeyOf(BlobHash hash) => $"{Prefix}{hash.Value[..2]}/{hash.Value[2..4]}/{hash.Value}";
}
