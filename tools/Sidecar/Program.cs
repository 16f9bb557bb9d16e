using System.CommandLine;
using DaprSocial.Sidecar;
using DaprSocial.Sidecar.Faults;
using Microsoft.Extensions.Logging;

var apps = new Option<SidecarOptions[]>("--app")
{
    Description = "One sidecar, as ID:APPPORT:GRPCPORT:HTTPPORT; no APPPORT for a sidecar without an app. Repeatable.",
    Required = true,
    CustomParser = argument => [.. argument.Tokens.Select(token => AppFlag.Parse(token.Value, argument))],
};
var components = new Option<DirectoryInfo>("--components")
{
    Description = "The directory with component manifests.",
    DefaultValueFactory = _ => new DirectoryInfo("components/local"),
};
var metadata = new Option<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>>("--set")
{
    Description = "Metadata of a component in place of its manifest's, as COMPONENT:NAME=VALUE. Repeatable.",
    CustomParser = argument => MetadataFlag.Parse(argument.Tokens.Select(token => token.Value), argument),
    DefaultValueFactory = argument => MetadataFlag.Parse([], argument),
    Arity = ArgumentArity.ZeroOrMore,
};
var faultPort = new Option<int?>("--fault-port")
{
    Description = "For tests of faults: a loopback port at which deliveries can be disturbed and apps moved.",
};
var command = new RootCommand("Runs the sidecars of a mesh in one process, in place of one daprd per app.")
{
    apps,
    components,
    metadata,
    faultPort,
};
command.SetAction(async (arguments, cancellationToken) =>
{
    var fault = new SeededDeliveryFault(TimeProvider.System);
    using var logging = LoggerFactory.Create(builder => builder.AddSimpleConsole(console => console.SingleLine = true));
    var options = new SidecarHostOptions
    {
        Sidecars = arguments.GetRequiredValue(apps),
        ComponentsDirectory = arguments.GetRequiredValue(components).FullName,
        MetadataOverrides = arguments.GetRequiredValue(metadata),
        LoggerFactory = logging,
        DeliveryFault = arguments.GetValue(faultPort) is null ? null : fault,
    };
    await using var host = await SidecarHost.StartAsync(options, cancellationToken);
    await using var control = arguments.GetValue(faultPort) is { } port
        ? await FaultControl.StartAsync(port, fault, host, cancellationToken)
        : null;
    await host.Completion.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
});
return await command.Parse(args).InvokeAsync();
