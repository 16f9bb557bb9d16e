namespace Grpc.Core.Internal;

/// <summary>Several call credentials, one after the other.</summary>
internal sealed class CompositeCallCredentials : CallCredentials
{
    private readonly CallCredentials[] _credentials;

    public CompositeCallCredentials(CallCredentials[] credentials)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        if (credentials.Length < 2)
            throw new ArgumentException("Credentials are joined from two or more.", nameof(credentials));

        foreach (var item in credentials)
            ArgumentNullException.ThrowIfNull(item, nameof(credentials));

        _credentials = [.. credentials];
    }

    public override void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state) =>
        configurator.SetCompositeCredentials(state, _credentials);
}
