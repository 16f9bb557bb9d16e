using System.Collections.Frozen;
using DaprSocial.Errors.V1;
using Grpc.Core;

namespace DaprSocial.Errors;

/// <summary>
/// What goes with each reason: its gRPC code (errors/v1/error_reason.proto names it) and its name on the wire.
/// </summary>
public static class ErrorReasons
{
    /// <summary>The <c>ErrorInfo.domain</c> of every error of ours.</summary>
    public const string Domain = "daprsocial";

    private const string Prefix = "ERROR_REASON_";

    private static readonly FrozenDictionary<ErrorReason, string> _names = ErrorReasonReflection.Descriptor
        .EnumTypes.Single(type => type.Name == nameof(ErrorReason)).Values
        .ToFrozenDictionary(value => (ErrorReason)value.Number, value => value.Name[Prefix.Length..]);

    /// <summary>The reason's name as <c>ErrorInfo.reason</c> carries it, for example <c>TEXT_EMPTY</c>.</summary>
    public static string NameOf(ErrorReason reason) => _names[reason];

    /// <summary>The gRPC code that answers with this reason carry.</summary>
    public static StatusCode CodeOf(ErrorReason reason) => reason switch
    {
        ErrorReason.InvalidField or ErrorReason.InvalidId or ErrorReason.InvalidPageSize
            or ErrorReason.InvalidPageToken or ErrorReason.InvalidConsistencyToken or ErrorReason.InvalidHandle
            or ErrorReason.TextEmpty or ErrorReason.TextTooLong or ErrorReason.SelfFollow
            or ErrorReason.SelfBlock
            or ErrorReason.QueryWithoutTerms or ErrorReason.QueryTooLong or ErrorReason.QueryTooManyTerms
            or ErrorReason.QueryInvalidCharacter or ErrorReason.QueryUnbalancedQuote
            or ErrorReason.QueryInvalidOperator
            or ErrorReason.UploadSize or ErrorReason.MediaTypeUnknown or ErrorReason.MediaTypeMismatch
            or ErrorReason.MediaDamaged or ErrorReason.MediaTooManyPixels or ErrorReason.MediaTooCostly
            or ErrorReason.MediaRefused or ErrorReason.AltTextMissing => StatusCode.InvalidArgument,
        ErrorReason.UserNotFound or ErrorReason.PostNotFound or ErrorReason.ParentNotFound
            or ErrorReason.MediaNotFound or ErrorReason.UploadNotFound => StatusCode.NotFound,
        ErrorReason.HandleTaken or ErrorReason.RequestIdReused => StatusCode.AlreadyExists,
        ErrorReason.LogChanged or ErrorReason.ProjectionState
            or ErrorReason.Blocked or ErrorReason.UploadOffset
            or ErrorReason.UploadIncomplete => StatusCode.FailedPrecondition,
        ErrorReason.ActorMissing or ErrorReason.ActorInvalid => StatusCode.Unauthenticated,
        ErrorReason.NotOwner => StatusCode.PermissionDenied,
        ErrorReason.TooManyFollows or ErrorReason.TooManyBlocks or ErrorReason.Overloaded
            or ErrorReason.QueryTooExpensive or ErrorReason.UploadQuota
            or ErrorReason.MediaTooLarge => StatusCode.ResourceExhausted,
        ErrorReason.Conflict or ErrorReason.ProjectionBusy => StatusCode.Aborted,
        ErrorReason.ClockSkew or ErrorReason.RoleDisabled
            or ErrorReason.DependencyUnavailable => StatusCode.Unavailable,
        ErrorReason.Internal => StatusCode.Internal,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "This reason has no gRPC code."),
    };
}
