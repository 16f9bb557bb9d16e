namespace DaprSocial.Media.Tests.World;

/// <summary>One world for the tests of a class.</summary>
public sealed class MediaFixture : IAsyncLifetime
{
    private MediaWorld? _world;

    internal MediaWorld World => _world ?? throw new InvalidOperationException("The world is not started.");

    public async Task InitializeAsync() => _world = await MediaWorld.StartAsync();

    public Task DisposeAsync() => World.DisposeAsync().AsTask();
}
