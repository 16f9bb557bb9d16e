namespace DaprSocial.Load.Checking;

/// <summary>Reads the command stores past the services: the checker believes nobody else.</summary>
internal interface ICommandStoreReader
{
    /// <summary>Reads all four at one moment.</summary>
    Task<CommandStores> ReadAsync(CancellationToken cancellationToken);
}
