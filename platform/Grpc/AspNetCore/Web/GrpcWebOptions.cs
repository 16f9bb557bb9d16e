namespace Microsoft.AspNetCore.Builder;

/// <summary>Settings of gRPC-Web.</summary>
public class GrpcWebOptions
{
    /// <summary>Whether services take gRPC-Web calls that do not say so themselves; false at first.</summary>
    public bool DefaultEnabled { get; set; }
}
