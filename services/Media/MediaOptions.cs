using System.ComponentModel.DataAnnotations;

namespace DaprSocial.Media;

/// <summary>What the service is told beside what all are, section <c>DaprSocial:Media</c>.</summary>
public sealed class MediaOptions
{
    public const string SectionName = "DaprSocial:Media";

    /// <summary>Holds unfinished uploads, and blobs where no bucket is named. Instances share it.</summary>
    [Required]
    public string Directory { get; set; } = ".data/media";

    /// <summary>Address of an S3-compatible store; empty for blobs in the directory.</summary>
    public string S3Endpoint { get; set; } = "";

    /// <summary>Its bucket, which must be there.</summary>
    public string S3Bucket { get; set; } = "";

    /// <summary>Region that requests are signed for.</summary>
    [Required]
    public string S3Region { get; set; } = "us-east-1";

    /// <summary>Empty for what the environment says, as the SDK looks it up.</summary>
    public string S3AccessKey { get; set; } = "";

    public string S3SecretKey { get; set; } = "";

    /// <summary>
    /// Key of the signatures that URLs carry, 32 characters or more; empty for URLs that need none.
    /// </summary>
    [RegularExpression("^(.{32,})?$", ErrorMessage = "UrlKey needs 32 characters.")]
    public string UrlKey { get; set; } = "";

    /// <summary>
    /// How long a signed URL is good at least; it is so for twice that at most, so that caches have a use.
    /// </summary>
    [Range(60, 604_800)]
    public int UrlLifetimeSeconds { get; set; } = 3600;

    /// <summary>The program that works on images.</summary>
    [Required]
    public string Vips { get; set; } = "vips";

    /// <summary>How many images are worked on at once.</summary>
    [Range(1, 64)]
    public int ImageConcurrencyMax { get; set; } = 2;

    /// <summary>How many wait for that; more are refused.</summary>
    [Range(0, 1000)]
    public int ImageQueueMax { get; set; } = 32;

    /// <summary>Memory of the program, address space included that it never touches.</summary>
    [Range(256, 16_384)]
    public int ImageMemoryMaxMb { get; set; } = 2048;

    /// <summary>Longest run of the program, and most time of a processor.</summary>
    [Range(1, 300)]
    public int ImageTimeoutSeconds { get; set; } = 20;

    /// <summary>How often uploads that expired and bytes that nobody needs are looked for.</summary>
    [Range(1, 86_400)]
    public int CollectPeriodSeconds { get; set; } = 600;
}
