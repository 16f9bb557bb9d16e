namespace DaprSocial.Sidecar;

/// <summary>Header names that daprd gives a meaning to.</summary>
internal static class DaprHeaders
{
    public const string AppId = "dapr-app-id";
    public const string CalleeAppId = "dapr-callee-app-id";
    public const string CallerAppId = "dapr-caller-app-id";
    public const string ApiToken = "dapr-api-token";
    public const string Traceparent = "traceparent";
    public const string Tracestate = "tracestate";
}
