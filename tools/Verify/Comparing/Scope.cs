namespace DaprSocial.Verify.Comparing;

/// <summary>Which keys are compared: all, those of one bucket of a hash, or named ones.</summary>
/// <param name="BucketCount">How many buckets there are; 1 means every key.</param>
/// <param name="Bucket">The one that is compared, from 0.</param>
/// <param name="Keys">The values of the key columns of each; null for those of the bucket.</param>
internal sealed record Scope(long BucketCount, long Bucket, IReadOnlyList<string[]>? Keys)
{
    public static Scope Everything { get; } = new(1, 0, null);

    public static Scope InBucket(long bucketCount, long bucket) => new(bucketCount, bucket, null);

    public static Scope Of(IReadOnlyList<string[]> keys) => new(1, 0, keys);
}
