using DaprSocial.Ctl.Stores;

namespace DaprSocial.Ctl.Tests.Stores;

public sealed class DebianInstallerTests
{
    [Theory]
    [InlineData("")]
    [InlineData("# comment\n#create_main_cluster = true\nssl = on\n")]
    [InlineData("create_main_cluster = true\nssl = on\n")]
    [InlineData("ssl = on\n  create_main_cluster=true")]
    public void WithoutMainCluster_WhateverWasSet_SaysFalseOnceAndKeepsTheRest(string settings)
    {
        var result = DebianInstaller.WithoutMainCluster(settings).Split('\n');

        Assert.Equal(
            "create_main_cluster = false",
            Assert.Single(
                result, line => line.TrimStart().StartsWith("create_main_cluster", StringComparison.Ordinal)));
        Assert.Equal(settings.Contains("ssl = on", StringComparison.Ordinal), result.Contains("ssl = on"));
    }
}
