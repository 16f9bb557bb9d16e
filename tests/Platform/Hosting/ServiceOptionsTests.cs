using System.ComponentModel.DataAnnotations;
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

    [Theory]
    [InlineData("", new string[0])]
    [InlineData("https://app.example", new[] { "https://app.example" })]
    [InlineData(" http://localhost:3000 , https://a.example,", new[] { "http://localhost:3000", "https://a.example" })]
    public void ParseWebOrigins_Origins_AreTaken(string text, string[] origins) =>
        Assert.Equal(origins, new ServiceOptions { WebOrigins = text }.ParseWebOrigins());

    [Theory]
    [InlineData("*")]
    [InlineData("null")]
    [InlineData("app.example")]
    [InlineData("https://app.example/")]
    [InlineData("https://app.example/page")]
    [InlineData("https://app.example:443")]
    [InlineData("ftp://app.example")]
    [InlineData("https://ada@app.example")]
    public void ParseWebOrigins_AnythingElse_IsRefusedAtTheStart(string text)
    {
        var options = new ServiceOptions { AppPort = 5101, Postgres = "x", WebOrigins = text };

        Assert.Throws<ArgumentException>(() => options.ParseWebOrigins());
        var wrong = Assert.Single(options.Validate(new ValidationContext(options)));
        Assert.Contains(text, wrong.ErrorMessage!, StringComparison.Ordinal);
    }

    [Fact]
    public void Roles_ByDefault_AreAll() => Assert.Equal(ServiceRoles.All, new ServiceOptions().ParseRoles());
}
