namespace Grpc.Core.Internal;

/// <summary>No protection of the connection.</summary>
internal sealed class InsecureChannelCredentials : ChannelCredentials
{
    internal override bool IsComposable => true;

    public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object state) =>
        configurator.SetInsecureCredentials(state);
}
