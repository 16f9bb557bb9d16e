using DaprSocial.Hosting;

namespace DaprSocial.Platform.Tests.Hosting;

public sealed class ServiceOptionsTests
{
    [Theory]
    [InlineData("all", ServiceRoles.All)]
    [InlineData("ALL", ServiceRoles.All)]
    [InlineData("commands", ServiceRoles.Commands)]
    [InlineData("queries", ServiceRoles.Queries)]
    [InlineData("relay", ServiceRoles.Relay)]
    [InlineData("consumers", ServiceRoles.Consumers)]
    [InlineData("commands,relay", ServiceRoles.Commands | ServiceRoles.Relay)]
    [InlineData(" Queries , consumers ,", ServiceRoles.Queries | ServiceRoles.Consumers)]
    public void ParseRoles_Names_AreCombined(string text, ServiceRoles roles) =>
        Assert.Equal(roles, new ServiceOptions { Roles = text }.ParseRoles());

    [Theory]
    [InlineData("command")]
    [InlineData("1")]
    [InlineData("15")]
    [InlineData("commands,reader")]
    [InlineData("commands relay")]
    public void ParseRoles_AnotherName_IsRefused(string text) =>
        Assert.Throws<ArgumentException>(() => new ServiceOptions { Roles = text }.ParseRoles());

    [Fact]
    public void Roles_ByDefault_AreAll() => Assert.Equal(ServiceRoles.All, new ServiceOptions().ParseRoles());
}
