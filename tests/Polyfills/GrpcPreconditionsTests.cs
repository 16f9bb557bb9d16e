using Grpc.Core.Utils;
using Xunit;

namespace DaprSocial.Polyfills.Tests;

public sealed class GrpcPreconditionsTests
{
    [Fact]
    public void Checks_Met_DoNothing()
    {
        GrpcPreconditions.CheckArgument(true);
        GrpcPreconditions.CheckArgument(true, "message");
        GrpcPreconditions.CheckState(true);
        GrpcPreconditions.CheckState(true, "message");

        Assert.Equal("a", GrpcPreconditions.CheckNotNull("a"));
        Assert.Equal("a", GrpcPreconditions.CheckNotNull("a", "name"));
    }

    [Fact]
    public void Checks_NotMet_Throw()
    {
        Assert.Throws<ArgumentException>(() => GrpcPreconditions.CheckArgument(false));
        Assert.Equal(
            "no", Assert.Throws<ArgumentException>(() => GrpcPreconditions.CheckArgument(false, "no")).Message);
        Assert.Throws<InvalidOperationException>(() => GrpcPreconditions.CheckState(false));
        Assert.Equal(
            "no", Assert.Throws<InvalidOperationException>(() => GrpcPreconditions.CheckState(false, "no")).Message);
        Assert.Throws<ArgumentNullException>(() => GrpcPreconditions.CheckNotNull<string>(null));
        Assert.Throws<ArgumentNullException>("name", () => GrpcPreconditions.CheckNotNull<string>(null, "name"));
    }
}
