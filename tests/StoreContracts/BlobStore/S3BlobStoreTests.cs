using Amazon.Runtime;
using DaprSocial.Media;
using DaprSocial.Media.Blobs;

namespace DaprSocial.StoreContracts.BlobStore;

public sealed class S3BlobStoreTests(S3Server server) : BlobStoreContract, IClassFixture<S3Server>
{
    private readonly S3BlobStore _store = new(new MediaOptions
    {
        S3Endpoint = server.Endpoint, S3Bucket = S3Server.Bucket, S3AccessKey = "S3RVER", S3SecretKey = "S3RVER",
    });

    private protected override IBlobStore Store => _store;

    // The server for tests writes objects in place; those that are run do not.
    private protected override bool IsOwnFault(Exception exception) =>
        exception is IOException or AmazonServiceException or HttpRequestException;

    protected override void Dispose(bool isDisposing)
    {
        _store.Dispose();
        base.Dispose(isDisposing);
    }
}
