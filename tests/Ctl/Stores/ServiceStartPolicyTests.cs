using DaprSocial.Ctl.Processes;
using DaprSocial.Ctl.Stores;

namespace DaprSocial.Ctl.Tests.Stores;

public sealed class ServiceStartPolicyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string PolicyPath => Path.Combine(_folder.Path, "policy-rc.d");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Deny_NoPolicyBefore_DeniesThenIsGone()
    {
        using (ServiceStartPolicy.Deny(PolicyPath))
            Assert.Equal(101, (await Tool.RunAsync([PolicyPath, "redis-server", "start"], Limits.Patience())).ExitCode);

        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Deny_PolicyBefore_IsPutBackAsItWas()
    {
        _folder.WriteScript("policy-rc.d", "exit 104");

        using (ServiceStartPolicy.Deny(PolicyPath))
            Assert.Equal(101, (await Tool.RunAsync([PolicyPath], Limits.Patience())).ExitCode);

        Assert.Equal(104, (await Tool.RunAsync([PolicyPath], Limits.Patience())).ExitCode);
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Deny_AfterAnInstallationThatWasKilled_PutsTheTruePolicyBack()
    {
        _folder.WriteScript("policy-rc.d", "exit 104");
        ServiceStartPolicy.Deny(PolicyPath);

        ServiceStartPolicy.Deny(PolicyPath).Dispose();

        Assert.Equal(104, (await Tool.RunAsync([PolicyPath], Limits.Patience())).ExitCode);
        Assert.Single(Directory.GetFiles(_folder.Path));
    }
}
