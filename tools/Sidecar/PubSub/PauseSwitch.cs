namespace DaprSocial.Sidecar.PubSub;

/// <summary>Holds back deliveries of chosen topics or to chosen apps.</summary>
internal sealed class PauseSwitch
{
    private readonly Lock _gate = new();
    private readonly List<Pause> _pauses = [];

    /// <summary>Pauses what matches; disposing the answer resumes it. A null matches everything.</summary>
    public IDisposable Hold(string? topic, string? appId)
    {
        var pause = new Pause(this, topic, appId);
        lock (_gate)
            _pauses.Add(pause);
        return pause;
    }

    /// <summary>Completes when no pause matches.</summary>
    public async ValueTask WaitAsync(string topic, string appId, CancellationToken cancellationToken)
    {
        while (Find(topic, appId) is { } pause)
            await pause.Resumed.WaitAsync(cancellationToken);
    }

    private Pause? Find(string topic, string appId)
    {
        lock (_gate)
            return _pauses.Find(pause => (pause.Topic ?? topic) == topic && (pause.AppId ?? appId) == appId);
    }

    private sealed class Pause(PauseSwitch owner, string? topic, string? appId) : IDisposable
    {
        private readonly TaskCompletionSource _resumed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string? Topic => topic;

        public string? AppId => appId;

        public Task Resumed => _resumed.Task;

        public void Dispose()
        {
            lock (owner._gate)
                owner._pauses.Remove(this);
            _resumed.TrySetResult();
        }
    }
}
