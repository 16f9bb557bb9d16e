using DaprSocial.Ctl.Stores;

namespace DaprSocial.Ctl.Tests.Stores;

public sealed class PeerPackagesTests
{
    [Fact]
    public void Missing_OneProgramIsThere_NamesThePackagesOfTheOthers()
    {
        var missing = PeerPackages.Missing(PeerPackages.OfTests, static path => path == "/usr/bin/protoc");

        Assert.Equal(
            ["python3-grpcio", "python3-protobuf", "libprotobuf-dev", "protobuf-compiler-grpc", "chromium"], missing);
    }

    [Fact]
    public void Missing_EverythingIsThere_NamesNone() =>
        Assert.Empty(PeerPackages.Missing(PeerPackages.OfTests, static _ => true));
}
