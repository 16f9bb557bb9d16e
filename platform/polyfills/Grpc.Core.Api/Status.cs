namespace Grpc.Core;

/// <summary>The outcome of a call: a code, a text for people, and perhaps the error beneath.</summary>
public readonly struct Status
{
    /// <summary>Success, without a text.</summary>
    public static readonly Status DefaultSuccess = new(StatusCode.OK, "");

    /// <summary>A cancelled call, without a text.</summary>
    public static readonly Status DefaultCancelled = new(StatusCode.Cancelled, "");

    private readonly string? _detail;

    /// <summary>Makes an outcome.</summary>
    /// <param name="statusCode">The code.</param>
    /// <param name="detail">A text for people; it travels to the caller.</param>
    public Status(StatusCode statusCode, string detail)
        : this(statusCode, detail, null)
    {
    }

    /// <summary>Makes an outcome that remembers the error beneath it.</summary>
    /// <param name="statusCode">The code.</param>
    /// <param name="detail">A text for people; it travels to the caller.</param>
    /// <param name="debugException">The error beneath. It stays in this process and never travels.</param>
    public Status(StatusCode statusCode, string detail, Exception? debugException)
    {
        StatusCode = statusCode;
        _detail = detail;
        DebugException = debugException;
    }

    /// <summary>The code.</summary>
    public StatusCode StatusCode { get; }

    /// <summary>The text for people; empty when there is none.</summary>
    public string Detail => _detail ?? "";

    /// <summary>The error beneath, or null. Of this process only, for diagnosis.</summary>
    public Exception? DebugException { get; }

    /// <summary>Gives <c>Status(StatusCode="X", Detail="Y")</c>, and the error beneath when there is one.</summary>
    /// <returns>The text, which is also the default message of <see cref="RpcException"/>.</returns>
    public override string ToString() => DebugException is null
        ? $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\")"
        : $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\","
            + $" DebugException=\"{DebugException.GetType()}: {DebugException.Message}\")";
}
